import { describe, expect, test } from "vitest";
import { at, nearest, type Directory, type Line, type Opening, type Reachable, type Way } from "../src/lines";
import ours from "../../server/data/lines.json";
import cases from "../../tests/domain/lines_cases.json"; // the server's tests read the same table

const NOON = new Date("2026-11-20T12:00:00Z"); // a Friday
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

function line(name: string, ways: Way[] = ["phone"], more: Partial<Line> = {}): Line {
  return { name, channels: ways.map((way) => ({ way, to: "116 123" })), hours: "always", ...more };
}

function directory(...lines: Line[]): Directory {
  const countries = { GB: { name: "United Kingdom", emergency: ["999"], lines } };
  return { world: [line("Everywhere", ["web"])], countries, languages: {} };
}

function evening(zone: string, days: readonly number[] = EVERY_DAY): Line {
  const hours: Opening[] = [{ days, opens: "18:00", until: "02:00" }];
  return line("Evening", ["phone"], { hours, zone });
}

const names = (lines: readonly Reachable[]): string[] => lines.map((each) => each.line.name);

describe("what comes first", () => {
  test("is at most three, and the rest is kept", () => {
    const choice = nearest(directory(line("a"), line("b"), line("c"), line("d")), "GB", "en", NOON);
    expect(names(choice.first)).toEqual(["a", "b", "c"]);
    expect(names(choice.more)).toEqual(["d", "Everywhere"]);
  });

  test("is typing before calling", () => {
    const choice = nearest(directory(line("call"), line("both", ["phone", "text"]), line("chat", ["chat"])), "GB", "en", NOON);
    expect(names(choice.first)).toEqual(["both", "chat", "call"]);
  });

  test("pairs the line for young people with the first for everyone", () => {
    const young = line("young", ["phone"], { audience: "children" });
    expect(names(nearest(directory(young, line("a", ["text"]), line("b", ["text"])), "GB", "en", NOON).first)).toEqual(["a", "young", "b"]);
  });

  test("never holds a closed line, and someone is there in any country", () => {
    expect(names(nearest(directory(evening("UTC")), "GB", "en", NOON).first)).toEqual(["Everywhere"]);
    for (const code of ["", "ZZ"]) expect(names(nearest(directory(line("a")), code, "en", NOON).first)).toEqual(["Everywhere"]);
  });

  test("is open before unknown", () => {
    const choice = nearest(directory(line("unknown", ["text"], { hours: "unknown" }), line("open")), "GB", "en", NOON);
    expect(choice.first.slice(0, 2).map(({ state }) => state)).toEqual(["open", "unknown"]);
  });
});

describe("a line's own clock", () => {
  test("says open in one country and closed in another at the same moment", () => {
    const moment = new Date("2026-11-20T17:00:00Z");
    expect(at(evening("Asia/Singapore"), moment)).toMatchObject({ state: "open", until: { clock: "02:00" } });
    expect(at(evening("Europe/London"), moment)).toMatchObject({ state: "closed", until: { clock: "18:00", later: false } });
  });

  test("gives the night after to the day on which it opened, also from Sunday to Monday", () => {
    expect(at(evening("UTC", [5]), new Date("2026-11-21T01:00:00Z")).state).toBe("open");
    expect(at(evening("UTC", [6]), new Date("2026-11-21T01:00:00Z")).state).toBe("closed");
    expect(at(evening("UTC", [7]), new Date("2026-11-23T01:00:00Z")).state).toBe("open");
  });

  test("names the day where it opens on another one", () => {
    expect(at(evening("UTC", [1]), NOON).until).toEqual({ clock: "18:00", day: 1, later: true });
  });

  test("goes with summer time", () => {
    const [before, after] = ["2026-10-24T17:30:00Z", "2026-10-25T17:30:00Z"].map((moment) => at(evening("Europe/London"), new Date(moment)));
    expect([before?.state, after?.state]).toEqual(["open", "closed"]);
  });
});

describe("the table that the server's pages keep to as well:", () => {
  test.each(cases.hours)("$says", ({ hours, zone, at: moment, state, until }) => {
    const found = at(line("a", ["phone"], { hours: hours as Opening[], zone }), new Date(moment));
    expect({ state: found.state, until: found.until }).toEqual({ state, until });
  });

  test.each(cases.choices)("$says", ({ country, language, at: moment, first, more, closed, emergency }) => {
    const choice = nearest(cases.directory as unknown as Directory, country, language, new Date(moment));
    expect({ first: names(choice.first), more: names(choice.more), closed: names(choice.closed) }).toEqual({ first, more, closed });
    expect(choice.emergency).toEqual(emergency);
  });
});

test("a clock that this browser does not know leaves the hours unknown, and the page whole", () => {
  expect(at(evening("Europe/Nowhere"), NOON)).toMatchObject({ state: "unknown", until: null });
});

test("our own directory: the emergency number, text first, and hours by the country's clock", () => {
  const britain = nearest(ours as unknown as Directory, "GB", "en", NOON);
  expect(names(britain.first)).toEqual(["Shout", "Samaritans", "Find A Helpline"]);
  expect(britain.emergency).toEqual(["999", "112"]);
  const friday = nearest(ours as unknown as Directory, "LU", "en", new Date("2026-11-21T01:30:00Z")); // 02:30 on Saturday
  expect(friday.first[0]).toMatchObject({ state: "open", until: { clock: "03:00" } });
});
