import { expect, test } from "vitest";
import { snapshot, type Desk } from "../../src/console/desk";
import { inForce, isCovered, isHeld, needing, toDecide, untaken } from "../../src/console/items";
import type { DeskState } from "../../src/protocol";
import { deskState, hold, mute, report, ticket } from "./things";

const desk = (changes: Partial<DeskState>): Desk => snapshot(deskState(1, changes));
const NONE = new Set<string>();
const ids = (items: readonly { id: string }[]): string[] => items.map((item) => item.id);

test("care is decided first, then what has waited longest, held or reported", () => {
  const all = desk({
    holds: [hold("young", { since: 300 }), hold("care", { since: 400, care: true, why: "goodbye" }), hold("old", { since: 100 })],
    reports: [report("middle", { since: 200 })],
  });
  expect(ids(toDecide(all, NONE))).toEqual(["care", "old", "middle", "young"]);
});

test("what was passed on comes last and stays in the list", () => {
  const all = desk({ holds: [hold("a", { since: 1 }), hold("b", { since: 2 })] });
  expect(ids(toDecide(all, new Set(["a"])))).toEqual(["b", "a"]);
});

test("nobody who is taken stands before someone who is not", () => {
  const all = desk({
    tickets: [
      ticket("taken", { urgency: "imminent", state: "acknowledged", taken_by: "Ibis" }),
      ticket("concern", { urgency: "concern", since: 1 }),
      ticket("later", { urgency: "serious", since: 9 }),
      ticket("sooner", { urgency: "serious", since: 5 }),
    ],
  });
  expect(needing(all).map((each) => each.ticket)).toEqual(["sooner", "later", "concern", "taken"]);
  expect(untaken(all)).toHaveLength(3);
});

test("hard text is covered, contact details are not, and what could be care always is", () => {
  const [contact, harm, care] = toDecide(desk({ holds: [hold("c", { since: 2 }), hold("h", { since: 3, why: "harm" })] }), NONE).concat(
    toDecide(desk({ holds: [hold("p", { care: true, why: "contact" })] }), NONE),
  );
  expect([contact, harm, care].map((item) => item && isCovered(item))).toEqual([false, true, true]);
});

test("a ticket says that its person's words wait only where they do", () => {
  const all = desk({ holds: [hold("c", { care: true, handle: "quiet-heron-12" }), hold("d", { handle: "still-pond-19" })] });
  expect(isHeld(all, ticket("t"))).toBe(true);
  expect(isHeld(all, ticket("t", { channel: "room:grief" }))).toBe(false);
  expect(isHeld(all, ticket("t", { handle: "still-pond-19" }))).toBe(false);
});

test("a mute whose time is over is not shown as in force", () => {
  const all = desk({ mutes: [mute("over", 900), mute("long", 5_000), mute("short", 2_000)] });
  expect(inForce(all, 1_000).map((each) => each.mute)).toEqual(["short", "long"]);
});
