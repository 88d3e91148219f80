/** A few lines for oneself, and a plan for hard hours: in this browser only, and on the device only if the person says so. */
import { useState } from "preact/hooks";
import { word } from "../words";
import { forgetNote, holdNote, keepNote, noted, type NoteName } from "./notebook";

const PARTS = ["signs", "alone", "places", "people", "lines", "safe"] as const;

type Parts = Partial<Record<(typeof PARTS)[number], string>>;

export function Journal() {
  const { text, kept, write, keep, forget } = useNote("journal");
  return (
    <div class="field">
      <label for="journal">{word("tools.journal_label")}</label>
      <textarea class="input" id="journal" rows={5} dir="auto" autocomplete="off" value={text} onInput={(event) => write(event.currentTarget.value)} />
      <Keeping kept={kept} keep={keep} forget={forget} />
    </div>
  );
}

export function Plan() {
  const { text, kept, write, keep, forget } = useNote("plan");
  const parts = read(text);
  return (
    <div class="plan">
      <p class="quiet">{word("tools.plan_about")}</p>
      {PARTS.map((part) => (
        <div class="field" key={part}>
          <label for={`plan-${part}`}>{word(`tools.plan_${part}`)}</label>
          <textarea class="input" id={`plan-${part}`} rows={2} dir="auto" autocomplete="off" value={parts[part] ?? ""}
            onInput={(event) => write(JSON.stringify({ ...parts, [part]: event.currentTarget.value }))} />
        </div>
      ))}
      <Keeping kept={kept} keep={keep} forget={forget} />
    </div>
  );
}

interface KeepingProps {
  kept: boolean;
  keep: (kept: boolean) => void;
  forget: () => void;
}

function Keeping({ kept, keep, forget }: KeepingProps) {
  return (
    <>
      <label class="choice">
        <input type="checkbox" checked={kept} onChange={(event) => keep(event.currentTarget.checked)} />
        <span>
          {word("tools.keep")} <span class="quiet">{word("tools.keep_about")}</span>
        </span>
      </label>
      <button class="button button--quiet" type="button" onClick={forget}>{word("tools.delete")}</button>
    </>
  );
}

function useNote(name: NoteName) {
  const [note, setNote] = useState(() => noted(name));
  const put = (text: string, kept: boolean): void => {
    if (!kept) forgetNote(name);
    setNote({ text, kept: kept ? keepNote(name, text) : (holdNote(name, text), false) });
  };
  return {
    ...note,
    write: (text: string) => put(text, note.kept),
    keep: (kept: boolean) => put(note.text, kept),
    forget: () => (forgetNote(name), setNote({ text: "", kept: false })),
  };
}

function read(text: string): Parts {
  try {
    return JSON.parse(text || "{}") as Parts;
  } catch {
    return {};
  }
}
