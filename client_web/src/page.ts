/** What the server wrote into the page: who runs it, its rooms, rules and sentences. Read once. */
import type { Directory } from "./lines";

export interface Room {
  id: string;
  name: string;
  about: string;
  kind: "topic" | "condition" | "identity" | "life";
  tags: readonly string[];
  guidelines: readonly string[];
  slow_seconds: number;
  preview: "messages" | "none";
}

export type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Page {
  build: string;
  lang: string;
  dir: "ltr" | "rtl";
  service: string;
  operator: string;
  demo: boolean;
  age_question: boolean;
  one_listener: boolean;
  under_18: "closed" | "open";
  exit_url: string;
  country: string;
  words: Words;
  rooms: readonly Room[];
  rules: { version: number; lines: readonly string[] };
  lines: Directory;
}

const NOTHING: Page = {
  build: "", lang: "en", dir: "ltr", service: "", operator: "", demo: false, age_question: false, one_listener: false, under_18: "closed", exit_url: "",
  country: "", words: {}, rooms: [], rules: { version: 0, lines: [] }, lines: { world: [], countries: {}, languages: {} },
};

function read(): Page {
  const block = globalThis.document?.getElementById("porchlight")?.textContent;
  if (!block) return NOTHING;
  const page = JSON.parse(block) as Page & { lines: { emergency: Record<string, string> } };
  const { countries, emergency } = page.lines;
  const alone = Object.entries(emergency).flatMap(([numbers, codes]) => codes.split(" ").map((code) => [code, { emergency: numbers.split(" ") }]));
  const lines = { ...page.lines, countries: { ...countries, ...Object.fromEntries(alone) } };
  return { ...NOTHING, ...page, rooms: Object.values(page.rooms), lines };
}

export const page = read();

export function roomOf(id: string): Room | undefined {
  return page.rooms.find((room) => room.id === id);
}
