/** A shift at the desk: duty that was asked for, and the hand on the console that keeps it. Pure; time is passed in. */

const TELL_MS = 60_000; // the server hears of a hand at most this often
export const ASK_MS = 28 * 60_000; // then "still there?"
export const END_MS = 30 * 60_000; // the server ends duty then, and so do we

export interface Shift {
  /** The moderator has started duty and not ended it; whether they are on duty, only the server says. */
  wanted: boolean;
  /** When a hand was last on the console, and when the server last heard of one. */
  hand: number;
  told: number;
}

export const OFF: Shift = { wanted: false, hand: 0, told: 0 };

export type Due = "nothing" | "ask" | "end";

export function started(now: number): Shift {
  return { wanted: true, hand: now, told: now };
}

/** After a reload of the page: duty goes on where the last hand is not too long ago. */
export function resumed(handAgoMs: number, now: number): Shift {
  return handAgoMs < END_MS ? { wanted: true, hand: now - handAgoMs, told: now - handAgoMs } : OFF;
}

/** `tell`: the server should hear of it. */
export function touched(shift: Shift, now: number): { shift: Shift; tell: boolean } {
  if (!shift.wanted) return { shift, tell: false };
  const tell = now - shift.told >= TELL_MS;
  return { shift: { ...shift, hand: now, told: tell ? now : shift.told }, tell };
}

export function due(shift: Shift, now: number): Due {
  if (!shift.wanted) return "nothing";
  const quiet = now - shift.hand;
  if (quiet >= END_MS) return "end";
  return quiet >= ASK_MS ? "ask" : "nothing";
}
