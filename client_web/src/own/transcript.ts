/** A copy of a one-to-one for the person's own device: made here, from what is kept, and sent nowhere. */
import type { Chat } from "../chat";
import { page } from "../page";
import type { KeptOne } from "../protocol";
import type { Frame } from "../wire";
import { word } from "../words";

const PAGE = 100;
const PAGES = 50; // more than is ever kept

/** Every page, oldest first; nothing where one of them can't be had: half a copy would pass for a whole one. */
export async function read(chat: Chat, channel: string): Promise<readonly Frame[] | null> {
  let frames: readonly Frame[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (let asked = 0; asked < PAGES; asked += 1) {
    const reply = await chat.ask({ type: "history", channel, before, limit: PAGE });
    if (reply?.type !== "page") return null;
    const told = reply.frames as unknown as readonly Frame[];
    frames = [...told, ...frames];
    if (!reply.more || !told[0]) return frames;
    [before] = told[0];
  }
  return frames;
}

/** What was said and is still there, one line each. */
export function written(frames: readonly Frame[]): string {
  const gone = new Set(frames.map(([, event]) => (event.type === "removed" ? event.gone : 0)));
  const format = new Intl.DateTimeFormat(page.lang, { dateStyle: "medium", timeStyle: "short" });
  return frames
    .flatMap(([seq, event]) => (event.type === "said" && !gone.has(seq) ? [`${format.format(event.at)}  ${event.handle}: ${event.text}\n`] : []))
    .join("");
}

export function save(one: KeptOne, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${word("own.one_file")}-${new Date(one.since).toISOString().slice(0, 10)}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
