/** Dialogs whose code and words are loaded when they are wanted; where they can't be had, that is said. */
import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import { learn, word } from "../words";
import { DialogContext } from "./context";
import { Dialog, useClose } from "./dialog";

export function useLater(): (load: () => Promise<ComponentChildren>) => void {
  const open = useContext(DialogContext);
  return (load) => void Promise.all([load(), learn()]).then(([dialog]) => open(dialog), () => open(<NotLoaded />));
}

function NotLoaded() {
  const close = useClose();
  return (
    <Dialog title={word("common.not_loaded_title")}>
      <p role="status">{word("common.not_loaded")}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={close}>{word("common.close")}</button>
      </div>
    </Dialog>
  );
}
