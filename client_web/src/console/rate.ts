/** How fast a room talks, counted here from what was heard of it. */
import type { Log } from "../log";

const MINUTE_MS = 60_000;
const FAST = 20; // messages a minute that people can still read

/** Messages of the last minute, by the server's clock. */
export function perMinute(log: Log, time: number): number {
  let count = 0;
  for (let place = log.entries.length - 1; place >= 0; place -= 1) {
    const entry = log.entries[place];
    if (entry?.kind !== "message") continue;
    if (entry.at <= time - MINUTE_MS) break;
    count += 1;
  }
  return count;
}

export function isFast(rate: number | null, slowSeconds: number): boolean {
  return rate !== null && rate > FAST && slowSeconds === 0;
}
