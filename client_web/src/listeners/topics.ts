/** What people can wish to talk about, in words: the rooms' subjects, as the operator names them. */
import { page } from "../page";
import { wordIfAny } from "../words";

export function topicCodes(): readonly string[] {
  return page.rooms.map((room) => room.id);
}

export function topicName(code: string): string {
  return page.rooms.find((room) => room.id === code)?.name ?? wordIfAny(`listener.topic_${code.replaceAll("-", "_")}`) ?? code;
}
