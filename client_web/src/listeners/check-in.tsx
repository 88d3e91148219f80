/** Check-in: who can be asked, what is not to be offered, and one's own day. Nothing here counts for or against anyone. */
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import { useNow } from "../views/context";
import { topicCodes, topicName } from "../topics";
import { clockTime, counted, word } from "../words";
import { WouldLikeToTalk } from "./ask";
import type { Topics } from "./chair";
import { outcomeWords } from "./outcome";
import { OwnNumbers } from "./own-numbers";
import { Supervision } from "./supervision";
import { TrainingPanel } from "./training";
import { useChair } from "./use-chair";

export function CheckIn() {
  const chair = useChair();
  const { duties, training } = chair.standing;
  const due = training !== null && training.due !== null;
  const waiting = duties?.state === "available";
  return (
    <>
      {waiting && !chair.standing.offer && <p class="listener__calm">{word("listener.quiet")}</p>}
      {due && <TrainingPanel training={training} />}
      <Supervision><WouldLikeToTalk /></Supervision>
      {duties && <Day />}
      <OffTopics />
      {duties && <OwnNumbers />}
      {training && !due && <TrainingPanel training={training} />}
    </>
  );
}

function Day() {
  const { duties } = useChair().standing;
  const time = useNow(30_000);
  if (duties === null) return null;
  const { today, of, breaks, shift_ends, skips } = duties;
  return (
    <section class="panel" aria-labelledby="day">
      <h2 id="day">{word("listener.day")}</h2>
      <ul class="listener__facts">
        <li>{counted("listener.today", today, { of })}</li>
        {breaks > 0 && <li>{counted("listener.breaks", breaks)}</li>}
        {shift_ends > time && <li>{word("listener.shift_ends", { time: clockTime(shift_ends, time) })}</li>}
        <li>{counted("listener.skips", skips)}</li>
      </ul>
      <p class="quiet">{word("listener.day_about")}</p>
    </section>
  );
}

type Off = "no" | "today" | "ever";
const OFFS: readonly Off[] = ["no", "today", "ever"];

function OffTopics() {
  const chair = useChair();
  const { ever, today } = chair.topics;
  const off = new Set([...ever, ...today]);
  const offered = topicCodes().filter((topic) => !off.has(topic)).length;
  return (
    <details class="fold panel">
      <summary>
        <Icon name="chevron-right" />
        {off.size > 0 ? counted("listener.off_topics_some", off.size) : word("listener.off_topics")}
      </summary>
      <div class="fold__inside listener__topics">
        <p class="quiet">{word("listener.off_topics_about")}</p>
        {topicCodes().map((topic) => <OffTopic key={topic} topic={topic} />)}
        {offered === 0 && <p role="status">{word("listener.off_topics_all")}</p>}
      </div>
    </details>
  );
}

function OffTopic({ topic }: { topic: string }) {
  const chair = useChair();
  const [fault, setFault] = useState("");
  const { topics } = chair;
  const now: Off = topics.ever.includes(topic) ? "ever" : topics.today.includes(topic) ? "today" : "no";
  const choose = async (off: Off): Promise<void> => {
    const outcome = await chair.listen(said(chair.standing.duties?.state), changed(topics, topic, off));
    setFault(outcome === "done" ? "" : outcomeWords(outcome));
  };
  return (
    <fieldset class="listener__topic">
      <legend>{topicName(topic)}</legend>
      {OFFS.map((off) => (
        <label key={off}>
          <input type="radio" name={`off-${topic}`} checked={now === off} onChange={() => void choose(off)} />
          {word(`listener.off_${off}`)}
        </label>
      ))}
      {fault && <p role="alert">{fault}</p>}
    </fieldset>
  );
}

/** Choosing topics changes nothing about being available. */
function said(state: string | undefined): "available" | "break" | "off" {
  if (state === undefined || state === "off") return "off";
  return state === "break" ? "break" : "available";
}

export function changed({ ever, today }: Topics, topic: string, off: Off): Topics {
  const without = (topics: readonly string[]): readonly string[] => topics.filter((each) => each !== topic);
  return {
    ever: off === "ever" ? [...without(ever), topic] : without(ever),
    today: off === "today" ? [...without(today), topic] : without(today),
  };
}
