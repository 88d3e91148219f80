/** When to call: once for everyone who newly needs a person, and again every 15 s while one who can't wait is not taken. */
import type { Ticket } from "../protocol";
import { isCalling } from "./items";

const RING_MS = 15_000;

export interface Calls {
  known: ReadonlySet<string>;
  /** When it rang last. */
  rang: number;
}

export const SILENT: Calls = { known: new Set(), rang: -Infinity };

/** `open`: the tickets that nobody has taken. */
export function called(calls: Calls, open: readonly Ticket[], time: number): { calls: Calls; fresh: readonly Ticket[]; ring: boolean } {
  const fresh = open.filter((ticket) => !calls.known.has(ticket.ticket));
  const ring = fresh.length > 0 || (open.some(isCalling) && time - calls.rang >= RING_MS);
  const known = new Set(open.map((ticket) => ticket.ticket));
  return { calls: { known, rang: ring ? time : calls.rang }, fresh, ring };
}
