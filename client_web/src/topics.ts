/** What people can wish to talk about and what they would rather leave out, in the operator's words. */
import { page } from "./page";
import { wordIfAny } from "./words";

export function topicCodes(): readonly string[] {
  return Object.keys(page.words["topics"] ?? {});
}

export function avoidCodes(): readonly string[] {
  return Object.keys(page.words["avoid"] ?? {});
}

/** A code that the catalogue no longer has may be a room's; else it is shown as it is. */
export function topicName(code: string): string {
  return wordIfAny(`topics.${code}`) ?? page.rooms.find((room) => room.id === code)?.name ?? code;
}

export function avoidName(code: string): string {
  return wordIfAny(`avoid.${code}`) ?? topicName(code);
}
