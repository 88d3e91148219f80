import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Draft } from "../../src/listening/draft";
import type { Event } from "../../src/protocol";

const DONE: Event = { type: "done", ref: 1 };

function no(code: string): Event {
  return { type: "refused", ref: 1, code, retry_ms: null, offers: [] };
}

/** A draft, the words that were sent to the server, and its answers in turn; then silence. */
function written(...answers: (Event | null)[]): { draft: Draft; sent: string[]; gone: () => boolean } {
  const sent: string[] = [];
  let left = false;
  const draft = new Draft("", "", {
    most: () => 20,
    ask: (text) => (sent.push(text), Promise.resolve(answers.shift() ?? null)),
    gone: () => void (left = true),
    changed: () => undefined,
  });
  return { draft, sent, gone: () => left };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("it is kept with the server once after the last key", async () => {
  const { draft, sent } = written(DONE);
  for (const text of ["it", "it has", "it has been"]) draft.write(text);
  expect(draft.is).toBe("saving");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent).toEqual(["it has been"]);
  expect(draft.is).toBe("saved");
});

test("without an answer it says so, and goes again by itself", async () => {
  const { draft, sent } = written(null, DONE);
  draft.write("still here");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(draft.is).toBe("waits");
  await vi.advanceTimersByTimeAsync(6_000);
  expect(sent).toEqual(["still here", "still here"]);
  expect(draft.is).toBe("saved");
});

test("words that can't be passed on stay, and are not sent again until they change", async () => {
  const { draft, sent } = written(no("blocked"), DONE);
  draft.write("no");
  await vi.advanceTimersByTimeAsync(20_000);
  expect([draft.is, draft.text, sent.length]).toEqual(["blocked", "no", 1]);
  draft.write("other words");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(draft.is).toBe("saved");
});

test("what is too long says by how much, and is not cut", async () => {
  const { draft, sent } = written();
  draft.write("x".repeat(23));
  await vi.advanceTimersByTimeAsync(20_000);
  expect([draft.is, draft.over, sent.length]).toEqual(["over", 3, 0]);
});

test("what was not taken any more when the talk began is given back, and nothing that was", async () => {
  const { draft } = written(DONE);
  draft.write("I am here");
  await vi.advanceTimersByTimeAsync(2_000);
  draft.write("I am here and tired");
  expect(await draft.rest()).toBe("and tired");
  draft.write("other words");
  expect(await draft.rest()).toBe("other words");
  draft.write("I am here");
  expect(await draft.rest()).toBe("");
});

test("who no longer waits is asked about, not asked again", async () => {
  const { draft, sent, gone } = written(no("gone"));
  draft.write("hello");
  await vi.advanceTimersByTimeAsync(2_000);
  expect([sent.length, gone()]).toEqual([1, true]);
});
