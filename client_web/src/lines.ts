/** Crisis lines as the page knows them, and which of them to show first: the same choice as the server's. */

export const FIRST = 3; // more than three choices is a list to work through, not help

const WAYS = ["text", "whatsapp", "chat", "phone", "web"] as const; // people who type would rather type
const DAY = 24 * 60;
const WEEK = 7 * DAY;

export type Way = (typeof WAYS)[number];

export interface Reach {
  way: Way;
  to: string;
  /** What to text. */
  word?: string;
  /** What to press once the call is answered. */
  then?: string;
}

/** Days count from 1, Monday; an `until` before `opens` is on the next day. */
export interface Opening {
  days: readonly number[];
  opens: string;
  until: string;
}

export interface Line {
  name: string;
  channels: readonly Reach[];
  audience?: "general" | "children" | "veterans" | "indigenous";
  hours?: "always" | "unknown" | readonly Opening[];
  zone?: string;
  languages?: readonly string[];
  verified_on?: string;
}

export interface Country {
  name: string;
  emergency?: readonly string[];
  lines?: readonly Line[];
}

export interface Directory {
  world: readonly Line[];
  countries: Readonly<Record<string, Country>>;
  languages: Readonly<Record<string, string>>;
}

/** A clock time and its day by the line's own clock; `later` means not today. */
export interface Turn {
  clock: string;
  day: number;
  later: boolean;
}

/** Unknown hours are neither open nor closed. `until` is when it closes or, where it is closed, opens. */
export interface Reachable {
  line: Line;
  state: "open" | "unknown" | "closed";
  until: Turn | null;
}

export interface Choice {
  country: Country | null;
  first: readonly Reachable[];
  more: readonly Reachable[];
  closed: readonly Reachable[];
  emergency: readonly string[];
}

/** At most three first; lines for every country fill up what is missing, so it is never empty. */
export function nearest(directory: Directory, code: string, moment: Date): Choice {
  const country = directory.countries[code] ?? null;
  const lines = (country?.lines ?? []).map((line) => at(line, moment));
  const ordered = [...paired(lines.filter(({ state }) => state !== "closed")), ...directory.world.map((line) => at(line, moment))];
  return {
    country,
    first: ordered.slice(0, FIRST),
    more: ordered.slice(FIRST),
    closed: lines.filter(({ state }) => state === "closed"),
    emergency: country?.emergency ?? [],
  };
}

export function at(line: Line, moment: Date): Reachable {
  if (line.hours === "always") return { line, state: "open", until: null };
  if (line.hours === undefined || line.hours === "unknown") return { line, state: "unknown", until: null };
  return byClock(line, line.hours, minuteOfWeek(moment, line.zone));
}

function byClock(line: Line, openings: readonly Opening[], now: number): Reachable {
  const spans = openings.flatMap(spansOf);
  const left = Math.max(0, ...spans.map(({ start, length }) => length - round(now - start)));
  if (left > 0) return { line, state: "open", until: turn(now, left) };
  return { line, state: "closed", until: turn(now, Math.min(...spans.map(({ start }) => round(start - now)))) };
}

function spansOf({ days, opens, until }: Opening): { start: number; length: number }[] {
  const length = (minutes(until) - minutes(opens) + DAY) % DAY || DAY;
  return days.map((day) => ({ start: (day - 1) * DAY + minutes(opens), length }));
}

function turn(now: number, wait: number): Turn {
  const then = round(now + wait);
  const [hours, rest] = [Math.floor((then % DAY) / 60), then % 60];
  return {
    clock: `${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`,
    day: Math.floor(then / DAY) + 1,
    later: (now % DAY) + wait >= DAY,
  };
}

/** Open before unknown, typing before calling; the line for young people comes right after the first for all. */
function paired(lines: readonly Reachable[]): Reachable[] {
  const ordered = [...lines].sort((one, other) => rank(one) - rank(other));
  const everyone = ordered.filter(({ line }) => (line.audience ?? "general") === "general");
  const children = ordered.filter(({ line }) => line.audience === "children");
  const others = ordered.filter((line) => !everyone.includes(line) && !children.includes(line));
  return [...everyone.slice(0, 1), ...children.slice(0, 1), ...everyone.slice(1), ...children.slice(1), ...others];
}

function rank({ line, state }: Reachable): number {
  const way = Math.min(...line.channels.map((channel) => WAYS.indexOf(channel.way)));
  return way + (state === "open" ? 0 : WAYS.length);
}

/** Minutes since Monday began, where the line is. */
function minuteOfWeek(moment: Date, zone: string | undefined): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(moment);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  const day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part("weekday"));
  return day * DAY + minutes(`${part("hour")}:${part("minute")}`);
}

function minutes(clock: string): number {
  const [hours = 0, rest = 0] = clock.split(":").map(Number);
  return hours * 60 + rest;
}

function round(minute: number): number {
  return ((minute % WEEK) + WEEK) % WEEK;
}
