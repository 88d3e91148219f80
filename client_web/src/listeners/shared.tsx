/** What the peer chose to share from before: their own words, marked as that; on this page as long as the talk. */
import { Icon } from "../icons";
import { word } from "../words";
import type { Talk } from "./standing";

export function Shared({ talk: { one, shared }, open = false }: { talk: Talk; open?: boolean }) {
  if (!shared) return null;
  return (
    <details class={open ? "fold panel" : "fold one__fold"} open={open}>
      <summary>
        <Icon name="chevron-right" />
        {word("listener.shared")}
      </summary>
      <div class="fold__inside">
        <p class="quiet">{word("listener.shared_about", { handle: one.handle })}</p>
        <blockquote class="item__note" dir="auto">{shared}</blockquote>
      </div>
    </details>
  );
}
