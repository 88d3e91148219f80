/** Blocking the author of a message, by one press; what follows is loaded only then. */
import type { Message } from "../log";
import { word } from "../words";
import { useChat } from "./context";
import { useLater } from "./later";

export function BlockAct({ message, channel }: { message: Message; channel: string }) {
  const chat = useChat();
  const later = useLater();
  const press = (): void => {
    const asked = chat.block(channel, message.seq, "here");
    later(async () => {
      const { BlockDialog } = await import("../later/block-dialog");
      return <BlockDialog handle={message.handle} channel={channel} seq={message.seq} answer={await asked} />;
    });
  };
  return (
    <button class="message__more" type="button" aria-label={word("block.of", { handle: message.handle })} onClick={press}>
      {word("block.open")}
    </button>
  );
}
