/** What was said, to read again until it is deleted, and to take along as a file; made here, sent nowhere. */
import { useState } from "preact/hooks";
import type { Channel } from "../channel";
import { Icon } from "../icons";
import { shown, type Entry } from "../log";
import { Log } from "../views/log";
import { clockTime, word } from "../words";
import { useNotes } from "./notes";
import type { Ended } from "./standing";
import { useVisit } from "./use-visit";

export function SaidFold({ ended }: { ended: Ended }) {
  const { channel } = useVisit();
  const [open, setOpen] = useState(false);
  if (!channel || channel.entering.is === "refused") return null;
  return (
    <details class="fold said" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron-right" />
        {word("listening.said")}
      </summary>
      {open && <Said ended={ended} channel={channel} />}
    </details>
  );
}

function Said({ ended, channel }: { ended: Ended; channel: Channel }) {
  const notes = useNotes({ one: ended.one, notes: [], agreed: false, transfer: null });
  return (
    <div class="fold__inside said__inside">
      <p class="quiet">{word("listening.said_about")}</p>
      <Log channel={channel} notes={notes} />
      <button class="button" type="button" onClick={() => save(channel)}>{word("listening.said_save")}</button>
    </div>
  );
}

function save(channel: Channel): void {
  const file = URL.createObjectURL(new Blob([shown(channel.log).map(line).join("")], { type: "text/plain;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: file, download: word("listening.said_file") });
  link.click();
  URL.revokeObjectURL(file);
}

function line(entry: Entry): string {
  return entry.kind === "message" ? `${clockTime(entry.at, Date.now())} ${entry.handle}: ${entry.text}\n` : "";
}
