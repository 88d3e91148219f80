import { expect, test } from "vitest";
import catalogue from "../../server/data/wording/en.json";
import { filled } from "../src/words";

const SOURCES = import.meta.glob<string>("../src/**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const KEY = new RegExp(`"((?:${Object.keys(catalogue).join("|")})\\.[a-z_0-9]+)"`, "g");

test("every sentence that the page asks for stands in the catalogue", () => {
  const words = catalogue as unknown as Record<string, Record<string, string>>;
  const keys = Object.values(SOURCES).flatMap((source) => Array.from(source.matchAll(KEY), (match) => match[1] as string));
  const missing = keys.filter((key) => {
    const [section = "", name = ""] = key.split(".");
    return words[section]?.[name] === undefined && words[section]?.[`${name}_other`] === undefined;
  });
  expect(keys.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

test("what stands in braces is filled once, and never from what people wrote", () => {
  expect(filled("You are {handle}, {count} times.", { handle: "{count}", count: 2 })).toBe("You are {count}, 2 times.");
  expect(filled("{unknown} stays", {})).toBe("{unknown} stays");
});

test("no view has a sentence of its own", () => {
  const views = Object.entries(SOURCES).filter(([path]) => path.endsWith(".tsx"));
  const said = views.flatMap(([path, source]) => {
    const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, "");
    const between = Array.from(code.matchAll(/>([^<>{}=;()]*[A-Za-z]{2,}[^<>{}=;()]*)<\//g), (match) => match[1] as string);
    const aloud = Array.from(code.matchAll(/\b(?:aria-label|title|alt|placeholder)="([^"]*[A-Za-z]{2,}[^"]*)"/g), (match) => match[1] as string);
    const quoted = Array.from(code.matchAll(/["'`]([A-Z][a-z’']*(?: [\w’',{}$]+){2,}[.?]?)["'`]/g), (match) => match[1] as string);
    return [...between, ...aloud, ...quoted].map((text) => `${path}: ${text.trim()}`);
  });
  expect(views.length).toBeGreaterThan(30);
  expect(said).toEqual([]);
});
