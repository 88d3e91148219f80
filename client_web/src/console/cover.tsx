/** Text that can weigh on who reads it: bars until it is asked for. Not a blur, which can be half read. */
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import { word } from "../words";

export function Cover({ text }: { text: string }) {
  const [shown, setShown] = useState(false);
  if (!shown) return <Bars show={() => setShown(true)} />;
  return (
    <div class="cover cover--open">
      <p class="message__text" dir="auto">{text}</p>
      <button class="button button--quiet" type="button" onClick={() => setShown(false)}>
        <Icon name="eye-off" />
        {word("console.cover_again")}
      </button>
    </div>
  );
}

export function Bars({ show, letter }: { show: () => void; letter?: string }) {
  return (
    <div class="cover">
      <span class="cover__bars" aria-hidden="true">
        <span />
        <span />
      </span>
      <button class="button" type="button" onClick={show}>
        <Icon name="eye" />
        {word("console.show_text")}
        {letter && <kbd class="key" aria-hidden="true">{letter}</kbd>}
      </button>
    </div>
  );
}
