/** A dialog that is never over the bar: help and the way out stay usable while it is open. */
import type { ComponentChildren } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import { DialogContext } from "./context";

export function Dialog({ title, children }: { title: string; children: ComponentChildren }) {
  const close = useClose();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const main = document.getElementById("main");
    dialog.current?.show();
    main?.setAttribute("inert", "");
    dialog.current?.querySelector<HTMLElement>("h2")?.focus();
    const escape = (event: KeyboardEvent): void => void (event.key === "Escape" && close()); // show() leaves that to us
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("keydown", escape);
      main?.removeAttribute("inert");
      before?.focus();
    };
  }, []);
  return (
    <div class="backdrop">
      <dialog class="dialog" ref={dialog} aria-labelledby="dialog-title">
        <h2 id="dialog-title" tabIndex={-1}>{title}</h2>
        {children}
      </dialog>
    </div>
  );
}

export function useClose(): () => void {
  const open = useContext(DialogContext);
  return () => open(null);
}
