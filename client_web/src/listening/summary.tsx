/** A few words of this person's own about the talk: begun for them, changed by them, kept on the device only if they say so. */
import { useState } from "preact/hooks";
import { word } from "../words";
import { forgetNote, keepNote } from "./notebook";
import { useVisit } from "./use-visit";

export function Summary({ name }: { name: string }) {
  const visit = useVisit();
  const [told, setTold] = useState("");
  const words = visit.kept.summary ?? `${word("listening.keep_start", { name })}\n`;
  const write = (summary: string): void => {
    setTold("");
    visit.keep({ summary });
  };
  return (
    <section class="field" aria-labelledby="keep">
      <h2 id="keep" class="wait__title">{word("listening.keep")}</h2>
      <p class="field__hint" id="keep-about">{word("listening.keep_about")}</p>
      <textarea class="input" rows={4} dir="auto" aria-labelledby="keep" aria-describedby="keep-about" value={words}
        onInput={(event) => write(event.currentTarget.value)} />
      <div class="acts">
        <button class="button" type="button" onClick={() => setTold(keepNote("summary", words) ? "keep_done" : "keep_not")}>{word("listening.keep_do")}</button>
        {told === "keep_done" && (
          <button class="button button--quiet" type="button" onClick={() => (forgetNote("summary"), write(""))}>{word("listening.keep_delete")}</button>
        )}
        {told && <p class="quiet" role="status">{word(`listening.${told}`)}</p>}
      </div>
    </section>
  );
}
