/** Before the wait: who is there, who can read it, and what may be told first; all of that can be skipped by one press. */
import { useState } from "preact/hooks";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { page } from "../page";
import { useBehind } from "../views/context";
import { AwayNotice, useLineBanner } from "../views/banners";
import { HelpLines } from "../views/help-lines";
import { listeners } from "../views/truth";
import { word } from "../words";
import { useVisit } from "./use-visit";
import type { Visit } from "./visit";
import { WishForm } from "./wish-form";

const LINES = [1, 2, 3, 4, 5];

export function WayInPage() {
  const visit = useVisit();
  const behind = useBehind();
  const nobody = behind?.listeners === 0;
  const line = useLineBanner(false);
  return (
    <main id="main" class="page page--text wait">
      <a class="button button--quiet page__back" href="/">
        <Icon name="arrow-left" />
        {word("room.back_to_doors")}
      </a>
      <div>
        <h1 tabIndex={-1}>{word("listening.title")}</h1>
        <p class="page__lead">{word("listening.lead")}</p>
      </div>
      <Unqueued visit={visit} />
      <p class="team__truth">
        <Lamp lit={behind !== undefined && !nobody} />
        {behind ? listeners(behind) : word("listening.unknown")}
      </p>
      {nobody && <p>{word("listening.none_about")}</p>}
      {visit.asked === "asking" || visit.asked === "not_now" ? line : <AwayNotice />}
      {visit.asked === "asking" && <p class="quiet" role="status">{word("listening.asking")}</p>}
      <WhoReads />
      <section class="wish" aria-labelledby="wish">
        <h2 id="wish">{word("listening.wish")}</h2>
        <p class="quiet">{word("listening.wish_about")}</p>
        <button class="button wish__skip" type="button" onClick={() => visit.wait()}>{word("listening.skip")}</button>
        <WishForm submit={word(nobody ? "listening.wait_anyway" : "listening.wait")} />
      </section>
    </main>
  );
}

/** What was asked of us and did not come about, or why there is no wait any more. */
function Unqueued({ visit }: { visit: Visit }) {
  const { unqueued } = visit.standing;
  return (
    <>
      {unqueued && <p class="notice" role="status">{word(`listening.${unqueued}`)}</p>}
      {unqueued === "in_vain" && <HelpLines brief />}
    </>
  );
}

function WhoReads() {
  const [open, setOpen] = useState(false);
  return (
    <section class="text" aria-labelledby="who">
      <h2 id="who" class="wait__title">{word("listening.who")}</h2>
      <ul>
        {LINES.map((line) => (
          <li key={line}>{word(`listening.who_${line}`)}</li>
        ))}
      </ul>
      <details class="fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Icon name="chevron-right" />
          {word("rules.agree")}
        </summary>
        <ol class="rules fold__inside">
          {page.rules.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </details>
    </section>
  );
}
