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
  /** Only where the browser does not have this name itself. */
  name?: string;
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

/** Unknown hours are neither open nor closed. `until` is when it closes or, where it is closed, opens; null: never. */
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
export function nearest(directory: Directory, code: string, language: string, moment: Date): Choice {
  const known = code.toUpperCase();
  const country = Object.hasOwn(directory.countries, known) ? directory.countries[known]! : null;
  const lines = (country?.lines ?? []).map((line) => at(line, moment));
  const world = directory.world.map((line) => at(line, moment));
  const ordered = [...paired(lines.filter(mayBeOpen), language), ...world.filter(mayBeOpen)];
  return {
    country,
    first: ordered.slice(0, FIRST),
    more: ordered.slice(FIRST),
    closed: [...lines, ...world].filter((reachable) => !mayBeOpen(reachable)),
    emergency: country?.emergency ?? [],
  };
}

export function at(line: Line, moment: Date): Reachable {
  if (line.hours === "always") return { line, state: "open", until: null };
  if (line.hours === undefined || line.hours === "unknown") return { line, state: "unknown", until: null };
  const now = minuteOfWeek(moment, line.zone);
  return now === null ? { line, state: "unknown", until: null } : byClock(line, line.hours, now);
}

function byClock(line: Line, openings: readonly Opening[], now: number): Reachable {
  const spans = openings.flatMap(spansOf);
  const left = leftOf(spans, now);
  if (left >= WEEK) return { line, state: "open", until: null };
  if (left > 0) return { line, state: "open", until: turn(now, left) };
  return { line, state: "closed", until: turn(now, Math.min(...spans.map(({ start }) => round(start - now)))) };
}

/** Minutes until it closes: a span that begins before another ends carries it on. */
function leftOf(spans: readonly Span[], now: number): number {
  let left = 0;
  while (left < WEEK) {
    const longer = Math.max(...spans.map(({ start, length }) => length - round(now + left - start)));
    if (longer <= 0) break;
    left += longer;
  }
  return left;
}

/** In minutes of the week. */
interface Span {
  start: number;
  length: number;
}

function spansOf({ days, opens, until }: Opening): Span[] {
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

function mayBeOpen({ state }: Reachable): boolean {
  return state !== "closed";
}

/** The line for young people comes right after the first for all, before the second. */
function paired(lines: readonly Reachable[], language: string): Reachable[] {
  const ordered = [...lines].sort((one, other) => rank(one, language) - rank(other, language));
  const everyone = ordered.filter(({ line }) => (line.audience ?? "general") === "general");
  const children = ordered.filter(({ line }) => line.audience === "children");
  const others = ordered.filter((line) => !everyone.includes(line) && !children.includes(line));
  return [...everyone.slice(0, 1), ...children.slice(0, 1), ...everyone.slice(1), ...children.slice(1), ...others];
}

/** Open before unknown, then who speaks the language of the page, as far as is known; then typing before calling. */
function rank({ line, state }: Reachable, language: string): number {
  const way = Math.min(...line.channels.map((channel) => WAYS.indexOf(channel.way)));
  const foreign = line.languages?.length && !line.languages.includes(language);
  return way + (foreign ? WAYS.length : 0) + (state === "open" ? 0 : 2 * WAYS.length);
}

/** Minutes since Monday began, where the line is; nothing where this browser does not know that clock. */
function minuteOfWeek(moment: Date, zone: string | undefined): number | null {
  const parts = partsOf(moment, zone);
  if (parts === null) return null;
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  const day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part("weekday"));
  return day * DAY + minutes(`${part("hour")}:${part("minute")}`);
}

function partsOf(moment: Date, timeZone: string | undefined): Intl.DateTimeFormatPart[] | null {
  try {
    return new Intl.DateTimeFormat("en-GB", {
      timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(moment);
  } catch {
    return null; // an old browser and a newly named zone
  }
}

function minutes(clock: string): number {
  const [hours = 0, rest = 0] = clock.split(":").map(Number);
  return hours * 60 + rest;
}

function round(minute: number): number {
  return ((minute % WEEK) + WEEK) % WEEK;
}
