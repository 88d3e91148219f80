/** A moment to come: by the clock where it is soon, by the day where it is far. */
import { now } from "../clock";
import { page } from "../page";
import { clockTime } from "../words";

const SOON_MS = 3 * 24 * 3_600_000;

export function when(ms: number): string {
  if (ms - now() < SOON_MS) return clockTime(ms, now());
  return new Intl.DateTimeFormat(page.lang, { day: "numeric", month: "long" }).format(ms);
}
