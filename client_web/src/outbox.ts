/** What I wrote and what became of it, told truly: nothing leaves here before its answer or its author's word. */
import type { Held, HoldEnded, StaffReason } from "./protocol";
import { hex } from "./wire";

export const KEPT_MS = 30 * 60_000; // older than this is "not sent": nobody should speak half an hour late unasked
export const KEPT = 50;
export const UNKNOWN = 0; // a released message has a number that only its echo tells; so has one after its channel began anew

export type Fate =
  | { is: "sending" }
  | { is: "posted"; seq: number }
  | { is: "held"; hold: string; why: string; care: boolean; due: number }
  | { is: "returned"; reason: StaffReason | null; note: string; edit: boolean }
  | { is: "refused"; code: string }
  /** It was in the room, and a fault of ours has lost it there. */
  | { is: "lost" }
  | { is: "not_sent" };

const SHOWN_BY_THE_LOG: ReadonlySet<Fate["is"]> = new Set(["posted", "held", "not_sent", "lost"]);

export interface Outgoing {
  clientId: string;
  channel: string;
  text: string;
  /** The version of the rules that was on screen. */
  rules: number;
  /** The held message that this one takes the place of. */
  replaces: string | null;
  /** When it was written, by this device's clock: how long it waits. */
  since: number;
  /** When it was written, by the server's clock: its place in the log. */
  at: number;
  /** It went out at least once: without an answer nobody can say that it never arrived. */
  tried: boolean;
  fate: Fate;
}

export type Writing = Omit<Outgoing, "fate" | "tried">;

export type Outbox = readonly Outgoing[];

export function wrote(outbox: Outbox, item: Writing): Outbox {
  const kept = outbox.filter((each) => each.clientId !== item.replaces);
  return [...kept, { ...item, tried: false, fate: { is: "sending" } as const }];
}

/** As many as may be kept that nobody but this page has. */
export function full(outbox: Outbox, most: number): boolean {
  return outbox.filter(({ fate }) => fate.is !== "posted" && fate.is !== "held").length >= most;
}

export function tried(outbox: Outbox, clientId: string): Outbox {
  return outbox.map((item) => (item.clientId === clientId ? { ...item, tried: true } : item));
}

/** The oldest that waits to be sent in this channel; the next goes only when it was answered, so order holds. */
export function next(outbox: Outbox, channel: string): Outgoing | undefined {
  return outbox.find((item) => item.channel === channel && item.fate.is === "sending");
}

export function posted(outbox: Outbox, clientId: string, seq: number, text: string | null): Outbox {
  return outbox.map((item) =>
    item.clientId === clientId ? { ...item, text: text ?? item.text, fate: { is: "posted", seq } } : item,
  );
}

/** The answer to a post, or news from another page of the same person. */
export function held(outbox: Outbox, event: Held, rules: number): Outbox {
  const { hold, why, care, due, channel, text } = event;
  const clientId = hex(event.client_id);
  const fate = { is: "held", hold, why, care, due } as const;
  if (!outbox.some((item) => item.clientId === clientId))
    return [...outbox, { clientId, channel, text, rules, replaces: null, since: event.at, at: event.at, tried: true, fate }];
  return outbox.map((item) => (item.clientId === clientId ? { ...item, text, fate } : item));
}

/** A hold has ended. Allowed: it is in the room. Taken back: gone. Otherwise its words come back to their author. */
export function holdEnded(outbox: Outbox, event: HoldEnded): Outbox {
  const clientId = hex(event.client_id);
  const { decision, reason, note } = event;
  if (decision === null) return forgotten(outbox, clientId);
  if (decision === "allow") return posted(outbox, clientId, UNKNOWN, event.text);
  return outbox.map((item) =>
    item.clientId === clientId ? { ...item, fate: { is: "returned", reason, note, edit: decision === "ask_edit" } } : item,
  );
}

export function refused(outbox: Outbox, clientId: string, code: string): Outbox {
  return outbox.map((item) => (item.clientId === clientId ? { ...item, fate: { is: "refused", code } } : item));
}

/** Written too long ago and still not answered. */
export function expired(outbox: Outbox, now: number, keptMs: number): Outbox {
  if (!outbox.some((item) => tooOld(item, now, keptMs))) return outbox;
  return outbox.map((item) => (tooOld(item, now, keptMs) ? { ...item, fate: { is: "not_sent" } } : item));
}

/** The same message once more, under the same id: had it arrived after all, it is still shown once. */
export function again(outbox: Outbox, clientId: string, now: number): Outbox {
  return outbox.map((item) => (item.clientId === clientId ? { ...item, since: now, fate: { is: "sending" } } : item));
}

export function forgotten(outbox: Outbox, clientId: string): Outbox {
  return outbox.filter((item) => item.clientId !== clientId);
}

/** What is in the log is shown by the log: acknowledged, allowed or given up; for what is still asked after, the answer counts. */
export function echoed(outbox: Outbox, inLog: (item: Outgoing) => boolean): Outbox {
  const kept = outbox.filter((item) => !SHOWN_BY_THE_LOG.has(item.fate.is) || !inLog(item));
  return kept.length === outbox.length ? outbox : kept;
}

/** Joining tells what is held. What we show as held and the server does not: ask what became of it, by its id. */
export function rejoined(outbox: Outbox, channel: string, holds: readonly Held[], rules: number, now: number): Outbox {
  const ids = new Set(holds.map((each) => hex(each.client_id)));
  const asked: Outbox = outbox.map((item) =>
    item.channel === channel && item.fate.is === "held" && !ids.has(item.clientId)
      ? { ...item, since: now, tried: true, fate: { is: "sending" } }
      : item,
  );
  return holds.reduce<Outbox>((list, each) => held(list, each, rules), asked);
}

/** The channel began anew: the numbers that were told mean something else now. */
export function renumbered(outbox: Outbox, channel: string): Outbox {
  return outbox.map((item) =>
    item.channel === channel && item.fate.is === "posted" ? { ...item, fate: { is: "posted", seq: UNKNOWN } } : item,
  );
}

/** Words of mine that a new life of the channel does not have: given back to me, in the place where they stood. */
export function lost(outbox: Outbox, gone: readonly Outgoing[]): Outbox {
  const ids = new Set(gone.map((item) => item.clientId));
  return gone.length === 0 ? outbox : [...outbox.filter((item) => !ids.has(item.clientId)), ...gone];
}

function tooOld(item: Outgoing, now: number, keptMs: number): boolean {
  return item.fate.is === "sending" && now - item.since > keptMs;
}
