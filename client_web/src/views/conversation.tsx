/** The talk itself, in a room or in private: what is so, what was said, and where one writes. */
import type { ComponentChildren } from "preact";
import type { Channel } from "../channel";
import { word } from "../words";
import { Banners } from "./banners";
import { CardPlace } from "./card-place";
import { Composer } from "./composer";
import { useChat } from "./context";
import { Log, type Row } from "./log";
import { Writing } from "./writing";

interface ConversationProps {
  channel: Channel;
  /** Whether the help card stands here, above the composer. */
  card: boolean;
  /** Whom one talks with, where it is one person. */
  other?: string;
  /** What was not said by anyone and stands between what was said. */
  notes?: readonly Row[];
  /** What can be done just now, above the composer. */
  offer?: ComponentChildren;
  children?: ComponentChildren;
}

export function Conversation({ channel, card, other, notes, offer, children }: ConversationProps) {
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
      <Log channel={channel} notes={notes}>{children}</Log>
      <Writing channel={channel} other={other} />
      {card && <CardPlace channel={channel.id} flow />}
      <Banners channel={channel} />
      {offer}
      <Composer channel={channel} other={other} />
    </>
  );
}
