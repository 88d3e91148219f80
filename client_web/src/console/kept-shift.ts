/** Duty outlives a reload of its tab, and nothing else: a page renews itself when the server does. */
import { OFF, resumed, type Shift } from "./shift";

const KEY = "porchlight-console-hand";

export function recalledShift(now: number): Shift {
  try {
    const hand = Number(sessionStorage.getItem(KEY));
    return hand > 0 ? resumed(Math.max(0, Date.now() - hand), now) : OFF;
  } catch {
    return OFF;
  }
}

/** A hand was on the console just now; null: duty has ended. */
export function keepHand(hand: number | null): void {
  try {
    if (hand === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, String(hand));
  } catch {
    // no storage here: after a reload duty is started anew
  }
}
