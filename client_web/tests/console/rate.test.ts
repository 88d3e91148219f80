import { expect, test } from "vitest";
import { isFast, perMinute } from "../../src/console/rate";
import { EMPTY, heard } from "../../src/log";
import { removed, said } from "../server";

test("the rate is what was said in the last minute, without what was removed", () => {
  const frames = [said(1), said(30), said(61), said(90), removed(91, 61)];
  expect(perMinute(frames.reduce(heard, EMPTY), 1_000_000 + 91_000)).toBe(1);
});

test("slow mode is proposed where people can't follow any more, and not where it is on", () => {
  expect([isFast(20, 0), isFast(21, 0), isFast(21, 30), isFast(null, 0)]).toEqual([false, true, false, false]);
});
