/** One room or private thread as this person sees it: pure steps from what is heard to what is so. */
import * as logs from "./log";
import type { Banned, Here, Joined, Muted, Resumption, RoomState, StaffReason, YoursRemoved } from "./protocol";
import type { Frame } from "./wire";

export type Entering =
  | { is: "entering" }
  | { is: "in" }
  | { is: "refused"; code: string; until?: number; because?: Because };

/** Why a moderator sent me out, in a code and in words of theirs. */
export interface Because {
  reason: StaffReason;
  note: string;
}

export interface OwnRemoved {
  reason: StaffReason;
  note: string;
  text: string;
}

export interface Channel {
  id: string;
  entering: Entering;
  handle: string;
  /** Every name I had here, so that my older messages stay mine. */
  handles: readonly string[];
  open: RoomState;
  slowSeconds: number;
  /** By the server's clock: when slow mode lets me write again; 0 when it does. */
  turnAt: number;
  /** By the server's clock: until when I can't write here; 0 when I can. */
  mutedUntil: number;
  muteReason: StaffReason | null;
  muteNote: string;
  log: logs.Log;
  /** How its history stands to what was shown, until it has come. */
  resumed: Resumption;
  here: Pick<Here, "people" | "handles" | "staff"> | null;
  /** How many people were writing, me too, and when that was said; it is not true for long. */
  writing: number;
  writingAt: number;
  /** When I came in, for the first line of the log. */
  cameIn: number;
  /** Messages of others since I last looked. */
  unread: number;
  /** Why messages of mine were taken down, by number. */
  removed: Readonly<Record<number, OwnRemoved>>;
  /** A refusal that concerns what I am writing; said at the composer until the next word. */
  notice: string | null;
}

export function fresh(id: string): Channel {
  return {
    id, entering: { is: "entering" }, handle: "", handles: [], open: "open", slowSeconds: 0, turnAt: 0, mutedUntil: 0,
    muteReason: null, muteNote: "", log: logs.EMPTY, resumed: "fresh", here: null, writing: 0, writingAt: 0, cameIn: 0, unread: 0,
    removed: {}, notice: null,
  };
}

export function joined(channel: Channel, event: Joined, now: number): Channel {
  const resumed = event.resumed === "resumed";
  return {
    ...named(channel, event.handle),
    entering: { is: "in" },
    open: event.state,
    slowSeconds: event.slow_seconds,
    turnAt: event.turn_ms > 0 ? now + event.turn_ms : 0,
    mutedUntil: event.muted_until,
    log: resumed ? channel.log : logs.restarted(channel.log),
    resumed: resumed && channel.log.before !== null ? channel.resumed : event.resumed, // cut off while its history came
    cameIn: channel.cameIn || now,
    writing: 0,
  };
}

/** What is on the screen is no longer all meant for me: it comes again as it is to be seen. */
export function anew(channel: Channel): Channel {
  return { ...channel, log: logs.EMPTY, here: null };
}

export function named(channel: Channel, handle: string): Channel {
  const handles = channel.handles.includes(handle) ? channel.handles : [...channel.handles, handle];
  return { ...channel, handle, handles };
}

export function settled(channel: Channel): Channel {
  if (channel.resumed === "resumed") return channel;
  return { ...channel, log: logs.settled(channel.log, channel.resumed === "trimmed"), resumed: "resumed" };
}

export function heard(channel: Channel, frame: Frame, watched: boolean, now: number): Channel {
  const event = frame[1];
  switch (event.type) {
    case "said": {
      const own = channel.handles.includes(event.handle);
      const counts = !watched && !own && event.at > channel.cameIn;
      return { ...channel, log: logs.heard(channel.log, frame), unread: channel.unread + (counts ? 1 : 0) };
    }
    case "removed":
    case "restored":
      return { ...channel, log: logs.heard(channel.log, frame) };
    case "room_changed":
      return { ...channel, open: event.state, slowSeconds: event.slow_seconds, turnAt: event.slow_seconds ? channel.turnAt : 0 };
    case "here":
      return { ...channel, here: event };
    case "writing":
      return { ...channel, writing: event.people, writingAt: now };
    default:
      return channel;
  }
}

export function muted(channel: Channel, event: Muted): Channel {
  return { ...channel, mutedUntil: event.until, muteReason: event.reason, muteNote: event.note };
}

export function unmuted(channel: Channel): Channel {
  return { ...channel, mutedUntil: 0, muteReason: null, muteNote: "" };
}

/** Out of the room: nothing of it stays on the screen. What was heard late and is over changes nothing. */
export function banned(channel: Channel, event: Banned, now: number): Channel {
  if (event.until <= now) return channel;
  const { until, reason, note } = event;
  return { ...fresh(channel.id), handles: channel.handles, entering: { is: "refused", code: "removed", until, because: { reason, note } } };
}

export function unbanned(channel: Channel): Channel {
  return channel.entering.is === "refused" ? { ...channel, entering: { is: "entering" } } : channel;
}

/** A refusal at the door; what is known of a ban stays. */
export function refusedEntry(channel: Channel, code: string, until?: number): Channel {
  const { entering } = channel;
  const because = entering.is === "refused" && entering.code === code ? entering.because : undefined;
  return { ...channel, entering: { is: "refused", code, ...(until && { until }), ...(because && { because }) } };
}

export function ownRemoved(channel: Channel, event: YoursRemoved): Channel {
  const { reason, note, text } = event;
  return { ...channel, removed: { ...channel.removed, [event.gone]: { reason, note, text } } };
}

/** The server said when my next turn is; 0 leaves what is known. */
export function turned(channel: Channel, turnMs: number, now: number): Channel {
  return turnMs > 0 ? { ...channel, turnAt: now + turnMs, notice: null } : { ...channel, notice: null };
}
