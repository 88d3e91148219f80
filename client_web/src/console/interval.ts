/** How often one may write in slow mode, in words. */
import { counted } from "../words";

export function interval(seconds: number): string {
  return seconds < 120 ? counted("console.seconds", seconds) : counted("console.age_minutes", Math.round(seconds / 60));
}
