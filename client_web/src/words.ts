/** Every sentence comes from the catalogue in the page; here it is found and its {places} are filled. */
import { page, type Words } from "./page";

const ANSWER_MS = 5_000;

/** The sentences that are not in the page, for views that are loaded later; throws where they can't be had. */
export async function learn(): Promise<void> {
  if (page.words["later"]) return;
  const answer = await fetch("/words", { signal: AbortSignal.timeout(ANSWER_MS) });
  if (!answer.ok) throw new Error("no words");
  Object.assign(page.words, await answer.json());
}

export type Filling = Readonly<Record<string, string | number>>;

export function word(key: string, filling: Filling = {}): string {
  return filled(found(page.words, key) ?? key, filling);
}

/** The sentence whose form the number asks for, in this language; {count} is the number. */
export function counted(key: string, count: number, filling: Filling = {}): string {
  const form = plural().select(count);
  const sentence = found(page.words, `${key}_${form}`) ?? found(page.words, `${key}_other`) ?? key;
  return filled(sentence, { count, ...filling });
}

/** The sentence, or nothing where the catalogue has none under this key: codes of a newer server. */
export function wordIfAny(key: string, filling: Filling = {}): string | null {
  const sentence = found(page.words, key);
  return sentence === undefined ? null : filled(sentence, filling);
}

/** A moment as a clock shows it here; with the day where it was not today. */
export function clockTime(ms: number, today: number): string {
  const options: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };
  const sameDay = new Date(ms).toDateString() === new Date(today).toDateString();
  return format(sameDay ? options : { ...options, weekday: "short" }).format(ms);
}

export function day(ms: number): string {
  return format({ day: "numeric", month: "long" }).format(ms);
}

export function listed(items: readonly string[]): string {
  return new Intl.ListFormat(page.lang, { type: "conjunction" }).format(items);
}

export function filled(sentence: string, filling: Filling): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(filling[name] ?? place));
}

function found(words: Words, key: string): string | undefined {
  const [section = "", name = ""] = key.split(".");
  return words[section]?.[name];
}

let rules: Intl.PluralRules | undefined;
const plural = (): Intl.PluralRules => (rules ??= new Intl.PluralRules(page.lang));

const formats = new Map<string, Intl.DateTimeFormat>();

/** The browser's own kind of the page's language, so that a clock reads as this person is used to. */
function region(): string {
  return navigator.languages.find((each) => each.split("-")[0] === page.lang.split("-")[0]) ?? page.lang;
}

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(region(), options);
  formats.set(key, made);
  return made;
}
