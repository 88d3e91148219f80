/** After an offer or a one-to-one: what happened in plain words, and time to breathe. */
import { Icon } from "../icons";
import { word } from "../words";
import { Debrief } from "./debrief";
import { useChair } from "./use-chair";

/** The offer is over, and nothing was done wrong. */
export function Passed() {
  const chair = useChair();
  const { passed } = chair.standing;
  if (passed === null || passed === "accepted") return null;
  return (
    <section class="panel" aria-label={word("listener.passed")}>
      <p>{word(`listener.offer_${passed}`)}</p>
      <div class="acts">
        {passed === "lapsed" && (
          <button class="button button--act" type="button" onClick={() => void chair.listen("available")}>
            <Icon name="volume-2" />
            {word("listener.start_again")}
          </button>
        )}
        <button class="button" type="button" onClick={() => chair.put({ passed: null })}>{word("common.close")}</button>
      </div>
    </section>
  );
}

export function After() {
  const chair = useChair();
  const { ended } = chair.standing;
  if (ended === null) return null;
  return (
    <section class="panel" aria-labelledby="after">
      <h2 id="after">{word("listener.after")}</h2>
      <p>{word(`listener.ended_${ended.why}`)}</p>
      <p>{word("listener.after_about")}</p>
      <details class="fold">
        <summary>
          <Icon name="chevron-right" />
          {word("listener.debrief")}
        </summary>
        <div class="fold__inside"><Debrief /></div>
      </details>
      <div class="acts">
        <button class="button" type="button" onClick={() => chair.put({ ended: null })}>{word("common.close")}</button>
      </div>
    </section>
  );
}
