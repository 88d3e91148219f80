/** How one's training stands, at the desk: due before any offer, or behind one until a day; and the way to it. */
import { now } from "../clock";
import { page } from "../page";
import type { Training } from "../protocol";
import { goToTraining } from "../route";
import { counted, word } from "../words";

export function TrainingPanel({ training }: { training: Training }) {
  const { due, until, to_watch: toWatch } = training;
  return (
    <section class="panel" aria-labelledby="training">
      <h2 id="training">{word("listener.training")}</h2>
      <p>{due ? word(`listener.training_${due}`) : heldWords(until)}</p>
      {!due && toWatch > 0 && <p>{counted("listener.to_watch", toWatch)}</p>}
      <div class="acts">
        <button class={due ? "button button--act" : "button"} type="button" onClick={goToTraining}>{word(due ? "listener.to_training" : "listener.practise")}</button>
      </div>
    </section>
  );
}

/** Without a gate nothing holds, and it is for whoever would like to. */
export function heldWords(until: number): string {
  return until > now() ? word("listener.training_holds", { day: dayOf(until) }) : word("listener.training_open");
}

function dayOf(ms: number): string {
  return new Intl.DateTimeFormat(page.lang, { dateStyle: "long" }).format(ms);
}
