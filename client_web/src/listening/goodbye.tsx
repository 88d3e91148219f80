/** The goodbye card: what happened in plain words, and what this person may keep of it; then back, or out. */
import { go } from "../route";
import { CardPlace } from "../views/card-place";
import { HelpLines } from "../views/help-lines";
import { useNow } from "../views/context";
import { word } from "../words";
import { Summary } from "./summary";
import { endedAbout, endedTitle } from "./ended-words";
import { Feedback } from "./feedback";
import { SaidFold } from "./said-fold";
import type { Ended } from "./standing";
import { useVisit } from "./use-visit";

const LOOK_MS = 30_000;

export function GoodbyePage() {
  const { ended } = useVisit().standing;
  return ended && <Card ended={ended} />;
}

function Card({ ended }: { ended: Ended }) {
  const visit = useVisit();
  const time = useNow(LOOK_MS);
  const stopped = ended.why === "stopped";
  const first = ended.why === "peer_silent" && ended.again > time;
  return (
    <main id="main" class="page page--text wait">
      <div>
        <h1 tabIndex={-1}>{endedTitle(ended)}</h1>
        <p class="page__lead">{endedAbout(ended, time, false)}</p>
      </div>
      {stopped && <HelpLines />}
      {!stopped && first && <Again first />}
      <CardPlace channel={ended.one.channel} flow={false} />
      <Unsent text={visit.kept.unsent} />
      {!stopped && <Summary name={ended.one.name} />}
      {!stopped && <Feedback name={ended.one.name} />}
      <SaidFold ended={ended} />
      {!stopped && <Next />}
      <div class="acts">
        {!first && <Again first={false} />}
        <button class="button" type="button" onClick={() => (visit.done(), go("/"))}>{word("listening.done")}</button>
      </div>
      {!stopped && <Apart name={ended.one.name} />}
    </main>
  );
}

function Again({ first }: { first: boolean }) {
  const visit = useVisit();
  return (
    <button class={first ? "button button--act" : "button"} type="button" onClick={() => visit.waitAgain()}>
      {word(first ? "listening.again_first" : "listening.again")}
    </button>
  );
}

/** What was on its way or half written when it ended: nobody has it, and it is not lost. */
function Unsent({ text }: { text: string }) {
  if (!text) return null;
  return (
    <section aria-labelledby="unsent">
      <h2 id="unsent" class="wait__title">{word("listening.unsent")}</h2>
      <p class="quiet">{word("listening.unsent_about")}</p>
      <blockquote class="report__quote">
        <p class="message__text" dir="auto">{text}</p>
      </blockquote>
    </section>
  );
}

/** Ways on: a line that answers, the rooms, and back here another time. */
function Next() {
  return (
    <section class="wait__way" aria-labelledby="next">
      <h2 id="next" class="wait__title">{word("listening.next")}</h2>
      <HelpLines brief most={1} />
      <p>{word("listening.next_rooms")}</p>
      <a class="button" href="/rooms">{word("listening.rooms_go")}</a>
      <p>{word("listening.next_back")}</p>
      <a class="button" href="/kept">{word("listening.next_back_go")}</a>
    </section>
  );
}

/** Said at goodbye or now, and taken back here or where one's own data is: the matcher knows it, and nobody else. */
function Apart({ name }: { name: string }) {
  const visit = useVisit();
  const { apart } = visit.kept;
  return (
    <p class="wait__apart">
      <span class="quiet" role="status">{word(apart ? "listening.apart_done" : "listening.apart_about", { name })}</span>
      <button class="button button--quiet" type="button" onClick={() => void (apart ? visit.bringTogether() : visit.goodbye(true))}>
        {word(apart ? "listening.apart_undo" : "listening.apart")}
      </button>
    </p>
  );
}
