/** How long something has waited, in words, or as a clock while seconds count. */
import { counted, word } from "../words";

const MINUTE_MS = 60_000;
const CLOCK_MS = 10 * MINUTE_MS; // up to here a waiting person is counted in seconds

export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (ms >= CLOCK_MS) return age(ms);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function age(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) return word("console.age_now");
  return minutes < 120 ? counted("console.age_minutes", minutes) : counted("console.age_hours", Math.floor(minutes / 60));
}
