import { expect, test } from "vitest";
import type { AskItem, Event } from "../../src/protocol";
import { count, goingOn, heard, NOTHING, oldest, type Waiting } from "../../src/supervising/waiting";
import type { Frame } from "../../src/wire";

const ASK: AskItem = { channel: "ask:a", one: "one:a", name: "Wren", since: 10, due: 70, answered_by: "", called: null };
const START = heard(NOTHING, frame(0, { type: "supervision_state", ref: 1, position: { epoch: 1, seq: 4 }, asks: [], transfers: [], lifts: [] }));

function frame(seq: number, event: object): Frame {
  return [seq, event as Event];
}

function after(...events: readonly object[]): Waiting {
  return events.reduce((waiting: Waiting, event, place) => heard(waiting, frame(5 + place, event)), START);
}

test("before the first answer nothing is known, whatever is heard", () => {
  expect(heard(NOTHING, frame(5, { type: "ask_changed", ask: ASK, at: 1 }))).toBe(NOTHING);
});

test("what the answer tells already is not told twice", () => {
  expect(heard(START, frame(4, { type: "ask_changed", ask: ASK, at: 1 }))).toBe(START);
});

test("a question waits until someone has answered it, the oldest first", () => {
  const later = { ...ASK, channel: "ask:b", since: 20 };
  const waiting = after({ type: "ask_changed", ask: later, at: 1 }, { type: "ask_changed", ask: ASK, at: 2 });
  expect(oldest(waiting, "Sue").map((ask) => ask.channel)).toEqual(["ask:a", "ask:b"]);
  const answered = heard(waiting, frame(9, { type: "ask_changed", ask: { ...ASK, answered_by: "Sue" }, at: 3 }));
  expect(oldest(answered, "Sue").map((ask) => ask.channel)).toEqual(["ask:b"]);
  expect(oldest(heard(answered, frame(10, { type: "ask_closed", channel: "ask:b", at: 4 })), "Sue")).toEqual([]);
});

test("what one has asked for oneself waits for another", () => {
  const waiting = after({ type: "lift_changed", lift: { name: "Wren", by: "Sue", since: 1, until: 0 }, at: 1 });
  expect([count(waiting, "Sue"), count(waiting, "Sam")]).toEqual([0, 1]);
  expect(count(heard(waiting, frame(9, { type: "lift_changed", lift: { name: "Wren", by: "Sue", since: 1, until: 9 }, at: 2 })), "Sam")).toBe(0);
});

test("a transfer is wanted until it is settled", () => {
  const offer = { channel: "one:a", by: "Wren", to: "supervisor", wish: {}, urgency: null, summary: "", until: 9 };
  const waiting = after({ type: "transfer_wanted", offer, at: 1 });
  expect(count(waiting, "Sue")).toBe(1);
  expect(count(heard(waiting, frame(9, { type: "transfer_settled", channel: "one:a", at: 2 })), "Sue")).toBe(0);
});

test("a listener's own talk stays to be found again when it is answered, and asks nobody any more", () => {
  const own = { ...ASK, channel: "ask:own", one: null };
  const asked = after({ type: "ask_changed", ask: own, at: 1 });
  expect([count(asked, "Sue"), goingOn(asked).length]).toEqual([1, 0]);
  const answered = heard(asked, frame(9, { type: "ask_changed", ask: { ...own, answered_by: "Sue" }, at: 2 }));
  expect([count(answered, "Sue"), goingOn(answered).map((ask) => ask.channel)]).toEqual([0, ["ask:own"]]);
  expect(goingOn(heard(answered, frame(10, { type: "ask_closed", channel: "ask:own", at: 3 })))).toEqual([]);
});

test("what a supervisor asks for themselves calls the others and not them", () => {
  const asked = after({ type: "ask_changed", ask: { ...ASK, channel: "ask:own", one: null, name: "Sue" }, at: 1 });
  expect([count(asked, "Sue"), count(asked, "Sam")]).toEqual([0, 1]);
});

test("someone young for whom nobody is here is told of once, beside the topics", () => {
  const waiting = after({ type: "topic_untaken", topic: "grief", at: 1 }, { type: "age_untaken", at: 2 }, { type: "age_untaken", at: 3 });
  expect(waiting.untaken).toEqual(["grief", null]);
});
