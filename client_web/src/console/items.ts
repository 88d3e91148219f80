/** What lies on the desk in the order in which a person should look: care first, then what has waited longest. */
import type { BanItem, MuteItem, Hold, ReportItem, Ticket, Urgency } from "../protocol";
import type { Desk } from "./desk";

/** One thing to decide about: a message that waits, or one that someone told us about. */
export type Item =
  | { kind: "hold"; id: string; care: boolean; about: Hold }
  | { kind: "report"; id: string; care: false; about: ReportItem };

const GRAVITY: Readonly<Record<Urgency, number>> = { concern: 1, serious: 2, imminent: 3 };
/** Contact details and doubts of our own can be read at once; all other text stays covered until it is asked for. */
const MILD = new Set(["contact", "spam", "unscreened", "language", "newcomer", "health_advice"]);

/** What this moderator has passed on comes last: someone else may take it before. */
export function toDecide(desk: Desk, passed: ReadonlySet<string>): readonly Item[] {
  const holds = Object.values(desk.holds).map((about): Item => ({ kind: "hold", id: about.hold, care: about.care, about }));
  const reports = Object.values(desk.reports).map((about): Item => ({ kind: "report", id: about.report, care: false, about }));
  const order = (item: Item): number => (passed.has(item.id) ? 2 : item.care ? 0 : 1);
  return [...holds, ...reports].sort((a, b) => order(a) - order(b) || a.about.since - b.about.since);
}

/** Open before taken, the graver before the milder, the older before the newer. */
export function needing(desk: Desk): readonly Ticket[] {
  const weight = (ticket: Ticket): number => (ticket.state === "open" ? 10 : 0) + GRAVITY[ticket.urgency];
  return Object.values(desk.tickets).sort((a, b) => weight(b) - weight(a) || a.since - b.since);
}

export function untaken(desk: Desk): readonly Ticket[] {
  return Object.values(desk.tickets).filter((ticket) => ticket.state === "open");
}

/** Whether words of theirs wait for care in the room that the ticket names. */
export function isHeld(desk: Desk, { channel, handle }: Ticket): boolean {
  return Object.values(desk.holds).some((hold) => hold.care && hold.channel === channel && hold.handle === handle);
}

export function isCalling(ticket: Ticket): boolean {
  return ticket.urgency !== "concern";
}

export function inForce(desk: Desk, now: number): readonly MuteItem[] {
  return Object.values(desk.mutes)
    .filter((mute) => mute.until > now)
    .sort((a, b) => a.until - b.until);
}

export function bansInForce(desk: Desk, now: number): readonly BanItem[] {
  return Object.values(desk.bans)
    .filter((ban) => ban.until > now)
    .sort((a, b) => a.until - b.until);
}

/** A code for the words: why it is here. */
export function cause(item: Item): string {
  return item.kind === "hold" ? item.about.why : item.about.reason;
}

export function isCovered(item: Item): boolean {
  return item.care || !MILD.has(cause(item));
}
