import { expect, test } from "vitest";
import { routeOf } from "../src/route";

test.each([
  ["/", { view: "doors" }],
  ["/rooms", { view: "rooms" }],
  ["/rooms/", { view: "rooms" }],
  ["/rooms/evening", { view: "room", id: "evening" }],
  ["/rooms/evening/more", { view: "nowhere" }],
  ["/kept", { view: "own" }],
  ["/back", { view: "back" }],
  ["/console", { view: "console" }],
  ["/anything", { view: "nowhere" }],
])("the address %s leads to its view", (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

test("the training is part of the listeners' desk, and a reload stays in it", () => {
  expect(routeOf("/listen", { training: true })).toEqual({ view: "training" });
  expect(routeOf("/listen")).toEqual({ view: "listeners" });
  expect(routeOf("/rooms", { training: true })).toEqual({ view: "rooms" });
});

test("a private talk has no address of its own", () => {
  expect(routeOf("/rooms", { thread: "t1" })).toEqual({ view: "thread", ticket: "t1" });
});
