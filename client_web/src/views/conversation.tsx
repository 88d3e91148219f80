/** The talk itself, in a room or in private: what is so, what was said, and where one writes. */
import type { ComponentChildren } from "preact";
import type { Channel } from "../channel";
import { word } from "../words";
import { Banners } from "./banners";
import { CardPlace } from "./card-place";
import { Composer } from "./composer";
import { useChat } from "./context";
import { Log } from "./log";
import { Writing } from "./writing";

interface ConversationProps {
  channel: Channel;
  /** Whether the help card stands here, above the composer. */
  card: boolean;
  children?: ComponentChildren;
}

export function Conversation({ channel, card, children }: ConversationProps) {
  const stopped = useChat().state.link.is === "stopped";
  if (channel.entering.is !== "in" && channel.cameIn === 0)
    return (
      <>
        <Banners channel={channel} />
        {stopped || <p class="log log__note" role="status">{word("room.opening")}</p>}
      </>
    );
  return (
    <>
      <Log channel={channel}>{children}</Log>
      <Writing channel={channel} />
      {card && <CardPlace channel={channel.id} flow />}
      <Banners channel={channel} />
      <Composer channel={channel} />
    </>
  );
}
