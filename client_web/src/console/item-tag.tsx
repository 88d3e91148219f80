/** What kind of thing is to be decided, and where it was written. */
import { Icon } from "../icons";
import { roomOf } from "../page";
import { word } from "../words";
import type { Item } from "./items";

export function ItemTag({ item, cause }: { item: Item; cause?: string }) {
  const name = item.kind === "report" ? "report" : item.care ? "held_care" : "held";
  return (
    <span class={`tag ${item.kind === "hold" ? "tag--held" : ""}`}>
      <Icon name={item.kind === "hold" ? "hourglass" : "flag"} />
      {cause ? word(`console.tag_${name}_why`, { why: cause }) : word(`console.tag_${name}`)}
    </span>
  );
}

export function roomName({ about }: Item): string {
  return roomOf(about.channel.replace(/^room:/, ""))?.name ?? word("console.private_thread");
}
