/** What someone would like to talk about, how, and what they would rather not be asked about; all of it optional. */
import type { Wish } from "../protocol";
import { avoidName, topicName } from "../topics";
import { listed, word } from "../words";

export function WishList({ wish }: { wish: Wish }) {
  return (
    <>
      <Fact name="topic" text={wish.topic ? topicName(wish.topic) : word("listener.not_said")} />
      <Fact name="style" text={word(wish.style ? `listener.style_${wish.style}` : "listener.not_said")} />
      {wish.avoid.length > 0 && <Fact name="avoid" text={listed(wish.avoid.map(avoidName))} />}
    </>
  );
}

function Fact({ name, text }: { name: "topic" | "style" | "avoid"; text: string }) {
  return (
    <div>
      <dt>{word(`listener.${name}`)}</dt>
      <dd>{text}</dd>
    </div>
  );
}
