/** Once for every new moderator in this browser: how we work here, one thing at a time. */
import { useEffect, useRef, useState } from "preact/hooks";
import { page } from "../page";
import { word } from "../words";

const KEPT = "porchlight-console-guided";
const STEPS = ["decide", "worry", "covered", "words", "duty"] as const;

export function isGuided(): boolean {
  try {
    return localStorage.getItem(KEPT) === "yes";
  } catch {
    return false;
  }
}

export function Guide({ done }: { done: () => void }) {
  const [place, setPlace] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const last = place === STEPS.length;
  useEffect(() => heading.current?.focus({ preventScroll: true }), [place]);
  const onward = (): void => {
    if (!last) return setPlace(place + 1);
    keep();
    done();
  };
  return (
    <main id="main" class="page page--text guide">
      <p class="quiet">{word("console.guide_step", { step: place + 1, steps: STEPS.length + 1 })}</p>
      <h1 ref={heading} tabIndex={-1}>{word(`console.guide_${STEPS[place] ?? "rules"}_title`)}</h1>
      <p class="guide__text">{word(`console.guide_${STEPS[place] ?? "rules"}`)}</p>
      {last && (
        <ol class="rules">
          {page.rules.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      <div class="acts">
        {place > 0 && <button class="button" type="button" onClick={() => setPlace(place - 1)}>{word("common.back")}</button>}
        <button class="button button--act" type="button" onClick={onward}>{word(last ? "console.guide_done" : "console.guide_next")}</button>
      </div>
    </main>
  );
}

function keep(): void {
  try {
    localStorage.setItem(KEPT, "yes");
  } catch {
    // no storage here: it is shown again next time
  }
}
