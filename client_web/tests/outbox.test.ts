import { expect, test } from "vitest";
import * as outbox from "../src/outbox";
import type { Held } from "../src/protocol";
import { unhex } from "../src/wire";

const HELD: Omit<Held, "client_id"> = {
  type: "held", ref: 0, channel: "room:night", hold: "h1", text: "words", why: "contact", care: false, due: 0, turn_ms: 0, at: 0,
};

const item = (clientId: string, channel = "room:night"): outbox.Writing => ({
  clientId, channel, text: clientId, rules: 1, replaces: null, since: 0, at: 0,
});

test("goes one by one in each channel, so that my messages keep their order", () => {
  let box = outbox.wrote(outbox.wrote(outbox.wrote([], item("a")), item("b")), item("c", "room:day"));
  expect(outbox.next(box, "room:night")?.clientId).toBe("a");
  expect(outbox.next(box, "room:day")?.clientId).toBe("c");
  box = outbox.posted(box, "a", 1, null);
  expect(outbox.next(box, "room:night")?.clientId).toBe("b");
});

test("takes the words as the server changed them", () => {
  const box = outbox.posted(outbox.wrote([], item("a")), "a", 1, "masked");
  expect(box[0]).toMatchObject({ text: "masked", fate: { is: "posted", seq: 1 } });
});

test("is full at fifty that only this page has, sent or not; what a moderator has is not ours to keep", () => {
  let box: outbox.Outbox = [];
  for (let count = 0; count < 50; count += 1) {
    expect(outbox.full(box, 50)).toBe(false);
    box = outbox.wrote(box, item(`${count}`));
  }
  expect(outbox.full(box, 50)).toBe(true);
  expect(outbox.full(outbox.expired(box, 31 * 60_000, 30 * 60_000), 50)).toBe(true);
  expect(outbox.full(outbox.posted(box, "0", 1, null), 50)).toBe(false);
});

test("half an hour later it is not sent; what went out without an answer is not called unseen", () => {
  const box = outbox.tried(outbox.wrote(outbox.wrote([], item("a")), item("b")), "a");
  const late = outbox.expired(box, 30 * 60_000 + 1, 30 * 60_000);
  expect(late.map(({ fate, tried }) => [fate.is, tried])).toEqual([["not_sent", true], ["not_sent", false]]);
  expect(outbox.expired(box, 30 * 60_000, 30 * 60_000)).toBe(box);
});

test("goes again under its own id", () => {
  const late = outbox.expired(outbox.wrote([], item("a")), 31 * 60_000, 30 * 60_000);
  expect(outbox.again(late, "a", 32 * 60_000)[0]).toMatchObject({ clientId: "a", since: 32 * 60_000, fate: { is: "sending" } });
});

test("a hold that the server no longer knows is asked after, by its id, and not called too old to ask", () => {
  const held = outbox.held([], { ...HELD, client_id: unhex("aa".repeat(16)) }, 1);
  const asked = outbox.rejoined(held, "room:night", [], 1, 99 * 60_000);
  expect(asked[0]).toMatchObject({ fate: { is: "sending" }, tried: true, since: 99 * 60_000 });
});
