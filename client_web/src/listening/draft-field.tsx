/** What the listener will read first; kept on every key, and said how far it is kept. */
import { Icon } from "../icons";
import { counted, word } from "../words";
import type { DraftIs } from "./draft";
import { useVisit } from "./use-visit";
import type { Visit } from "./visit";

/** Said aloud; that all is well is there to be read. */
const URGENT = new Set<DraftIs>(["over", "blocked", "waits"]);

export function DraftField() {
  const visit = useVisit();
  return (
    <div class="field wait__draft">
      <label for="draft">{word("listening.draft")}</label>
      <p class="field__hint" id="draft-hint">{word("listening.draft_hint")}</p>
      <textarea
        class="input"
        id="draft"
        rows={4}
        dir="auto"
        autocomplete="off"
        aria-describedby="draft-hint draft-state"
        value={visit.draft.text}
        onInput={(event) => visit.draft.write(event.currentTarget.value)}
        onBlur={() => visit.draft.soon(0)}
      />
      <p class="field__hint wait__kept" id="draft-state" role={URGENT.has(visit.draft.is) ? "status" : undefined}>{state(visit)}</p>
    </div>
  );
}

function state({ draft }: Visit) {
  if (draft.is === "empty") return null;
  if (draft.is === "over") return counted("listening.draft_over", draft.over);
  return (
    <>
      <Icon name={draft.is === "saved" ? "check" : draft.is === "blocked" ? "info" : "hourglass"} />
      {word(`listening.draft_${draft.is}`)}
    </>
  );
}
