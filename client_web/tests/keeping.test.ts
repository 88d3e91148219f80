import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Memory, NOTHING_KEPT, recall, revived } from "../src/keeping";
import type { Outgoing } from "../src/outbox";

const item = (clientId: string, fate: Outgoing["fate"]): Outgoing => ({
  clientId, channel: "room:night", text: clientId, rules: 1, replaces: null, since: 0, at: 0, tried: false, fate,
});

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

test("unsent words, drafts and asked help come back after a reload; what is in the room comes from the room", () => {
  const help = { clientId: "cc", channel: null, is: "sending" as const, late: false, ticket: null, staff: 0 };
  const outbox = [item("a", { is: "sending" }), item("b", { is: "posted", seq: 3 })];
  new Memory(recall(), () => ({ outbox, drafts: { "room:night": "half a" }, help })).now();
  const state = revived(recall());
  expect(state.outbox.map((each) => each.clientId)).toEqual(["a"]);
  expect(state.drafts["room:night"]).toBe("half a");
  expect(state.help?.is).toBe("sending");
});

test("after quick exit nothing is written any more, not even what was under way", async () => {
  const memory = new Memory(recall(), () => ({ drafts: { "room:night": "half a" } }));
  memory.soon();
  memory.end();
  await Promise.resolve();
  expect(recall()).toEqual(NOTHING_KEPT);
});

test("a browser that keeps nothing is no reason to stop, and is known", () => {
  vi.stubGlobal("sessionStorage", undefined);
  expect(recall()).toEqual(NOTHING_KEPT);
  const memory = new Memory(recall(), () => ({}));
  expect(memory.keeps).toBe(true);
  memory.now();
  expect(memory.keeps).toBe(false);
});

test("storage that is full is known, too, and that it has room again", () => {
  let room = false;
  vi.stubGlobal("sessionStorage", { getItem: () => null, setItem: () => { if (!room) throw new DOMException("full", "QuotaExceededError"); } });
  const memory = new Memory(recall(), () => ({}));
  memory.now();
  expect(memory.keeps).toBe(false);
  room = true;
  memory.now();
  expect(memory.keeps).toBe(true);
});
