/** What a closed socket asks of us: come back and when, sign in again, or stay away. */
import { STAY_AWAY } from "./protocol";

const SHORTEST_MS = 500;
const LONGEST_MS = 20_000;
const AFTER_RESTART_MS = 5_000; // a restart lets everyone go at once: spread the return
const AFTER_OVERLOAD_MS = 30_000;
const LONGEST_OVERLOAD_MS = 60_000;

const RESTART = 1012;
export const OVERLOADED = 1013;
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

/** `before`: with what the connections in a row ended that did not hold; `random`: a number from 0 up to 1. */
export function closing(code: number, before: readonly number[], random: number): Closing {
  if (code === NO_SESSION) return { step: "sign_in" };
  if (STAY_AWAY.has(code)) return { step: "stop", why: STOPS[code] ?? "fault" };
  if (MISUNDERSTOOD.has(code) && before.some((each) => MISUNDERSTOOD.has(each))) return { step: "stop", why: "fault" };
  return { step: "return", after: wait(code, before, random) };
}

function wait(code: number, before: readonly number[], random: number): number {
  if (code === RESTART && before.length === 0) return random * AFTER_RESTART_MS;
  if (code === OVERLOADED) return random * doubled(AFTER_OVERLOAD_MS, before.filter((each) => each === OVERLOADED).length, LONGEST_OVERLOAD_MS);
  return SHORTEST_MS + random * doubled(SHORTEST_MS, before.length, LONGEST_MS - SHORTEST_MS);
}

function doubled(span: number, times: number, most: number): number {
  return Math.min(most, span * 2 ** times);
}
