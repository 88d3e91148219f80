/** Where this person stands with one-to-ones, as the server tells it: pure steps from what is heard to what is so. */
import type {
  Consent, Event, ListeningState, OneBegan, OneEnded, OneEntered, OneExtended, OneHanded, OneNudged, OneTime, OneToOne, Place, QueueEnd, QueueEnded, TalkEnd, TransferAsked, TransferState, Wish,
} from "../protocol";
import type { Frame } from "../wire";

export const NO_WISH: Wish = { topic: null, style: null, avoid: [] };

/** What was told in a talk between what the two of them said. */
export interface Note {
  seq: number;
  event: OneNudged | OneTime | OneExtended | OneEntered | OneHanded;
}

export interface Talk {
  one: OneToOne;
  notes: readonly Note[];
  /** I have said that I would go on; the other one has not yet. */
  agreed: boolean;
  /** Whether someone else may go on with me, as it was asked last, and how that stands. */
  transfer: Transfer | null;
}

export interface Transfer extends Pick<TransferAsked, "to" | "name" | "summary" | "until"> {
  is: "asked" | "agreed" | "over";
}

/** A talk that is over. `again`: until when I come first if I come back; 0 where that is not so. */
export interface Ended {
  one: OneToOne;
  why: TalkEnd;
  again: number;
  at: number;
}

export interface Standing {
  /** The server has answered where I stand. */
  known: boolean;
  place: Place | null;
  /** Minutes after which other ways are offered, the last that was reached. */
  waited: number;
  talk: Talk | null;
  ended: Ended | null;
  /** I no longer wait, and why. */
  unqueued: QueueEnd | null;
  /** What my next listener may read of me, or mine may now. */
  shares: string;
}

export const NOWHERE: Standing = { known: false, place: null, waited: 0, talk: null, ended: null, unqueued: null, shares: "" };

const AT_THE_HEAD: Place = { ahead: 0, free: 0, listeners: 0, since: 0, first: true, under_18: false };

export function heard(standing: Standing, [seq, event]: Frame): Standing {
  switch (event.type) {
    case "listening_state":
      return told(standing, event);
    case "queued":
      return { ...standing, known: true, place: event.place, ended: null, unqueued: null };
    case "queue_place":
      return standing.place ? { ...standing, place: event.place } : standing; // late, it says nothing
    case "queue_wait":
      return standing.talk ? standing : { ...standing, waited: Math.max(standing.waited, event.minutes) };
    case "queue_ended":
      return unqueued(standing, event);
    case "one_began":
      return began(standing, event);
    case "one_ended":
      return ended(standing, event);
    case "one_nudged":
    case "one_time":
    case "one_extended":
    case "one_entered":
    case "one_handed":
      return inTalk(standing, event.channel, (talk) => noted(talk, { seq, event }));
    case "transfer_asked":
      return inTalk(standing, event.channel, (talk) => ({ ...talk, transfer: asked(event) }));
    case "transfer_ended":
      return inTalk(standing, event.channel, (talk) => ({ ...talk, transfer: talk.transfer && { ...talk.transfer, is: "over" } }));
    default:
      return standing;
  }
}

/** Someone else may go on with me, or shall not. */
export function consented(standing: Standing, says: Consent): Standing {
  const { talk } = standing;
  return talk?.transfer ? { ...standing, talk: { ...talk, transfer: says === "yes" ? { ...talk.transfer, is: "agreed" } : null } } : standing;
}

/** Where there is new time already, both have said so. */
export function agreed(standing: Standing): Standing {
  return standing.talk && isNearlyOver(standing.talk) ? { ...standing, talk: { ...standing.talk, agreed: true } } : standing;
}

export function slowed(standing: Standing): Standing {
  const { talk } = standing;
  return talk ? { ...standing, talk: { ...talk, one: { ...talk.one, slowly: true } } } : standing;
}

/** Time that can be agreed on is asked for once the first notice has come, and no more when there is new time. */
export function isNearlyOver({ notes }: Talk): boolean {
  const last = notes.findLast(({ event }) => event.type === "one_time" || event.type === "one_extended");
  return last?.event.type === "one_time";
}

/** A listener was lost, and this person comes first for the next one. */
export function lostListener(ended: Ended): boolean {
  return ended.why === "listener_gone" || ended.why === "listener_silent";
}

/** All of it, on every new line. What it no longer names is over; how that came about is told in the inbox. */
function told(standing: Standing, { place, ones, transfer, shares }: ListeningState): Standing {
  const one = ones.find((each) => !each.over);
  const known = { ...standing, known: true, place, shares };
  if (one) {
    const talk = standing.talk?.one.channel === one.channel ? { ...standing.talk, one } : fresh(one);
    return { ...known, talk: { ...talk, transfer: transferNow(talk.transfer, transfer) }, ended: null };
  }
  if (standing.talk) return { ...known, talk: null, ended: { one: standing.talk.one, why: "goodbye", again: 0, at: 0 } };
  return standing.place && !place ? { ...known, waited: 0, unqueued: standing.unqueued ?? "lapsed" } : known;
}

function began(standing: Standing, { one }: OneBegan): Standing {
  const talk = standing.talk?.one.channel === one.channel ? standing.talk : fresh(one);
  return { ...standing, known: true, place: null, waited: 0, talk, ended: null, unqueued: null };
}

/** Who was left waits at once, at the head; what the place is based on is asked for. */
function ended(standing: Standing, { one, why, waits, again, at }: OneEnded): Standing {
  if (standing.talk && standing.talk.one.channel !== one.channel) return standing;
  const left = { ...standing, talk: null, ended: { one, why, again, at } };
  return waits ? { ...left, known: false, place: AT_THE_HEAD } : left;
}

/** Who has come back into the queue meanwhile waits. */
function unqueued(standing: Standing, { why, at }: QueueEnded): Standing {
  return standing.place && at > 0 && standing.place.since > at ? standing : { ...standing, place: null, waited: 0, unqueued: why };
}

function fresh(one: OneToOne): Talk {
  return { one, notes: [], agreed: false, transfer: null };
}

function inTalk(standing: Standing, channel: string, step: (talk: Talk) => Talk): Standing {
  return standing.talk?.one.channel === channel ? { ...standing, talk: step(standing.talk) } : standing;
}

function asked({ to, name, summary, until }: TransferAsked): Transfer {
  return { to, name, summary, until, is: "asked" };
}

/** What was asked before a reload, or was answered or ended unheard. */
function transferNow(before: Transfer | null, now: TransferState | null): Transfer | null {
  if (now === null) return before && { ...before, is: "over" };
  const { to, name, summary, until, step } = now;
  return { to, name, summary, until, is: step === "peer" ? "asked" : "agreed" };
}

/** By number, once: a history that comes again brings them again. */
function noted(talk: Talk, note: Note): Talk {
  if (talk.notes.some(({ seq }) => seq === note.seq)) return talk;
  const notes = [...talk.notes, note].toSorted((one, other) => one.seq - other.seq);
  if (note.event.type === "one_handed") return { ...talk, notes, transfer: null, one: { ...talk.one, name: note.event.name, watched: note.event.watched } };
  if (note.event.type !== "one_extended") return { ...talk, notes };
  return { ...talk, notes, agreed: false, one: { ...talk.one, ends: Math.max(talk.one.ends, note.event.ends) } };
}

export function isOfListening({ type }: Event): boolean {
  return type === "listening_state" || type === "queued" || /^(?:queue|one|transfer)_/.test(type);
}
