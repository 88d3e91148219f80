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

test("a private talk has no address of its own", () => {
  expect(routeOf("/rooms", { thread: "t1" })).toEqual({ view: "thread", ticket: "t1" });
});
