import { expect, test } from "vitest";
import { called, SILENT } from "../../src/console/calls";
import type { Ticket } from "../../src/protocol";
import { ticket } from "./things";

/** At which seconds it rings while these lie open. */
function rings(open: (second: number) => readonly Ticket[], seconds: number): number[] {
  let calls = SILENT;
  const rung: number[] = [];
  for (let second = 0; second <= seconds; second += 1) {
    const next = called(calls, open(second), second * 1_000);
    calls = next.calls;
    if (next.ring) rung.push(second);
  }
  return rung;
}

const serious = ticket("s");
const concern = ticket("c", { urgency: "concern" });

test("someone who can't wait is called for every 15 seconds until they are taken", () => {
  expect(rings((second) => (second >= 2 && second < 40 ? [serious] : []), 90)).toEqual([2, 17, 32]);
});

test("a concern is called for once", () => {
  expect(rings(() => [concern], 90)).toEqual([0]);
});

test("each new person is called for at once", () => {
  expect(rings((second) => (second < 5 ? [serious] : [serious, concern]), 22)).toEqual([0, 5, 20]);
});

test("an empty desk is silent", () => {
  expect(rings(() => [], 60)).toEqual([]);
});
