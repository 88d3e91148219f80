/** Something for right now, beside the wait and the talk: all of it in this page, nothing sent, usable with the line gone. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import { word } from "../words";
import { Breathing } from "./breathing";
import { Grounding } from "./grounding";
import { Journal, Plan } from "./notebook-views";

export function Tools() {
  return (
    <section class="tools" aria-labelledby="tools">
      <h2 id="tools" class="wait__title">{word("tools.title")}</h2>
      <p class="quiet">{word("tools.about")}</p>
      <Tool name="breathe"><Breathing /></Tool>
      <Tool name="ground"><Grounding /></Tool>
      <Tool name="journal"><Journal /></Tool>
      <Tool name="plan"><Plan /></Tool>
    </section>
  );
}

function Tool({ name, children }: { name: string; children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron-right" />
        {word(`tools.${name}`)}
      </summary>
      {open && <div class="fold__inside tools__inside">{children}</div>}
    </details>
  );
}
