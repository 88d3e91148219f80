import { expect, test } from "vitest";
import { EMPTY } from "../src/log";
import type { Event } from "../src/protocol";
import { reduce } from "../src/reduce";
import { START, type State } from "../src/state";

const NIGHT = "room:night";

function hears(state: State, event: Event, seq = 0): State {
  return reduce(state, { do: "hear", frame: [seq, event], now: 1_000 });
}

test("a room that comes in anew shows nothing of before, and who was in it stays in it", () => {
  let state = reduce(START, { do: "enter", channel: NIGHT });
  state = hears(state, {
    type: "joined", ref: 1, channel: NIGHT, handle: "calm-otter-12", position: { epoch: 1, seq: 1 }, resumed: "fresh", state: "open",
    slow_seconds: 0, turn_ms: 0, muted_until: 0, held: [],
  });
  const said = { id: "m1", client_id: new Uint8Array(16), handle: "quiet-heron-3", voice: "peer", text: "hello", at: 900 } as const;
  state = hears(state, { type: "said", channel: NIGHT, ...said }, 1);
  state = hears(state, { type: "here", channel: NIGHT, people: 2, handles: ["calm-otter-12", "quiet-heron-3"], staff: [] });
  const anew = reduce(state, { do: "anew", channel: NIGHT }).channels[NIGHT];
  expect(state.channels[NIGHT]?.log.entries).toHaveLength(1);
  expect(anew?.log).toEqual(EMPTY);
  expect(anew?.here).toBeNull();
  expect(anew?.handle).toBe("calm-otter-12");
});
