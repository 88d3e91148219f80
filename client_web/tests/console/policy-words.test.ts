import { expect, test } from "vitest";
import catalogue from "../../../server/data/wording/en.json";
import cases from "../../../tests/domain/policy_cases.json";
import { told } from "../../src/console/policy-words";
import { page } from "../../src/page";
import type { PolicyChange } from "../../src/protocol";

test("a change is told as the command line tells it", () => {
  Object.assign(page.words, catalogue);
  expect(cases.map(({ change }) => told(change as PolicyChange))).toEqual(cases.map((each) => each.told));
});
