/** One step within one channel of the state. */
import type { Channel } from "./channel";
import type { State } from "./state";

/** The channel after the step; nothing where it is not one of ours. */
export function inChannel(state: State, id: string, step: (channel: Channel) => Channel): State {
  const channel = state.channels[id];
  if (!channel) return state;
  const next = step(channel);
  return next === channel ? state : { ...state, channels: { ...state.channels, [id]: next } };
}
