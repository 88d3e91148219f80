/** What each event from the server changes. */
import { hearOfCare, spokenIn, welcomedHelp, welcomedThreads } from "./care";
import * as channels from "./channel";
import type { Channel } from "./channel";
import * as outboxes from "./outbox";
import type { Event, Welcome } from "./protocol";
import type { State } from "./state";
import { inChannel } from "./within";
import { hex, type Frame } from "./wire";

type Heard<T extends Event["type"]> = Extract<Event, { type: T }>;

export function hear(state: State, frame: Frame, now: number): State {
  const event = frame[1];
  switch (event.type) {
    case "welcome":
      return welcomed(state, event);
    case "on_duty":
      return { ...state, staff: event.staff };
    case "condition":
    case "pong":
      return { ...state, away: event.away };
    case "joined":
      return joined(state, event, now);
    case "named":
      return inChannel(state, event.channel, (channel) => channels.named(channel, event.handle));
    case "said":
      return inRoom({ ...state, threads: spokenIn(state.threads, event) }, frame, event.channel, now);
    case "removed":
    case "restored":
    case "room_changed":
    case "here":
    case "writing":
      return inRoom(state, frame, event.channel, now);
    case "posted":
      return posted(state, event, now);
    case "held":
      return held(state, event, now);
    case "hold_ended":
      return cleared({ ...state, outbox: outboxes.holdEnded(state.outbox, event) });
    case "muted":
      return inMany(state, event.channel, (channel) => channels.muted(channel, event));
    case "unmuted":
      return inMany(state, event.channel, channels.unmuted);
    case "banned":
      return inChannel(state, event.channel, (channel) => channels.banned(channel, event, now));
    case "unbanned":
      return inChannel(state, event.channel, channels.unbanned);
    case "yours_removed":
      return inChannel(state, event.channel, (channel) => channels.ownRemoved(channel, event));
    default:
      return hearOfCare(state, event);
  }
}

/** Messages leave the outbox once the log shows them; not while it begins anew, for a number may then be another's. */
export function withoutEchoes(state: State): outboxes.Outbox {
  return outboxes.echoed(state.outbox, ({ channel, clientId, fate }) => {
    const log = state.channels[channel]?.log;
    if (!log || log.before !== null) return false;
    const seq = fate.is === "posted" ? fate.seq : 0;
    return log.entries.some((entry) => (seq > 0 && entry.seq === seq) || (entry.kind === "message" && entry.clientId === clientId));
  });
}

function welcomed(state: State, event: Welcome): State {
  const { role, name, rules, accepted, staff, away, limits, build, on_duty } = event;
  const me = { role, name, rules, accepted, onDuty: on_duty };
  const threads = welcomedThreads(state.threads, event);
  return { ...state, me, staff, away, limits, build, threads, help: welcomedHelp(state.help, event) };
}

function joined(state: State, event: Heard<"joined">, now: number): State {
  const began = event.resumed === "epoch" || event.resumed === "ahead";
  const before = began ? outboxes.renumbered(state.outbox, event.channel) : state.outbox;
  const outbox = outboxes.rejoined(before, event.channel, event.held, state.me?.rules ?? 0, now);
  return inChannel({ ...state, outbox }, event.channel, (channel) => channels.joined(channel, event, now));
}

function inRoom(state: State, frame: Frame, id: string, now: number): State {
  return cleared(inChannel(state, id, (channel) => channels.heard(channel, frame, state.watching === id, now)));
}

function posted(state: State, event: Heard<"posted">, now: number): State {
  const outbox = outboxes.posted(state.outbox, hex(event.client_id), event.seq, event.text);
  const me = state.me && { ...state.me, accepted: state.me.rules };
  return cleared(inChannel({ ...state, outbox, me }, event.channel, (channel) => channels.turned(channel, event.turn_ms, now)));
}

function held(state: State, event: Heard<"held">, now: number): State {
  const outbox = outboxes.held(state.outbox, event, state.me?.rules ?? 0);
  const me = state.me && { ...state.me, accepted: state.me.rules };
  return inChannel({ ...state, outbox, me }, event.channel, (channel) => channels.turned(channel, event.turn_ms, now));
}

function cleared(state: State): State {
  const outbox = withoutEchoes(state);
  return outbox === state.outbox ? state : { ...state, outbox };
}

function inMany(state: State, id: string | null, step: (channel: Channel) => Channel): State {
  const ids = id === null ? Object.keys(state.channels) : [id];
  return ids.reduce((next, each) => inChannel(next, each, step), state);
}
