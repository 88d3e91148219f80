/** Icons, from the sprite that the server puts into every page. */
import type { IconName } from "./icon-names";

export type { IconName };

const TURNS = new Set<IconName>(["arrow-left", "chevron-right", "log-out", "send-horizontal", "undo-2"]); // where text runs leftwards

/** Beside words, never instead of them; where it stands alone its button carries an `aria-label`. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={TURNS.has(name) ? "icon icon--turns" : "icon"} aria-hidden="true" focusable="false">
      <use href={`#i-${name}`} />
    </svg>
  );
}
