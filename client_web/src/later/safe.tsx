/** "I'm safe", by one tap: our team is told, and nothing is closed by it. */
import type { Event } from "../protocol";
import { Dialog, useClose } from "../views/dialog";
import { word } from "../words";

export function SafeDialog({ answer }: { answer: Event | null }) {
  const close = useClose();
  const told = answer?.type === "done";
  return (
    <Dialog title={word(told ? "later.safe_title" : "later.safe_failed_title")}>
      <p role="status">{word(told ? "later.safe" : "later.safe_failed")}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={close}>{word("common.close")}</button>
      </div>
    </Dialog>
  );
}
