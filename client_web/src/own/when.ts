/** A moment to come: by the clock where it is soon, by the day where it is far. */
import { now } from "../clock";
import { clockTime, day } from "../words";

const SOON_MS = 3 * 24 * 3_600_000;

export function when(ms: number): string {
  if (ms - now() < SOON_MS) return clockTime(ms, now());
  return day(ms);
}
