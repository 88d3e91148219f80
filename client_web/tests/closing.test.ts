import { describe, expect, test } from "vitest";
import { closing } from "../src/closing";

const RESTART = 1012;
const OVERLOADED = 1013;
const COME_BACK = [1000, 1001, 1005, 1006, 1011, RESTART, OVERLOADED, 4408, 4410, 4429, 4440];

const lost = (count: number, code = 1006): number[] => Array.from({ length: count }, () => code);

function wait(code: number, before: readonly number[], random: number): number {
  const next = closing(code, before, random);
  return next.step === "return" ? next.after : Number.NaN;
}

/** Numbers from 0 up to 1, the same in every run. */
function* chance(seed: number, count: number): Generator<number> {
  let state = seed;
  for (let step = 0; step < count; step += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe("the wait before coming back", () => {
  test("keeps its bounds, whatever was lost before, how often and in which order", () => {
    let seed = 1;
    for (let run = 0; run < 400; run += 1) {
      const rolls = [...chance((seed += 1), 60)];
      const before = rolls.slice(run % 50).map((roll) => COME_BACK[Math.floor(roll * COME_BACK.length)] ?? 1006);
      for (const code of COME_BACK)
        for (const random of [0, rolls[0] ?? 0, 1 - 2 ** -32]) {
          const after = wait(code, before, random);
          const [least, most] = code === OVERLOADED ? [0, 60_000] : code === RESTART && before.length === 0 ? [0, 5_000] : [500, 20_000];
          expect(after).toBeGreaterThanOrEqual(least);
          expect(after).toBeLessThanOrEqual(most);
        }
    }
  });

  test("is spread over all of its span: full jitter", () => {
    for (const [code, tries] of [[1006, 1], [1006, 4], [1006, 30], [RESTART, 0], [OVERLOADED, 0]] as const) {
      const [first, last] = [wait(code, lost(tries), 0), wait(code, lost(tries), 1)];
      const tenths = Array.from({ length: 10 }, () => 0);
      for (const random of chance(7, 2_000)) {
        const place = Math.min(9, Math.floor((10 * (wait(code, lost(tries), random) - first)) / (last - first)));
        tenths[place] = (tenths[place] ?? 0) + 1;
      }
      expect(Math.min(...tenths)).toBeGreaterThan(120);
    }
  });

  test("doubles its span with every loss in a row, until twenty seconds", () => {
    const spans = [0, 1, 2, 3, 4, 5, 6, 7].map((tries) => wait(1006, lost(tries), 1) - 500);
    expect(spans).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 19_500, 19_500]);
  });

  test("is spread over five seconds after a restart, and grows like any other where that fails", () => {
    expect([wait(RESTART, [], 0), wait(RESTART, [], 1)]).toEqual([0, 5_000]);
    expect(wait(RESTART, [RESTART], 1)).toBe(1_500);
  });

  test("is up to thirty seconds after an overload, and doubles with the second", () => {
    expect(wait(OVERLOADED, [], 1)).toBe(30_000);
    expect(wait(OVERLOADED, lost(5), 1)).toBe(30_000);
    expect(wait(OVERLOADED, [OVERLOADED], 1)).toBe(60_000);
    expect(wait(OVERLOADED, lost(9, OVERLOADED), 1)).toBe(60_000);
  });
});

test("a line that was misunderstood is tried once more, then left; other losses before it do not count", () => {
  for (const code of [1002, 1003, 1007, 1009]) {
    expect(closing(code, [], 0.5).step).toBe("return");
    expect(closing(code, lost(6), 0.5).step).toBe("return");
    expect(closing(code, [1009, 1006], 0.5)).toEqual({ step: "stop", why: "fault" });
  }
});
