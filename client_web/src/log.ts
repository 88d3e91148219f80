/** What was said in one channel, by number: frames may come in any order and twice, the result is the same. */
import type { Event, Removed, Restored, Said, Voice } from "./protocol";
import { hex, type Frame } from "./wire";

const KEPT = 1_000; // messages of one room in the page; earlier ones can be asked for again

export interface Message {
  kind: "message";
  seq: number;
  /** The number of the event that made the entry what it is: the later one holds. */
  by: number;
  id: string;
  clientId: string;
  handle: string;
  voice: Voice;
  text: string;
  at: number;
}

export interface Gone {
  kind: "gone";
  seq: number;
  by: number;
  /** Its writer took it away; else a moderator did. */
  own: boolean;
}

export type Entry = Message | Gone;

export interface Log {
  /** By number, ascending. */
  entries: readonly Entry[];
  /** Everything kept from this number on is here; 0 until something was heard. */
  from: number;
  /** Numbers after which something is missing that could not be loaded. */
  gaps: readonly number[];
  /** Nothing earlier is kept. */
  complete: boolean;
  /** What was shown before the channel began anew; stays on screen until its history has come. */
  before: readonly Entry[] | null;
}

export const EMPTY: Log = { entries: [], from: 0, gaps: [], complete: false, before: null };

export function shown(log: Log): readonly Entry[] {
  return log.before ?? log.entries.filter((entry) => entry.seq >= log.from);
}

export function message(log: Log, seq: number): Message | undefined {
  const entry = log.entries.find((each) => each.seq === seq);
  return entry?.kind === "message" ? entry : undefined;
}

/** One numbered frame of the channel. */
export function heard(log: Log, [seq, event]: Frame): Log {
  const entry = entryOf(seq, event);
  if (entry === null) return log;
  const from = log.from === 0 ? seq : Math.min(log.from, seq);
  return bounded({ ...log, from, entries: placed(log.entries, entry) });
}

/** A page of earlier messages; `more`: there are still earlier ones. */
export function earlier(log: Log, frames: readonly Frame[], more: boolean): Log {
  const first = frames[0]?.[0] ?? log.from;
  const entries = frames.map(([seq, event]) => entryOf(seq, event)).filter((entry) => entry !== null);
  return {
    ...log,
    from: Math.min(log.from || first, first),
    entries: entries.reduce(placed, log.entries),
    complete: !more,
  };
}

/** The channel was entered anew while we hold part of it: keep that on screen until recent history has come. */
export function restarted(log: Log): Log {
  const before = log.before ?? (log.entries.length > 0 ? shown(log) : null);
  return { ...EMPTY, before, gaps: log.gaps };
}

/** Recent history has come: join it to what was shown, and mark a gap only where something is known to be missing. */
export function settled(log: Log, trimmed: boolean): Log {
  const { before } = log;
  if (before === null) return log;
  const first = log.entries.find((entry) => entry.seq >= log.from)?.seq ?? Infinity;
  const kept = trimmed || joins(log, before) ? before.filter((entry) => entry.seq < first) : [];
  const entries = log.entries.reduce(placed, kept);
  const gap = trimmed ? kept.at(-1)?.seq : beforeLost(log, entries);
  return {
    ...log,
    before: null,
    from: kept[0]?.seq ?? log.from,
    entries,
    gaps: gap === undefined ? log.gaps : [...log.gaps.filter((seq) => seq < gap), gap],
  };
}

/** Messages that were on screen and that the new history, though it reaches back so far, does not have. */
export function lost(log: Log): readonly Message[] {
  const ids = new Set(log.entries.map(idOf));
  const gone = new Set(log.entries.filter((entry) => entry.kind === "gone").map((entry) => entry.seq));
  return (log.before ?? [])
    .filter((entry): entry is Message => entry.kind === "message" && reaches(log, entry.at))
    .filter((message) => !ids.has(message.id) && !gone.has(message.seq));
}

/** Whether what was said at that moment would be among what is here. */
export function reaches(log: Log, at: number): boolean {
  const oldest = log.entries.find((entry) => entry.kind === "message");
  return oldest === undefined || at >= oldest.at;
}

/** The old numbers and the new are of one kind where a message is found in both; else none of the old can be placed. */
function joins(log: Log, before: readonly Entry[]): boolean {
  const known = new Map(before.map((entry) => [idOf(entry), entry.seq]));
  return log.entries.some((entry) => entry.kind === "message" && known.get(entry.id) === entry.seq);
}

/** The last number that is still there before the first message that is not. */
function beforeLost(log: Log, entries: readonly Entry[]): number | undefined {
  const [first] = lost(log);
  return first && (entries.findLast((entry) => entry.seq < first.seq)?.seq ?? 0);
}

function idOf(entry: Entry): string {
  return entry.kind === "message" ? entry.id : "";
}

function entryOf(seq: number, event: Event): Entry | null {
  switch (event.type) {
    case "said":
      return said(seq, event);
    case "removed":
      return gone(seq, event);
    case "restored":
      return restored(seq, event);
    default:
      return null;
  }
}

function said(seq: number, event: Said): Message {
  const { id, handle, voice, text, at } = event;
  return { kind: "message", seq, by: seq, id, clientId: hex(event.client_id), handle, voice, text, at };
}

function gone(by: number, event: Removed): Gone {
  return { kind: "gone", seq: event.gone, by, own: event.own };
}

function restored(by: number, event: Restored): Message {
  const { back, id, handle, voice, text, said_at } = event;
  return { kind: "message", seq: back, by, id, clientId: "", handle, voice, text, at: said_at };
}

/** The entry in its place; of two for one number the one made by the later event stays. */
function placed(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  let index = entries.length;
  while (index > 0 && (entries[index - 1] as Entry).seq > entry.seq) index -= 1;
  const there = entries[index - 1];
  if (there?.seq !== entry.seq) return entries.toSpliced(index, 0, entry);
  return there.by >= entry.by ? entries : entries.with(index - 1, entry);
}

function bounded(log: Log): Log {
  const over = log.entries.length - KEPT;
  if (over <= 0) return log;
  const entries = log.entries.slice(over);
  return { ...log, entries, from: Math.max(log.from, entries[0]?.seq ?? 0), complete: false };
}
