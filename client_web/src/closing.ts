/** What a closed socket asks of us: come back and when, sign in again, or stay away. */
import { STAY_AWAY } from "./protocol";

const SHORTEST_MS = 500;
const LONGEST_MS = 20_000;
const AFTER_RESTART_MS = 5_000; // a restart lets everyone go at once: spread the return
const AFTER_OVERLOAD_MS = 30_000;

const RESTART = 1012;
const OVERLOADED = 1013;
const NO_SESSION = 4401;
const MISUNDERSTOOD = new Set([1002, 1003, 1007, 1009]); // one more try, then stop: it would only repeat

export type Stop = "no_session" | "signed_out" | "banned" | "replaced" | "version" | "fault";

export type Closing =
  | { step: "return"; after: number }
  | { step: "sign_in" }
  | { step: "stop"; why: Stop };

const STOPS: Readonly<Record<number, Stop>> = {
  1008: "signed_out",
  4403: "banned",
  4409: "replaced",
  4412: "version",
};

/** `tries`: connections in a row that did not hold; `random`: a number from 0 up to 1. */
export function closing(code: number, tries: number, random: number): Closing {
  if (code === NO_SESSION) return { step: "sign_in" };
  if (STAY_AWAY.has(code)) return { step: "stop", why: STOPS[code] ?? "fault" };
  if (MISUNDERSTOOD.has(code) && tries > 0) return { step: "stop", why: "fault" };
  return { step: "return", after: wait(code, tries, random) };
}

function wait(code: number, tries: number, random: number): number {
  if (code === RESTART && tries === 0) return random * AFTER_RESTART_MS;
  if (code === OVERLOADED) return random * AFTER_OVERLOAD_MS;
  return Math.min(LONGEST_MS, SHORTEST_MS + random * Math.min(LONGEST_MS, SHORTEST_MS * 2 ** tries));
}
