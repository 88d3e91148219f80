import { expect, test } from "vitest";
import { closing } from "../src/closing";

const waits = (code: number, tries: number): number[] =>
  [0, 0.5, 0.999].map((random) => {
    const next = closing(code, tries, random);
    return next.step === "return" ? next.after : Number.NaN;
  });

test("waits grow with every try, are spread by chance, and stay between half a second and twenty", () => {
  for (let tries = 0; tries < 40; tries += 1)
    for (const wait of waits(1006, tries)) {
      expect(wait).toBeGreaterThanOrEqual(500);
      expect(wait).toBeLessThanOrEqual(20_000);
    }
  expect(waits(1006, 5)[2]).toBeGreaterThan(waits(1006, 1)[2]!);
});

test("a restart spreads the first return over five seconds, an overload over thirty", () => {
  expect(Math.max(...waits(1012, 0))).toBeLessThanOrEqual(5_000);
  expect(Math.max(...waits(1013, 0))).toBeGreaterThan(20_000);
  expect(Math.max(...waits(1013, 3))).toBeLessThanOrEqual(30_000);
});

test("a line that was misunderstood is tried once more, then left", () => {
  expect(closing(1002, 0, 0.5).step).toBe("return");
  expect(closing(1002, 1, 0.5)).toEqual({ step: "stop", why: "fault" });
});
