import { expect, test } from "vitest";
import { suggested } from "../../src/listeners/marks";
import { ready } from "../../src/listeners/share";
import type { Question } from "../../src/protocol";

const PHRASES = ["Take your time. I am still here.", "That sounds heavy."];

test("a share says nothing before there is something to say", () => {
  expect(ready([], PHRASES)).toBeNull();
  expect(ready(["That sounds heavy.", "That sounds heavy."], PHRASES)).toBeNull();
});

test("unchanged phrases count, and one's own words do not", () => {
  expect(ready(["That sounds heavy.", "That sounds heavy.", "That sounds heavy."], PHRASES)).toBe(1);
  expect(ready(["I had not heard that before.", "Tell me more.", "And then?"], PHRASES)).toBe(0);
  const half = ready(["That sounds heavy. abcdefghijklmno.", "a", "b"], PHRASES);
  expect(half).toBeGreaterThan(0.4);
  expect(half).toBeLessThan(0.6);
});

test("a phrase that was made one's own is one's own", () => {
  expect(ready(["That sounds really heavy.", "Take all your time.", "Hm."], PHRASES)).toBe(0);
});

const QUESTIONS: Question[] = [
  { id: "thoughts", text: "?", about: "", route: "serious" },
  { id: "means", text: "?", about: "", route: "imminent" },
];

test("marks suggest the gravest route that worries, and none where nothing does", () => {
  expect(suggested(QUESTIONS, { thoughts: "asked", means: "calm" })).toBeNull();
  expect(suggested(QUESTIONS, { thoughts: "worrying", means: "calm" })).toBe("serious");
  expect(suggested(QUESTIONS, { thoughts: "worrying", means: "worrying" })).toBe("imminent");
});
