/** Whose a message is, and where. */
import type { Channel } from "./channel";
import type { Message } from "./log";

export function mine(message: Message, channel: Channel): boolean {
  return message.voice !== "automatic" && channel.handles.includes(message.handle);
}

/** Between this person and one other: a talk with the team, or with a listener. */
export function isPrivate(channel: Channel): boolean {
  return isThread(channel) || isOne(channel);
}

export function isOne(channel: Channel): boolean {
  return channel.id.startsWith("one:");
}

export function isThread(channel: Channel): boolean {
  return channel.id.startsWith("ticket:");
}
