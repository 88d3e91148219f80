import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Chat } from "../../src/chat";
import * as acts from "../../src/console/acts";
import type { Item } from "../../src/console/items";
import { Station } from "../../src/console/station";
import { FakeChat } from "../fake-chat";
import { deskState, hold, report, ticket, ticketChanged } from "./things";

const MINUTE_MS = 60_000;
const BECAUSE = { reason: "unkind", note: "" } as const;

let chat: FakeChat;
let station: Station;

beforeEach(() => {
  vi.useFakeTimers();
  chat = new FakeChat();
  station = new Station(chat as unknown as Chat);
  chat.answers = { desk: deskState(10) };
  chat.opens([]);
});

afterEach(() => vi.useRealTimers());

describe("duty", () => {
  test("is on only when the server says so, and only on an open line", () => {
    station.startDuty();
    expect(station.onDuty).toBe(false);
    chat.hears([0, { type: "on_duty", staff: ["Wren"] }]);
    expect(station.onDuty).toBe(true);
    chat.breaks();
    expect(station.onDuty).toBe(false);
  });

  test("is not on because another page of the same person is", () => {
    chat.hears([0, { type: "on_duty", staff: ["Wren"] }]);
    expect(station.onDuty).toBe(false);
  });

  test("and the desk are asked for again on every new line", () => {
    station.startDuty();
    chat.breaks();
    chat.opens(["Ibis"]);
    expect([chat.count("desk"), chat.count("duty")]).toEqual([2, 2]);
  });

  test("that was not started is not asked for", () => {
    chat.breaks();
    chat.opens([]);
    expect(chat.count("duty")).toBe(0);
  });

  test("ends by itself after half an hour without a hand, and the server is told", () => {
    station.startDuty();
    vi.advanceTimersByTime(28 * MINUTE_MS + 1_000);
    expect([station.isAsking, station.shift.wanted]).toEqual([true, true]);
    vi.advanceTimersByTime(2 * MINUTE_MS);
    expect([station.isAsking, station.shift.wanted]).toEqual([false, false]);
    expect(chat.asked.at(-1)).toEqual({ type: "duty", state: "off" });
  });

  test("goes on when a hand answers the question", () => {
    station.startDuty();
    vi.advanceTimersByTime(29 * MINUTE_MS);
    station.touch();
    expect(station.isAsking).toBe(false);
    expect(chat.count("hand")).toBe(1);
    vi.advanceTimersByTime(20 * MINUTE_MS);
    expect(station.shift.wanted).toBe(true);
  });

  test("begins for whoever takes a person", async () => {
    chat.hears([0, deskState(10, { tickets: [ticket("t")] })]);
    await acts.take(station, "t");
    expect(chat.types().slice(-2)).toEqual(["duty", "take"]);
    expect(station.work).toEqual({ is: "thread", ticket: "t" });
  });
});

describe("a ticket of mine", () => {
  test("is spoken of by its fence", async () => {
    chat.hears([0, deskState(10, { tickets: [ticket("t", { state: "acknowledged", taken_by: "Wren", fence: 3 })] })]);
    await acts.note(station, "t", "contact");
    await acts.settle(station, "t", "referred");
    expect(chat.asked.slice(-2)).toMatchObject([{ type: "contact", fence: 3 }, { type: "settle", fence: 3 }]);
  });
});

describe("a private talk", () => {
  test("of mine is gone back into with a fresh page", () => {
    chat.hears([0, deskState(10, { tickets: [ticket("t", { state: "acknowledged", taken_by: "Wren" }), ticket("u", { state: "acknowledged", taken_by: "Ibis" })] })]);
    expect([...chat.inside]).toEqual(["ticket:t"]);
  });

  test("that is settled makes way", () => {
    chat.hears([0, deskState(10, { tickets: [ticket("t", { state: "acknowledged", taken_by: "Wren" })] })]);
    station.set({ work: { is: "thread", ticket: "t" } });
    chat.hears(ticketChanged(11, ticket("t", { state: "settled", changed: 2_000 })));
    expect(station.work).toEqual({ is: "decide" });
  });

  test("is not opened for whoever came second", async () => {
    chat.answers.take = { type: "refused", ref: 1, code: "conflict", retry_ms: null, offers: [] };
    expect(await acts.take(station, "t")).toBe("conflict");
    expect(station.work).toEqual({ is: "decide" });
  });
});

describe("a decision", () => {
  const held: Item = { kind: "hold", id: "h", care: false, about: hold("h") };
  const told: Item = { kind: "report", id: "r", care: false, about: report("r") };

  test("to mute for a held message keeps the message out as well", async () => {
    expect(await acts.silence(station, held, { ...BECAUSE, minutes: 10, scope: "here", also: false })).toBe("done");
    expect(chat.types().slice(-2)).toEqual(["mute", "decide"]);
    expect(chat.asked.at(-2)).toMatchObject({ hold: "h", minutes: 10 });
  });

  test("that was refused is not followed by anything", async () => {
    chat.answers.mute = { type: "refused", ref: 1, code: "forbidden", retry_ms: null, offers: [] };
    expect(await acts.silence(station, held, { ...BECAUSE, minutes: 10, scope: "here", also: false })).toBe("forbidden");
    expect(chat.types().at(-1)).toBe("mute");
  });

  test("to leave a reported message closes the report without an act", async () => {
    await acts.decide(station, told, "allow");
    expect(chat.asked.at(-1)).toEqual({ type: "settle_report", report: "r", outcome: "no_action" });
  });

  test("to remove a reported message can be undone for ten seconds", async () => {
    await acts.decide(station, told, "refuse", BECAUSE);
    expect(chat.types().slice(-2)).toEqual(["remove", "settle_report"]);
    expect(station.undo).toMatchObject({ seq: 5, handle: "slow-birch-70" });
    vi.advanceTimersByTime(11_000);
    expect(station.undo).toBeNull();
  });

  test("to undo brings the message back once", async () => {
    await acts.decide(station, told, "refuse", BECAUSE);
    expect(await acts.undo(station)).toBe("done");
    expect(await acts.undo(station)).toBe("gone");
    expect(chat.count("restore")).toBe(1);
  });

  test("closes a report whose message is gone already", async () => {
    chat.answers.remove = { type: "refused", ref: 1, code: "no_message", retry_ms: null, offers: [] };
    expect(await acts.decide(station, told, "refuse", BECAUSE)).toBe("done");
  });

  test("of worry about a held message leaves it on the desk", async () => {
    await acts.worry(station, held, { urgency: "serious", note: "", take: false });
    expect(chat.asked.at(-1)).toMatchObject({ type: "escalate", hold: "h", urgency: "serious" });
  });

  test("of worry that one takes oneself leads to the private talk", async () => {
    chat.answers.escalate = { type: "holding", ref: 1, ticket: "t", fence: 1 };
    expect(await acts.worry(station, held, { urgency: "imminent", note: "A goodbye in three lines.", take: true })).toBe("done");
    expect(chat.asked.at(-1)).toMatchObject({ type: "escalate", note: "A goodbye in three lines.", take: true });
    expect(station.work).toEqual({ is: "thread", ticket: "t" });
    expect(station.shift.wanted).toBe(true);
  });

  test("without an answer is not called done", async () => {
    chat.answers.decide = null;
    expect(await acts.decide(station, held, "allow")).toBe("unanswered");
  });
});
