/** How many others are writing: a count without names, but for the one whom one talks with; only from live hands, gone soon after the last key. */
import type { Channel } from "../channel";
import { counted, word } from "../words";
import { useChat, useLive, useNow } from "./context";

const TRUE_FOR_MS = 7_000;

export function Writing({ channel, other }: { channel: Channel; other?: string | undefined }) {
  const chat = useChat();
  const time = useNow(channel.writing > 0 ? 1_000 : 0);
  const others = channel.writing - (chat.isTyping(channel.id) ? 1 : 0);
  const still = useLive() && others > 0 && time - channel.writingAt < TRUE_FOR_MS;
  return <p class="log__writing">{still && (other ? word("listening.writing", { name: other }) : counted("room.writing", others))}</p>;
}
