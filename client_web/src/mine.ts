/** Whose a message is, and where. */
import type { Channel } from "./channel";
import type { Message } from "./log";

export function mine(message: Message, channel: Channel): boolean {
  return message.voice !== "automatic" && channel.handles.includes(message.handle);
}

/** A talk of two, or of a few: what is said there is said in private. */
export function isThread(channel: Channel): boolean {
  return !channel.id.startsWith("room:");
}

/** With a listener, or with the person who came to one. */
export function isOne(channel: Channel): boolean {
  return channel.id.startsWith("one:");
}
