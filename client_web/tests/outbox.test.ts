import { expect, test } from "vitest";
import * as outbox from "../src/outbox";

const item = (clientId: string, channel = "room:night"): Omit<outbox.Outgoing, "fate"> => ({
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

test("is full at fifty that wait", () => {
  let box: outbox.Outbox = [];
  for (let count = 0; count < 50; count += 1) {
    expect(outbox.full(box)).toBe(false);
    box = outbox.wrote(box, item(`${count}`));
  }
  expect(outbox.full(box)).toBe(true);
});
