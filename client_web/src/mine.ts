/** Whose a message is, and where. */
import type { Channel } from "./channel";
import type { Message } from "./log";

export function mine(message: Message, channel: Channel): boolean {
  return message.voice !== "automatic" && channel.handles.includes(message.handle);
}

export function isThread(channel: Channel): boolean {
  return channel.id.startsWith("ticket:");
}
