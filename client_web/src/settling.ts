/** A channel's history has come: what is joined, what is missing, and which of my own words a fault has lost. */
import * as channels from "./channel";
import type { Channel } from "./channel";
import { withoutEchoes } from "./hearing";
import * as logs from "./log";
import { mine } from "./mine";
import { lost, UNKNOWN, type Outgoing } from "./outbox";
import type { State } from "./state";
import { inChannel } from "./within";

export function settle(state: State, id: string, now: number): State {
  const channel = state.channels[id];
  if (!channel) return state;
  const began = channel.resumed === "epoch" || channel.resumed === "ahead";
  const gone = began ? [...ofTheLog(channel, state.me?.rules ?? 0, now), ...ofTheOutbox(state, channel)] : [];
  const next = inChannel({ ...state, outbox: lost(state.outbox, gone) }, id, channels.settled);
  return { ...next, outbox: withoutEchoes(next) };
}

/** A message that was restored has no id of mine any more, and can't be sent again as itself. */
function ofTheLog(channel: Channel, rules: number, now: number): Outgoing[] {
  return logs
    .lost(channel.log)
    .filter((message) => message.clientId !== "" && mine(message, channel))
    .map(({ clientId, text, at }) => {
      const place = { channel: channel.id, rules, replaces: null, since: now, at };
      return { ...place, clientId, text, tried: true, fate: { is: "lost" } };
    });
}

/** Acknowledged in the old numbers, but its echo had not come. */
function ofTheOutbox({ outbox }: State, { id, log }: Channel): Outgoing[] {
  const there = new Set(log.entries.map((entry) => (entry.kind === "message" ? entry.clientId : "")));
  return outbox
    .filter(({ channel, fate }) => channel === id && fate.is === "posted" && fate.seq === UNKNOWN)
    .filter(({ clientId, at }) => !there.has(clientId) && logs.reaches(log, at))
    .map((item) => ({ ...item, fate: { is: "lost" } }));
}
