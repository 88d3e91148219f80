import { expect, test } from "vitest";
import { ASK_MS, due, END_MS, OFF, started, touched } from "../../src/console/shift";

const MINUTE_MS = 60_000;

test("off duty a hand is told to nobody and nothing is asked", () => {
  expect(touched(OFF, 99 * MINUTE_MS)).toEqual({ shift: OFF, tell: false });
  expect(due(OFF, 99 * MINUTE_MS)).toBe("nothing");
});

test("the server hears of a hand at most once a minute", () => {
  let shift = started(0);
  const told: number[] = [];
  for (let time = 0; time <= 3 * MINUTE_MS; time += 5_000) {
    const next = touched(shift, time);
    shift = next.shift;
    if (next.tell) told.push(time);
  }
  expect(told).toEqual([MINUTE_MS, 2 * MINUTE_MS, 3 * MINUTE_MS]);
});

test("without a hand the moderator is asked, and then duty ends", () => {
  const shift = started(0);
  expect(due(shift, ASK_MS - 1)).toBe("nothing");
  expect(due(shift, ASK_MS)).toBe("ask");
  expect(due(shift, END_MS)).toBe("end");
});

test("a hand answers the question", () => {
  const { shift, tell } = touched(started(0), ASK_MS + 1);
  expect(tell).toBe(true);
  expect(due(shift, ASK_MS + 2)).toBe("nothing");
});
