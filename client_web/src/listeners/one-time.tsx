/** The agreed time, softly: how long together, how much is left, and going on with the consent of both. Nothing is cut off. */
import { Icon } from "../icons";
import { useNow } from "../views/context";
import { counted, word } from "../words";
import { outcomeWords } from "./outcome";
import type { Talk } from "./standing";
import { useChair } from "./use-chair";

const MINUTE_MS = 60_000;

export function OneTime({ talk }: { talk: Talk }) {
  const { since, ends } = talk.one;
  const time = useNow(15_000);
  const together = Math.max(0, Math.floor((time - since) / MINUTE_MS));
  const left = Math.max(0, Math.ceil((ends - time) / MINUTE_MS));
  return (
    <div class="one__time">
      <p>
        <span>{together > 0 ? counted("listener.together", together) : word("listener.together_now")}</span>{" "}
        <span class="quiet">{left > 0 ? counted("listener.left", left) : word("listener.time_over")}</span>
      </p>
      <progress class="one__bar" aria-hidden="true" value={together} max={Math.max(1, Math.round((ends - since) / MINUTE_MS))} />
      <Notice talk={talk} left={left} />
      {talk.entered.map((name) => <p key={name} class="one__quiet" role="status"><Icon name="shield-check" />{word("listener.entered", { name })}</p>)}
    </div>
  );
}

/** At ten and five minutes, and when it is over. */
function Notice({ talk, left }: { talk: Talk; left: number }) {
  const chair = useChair();
  if (talk.left === null && left > 10) return null;
  const go = async (): Promise<void> => {
    const outcome = await chair.extend(talk.one.channel);
    if (outcome !== "done") chair.say(outcomeWords(outcome));
  };
  if (talk.agreed) return <p class="quiet" role="status">{word("listener.agreed")}</p>;
  return (
    <div class="one__notice">
      <p role="status">{left > 0 ? word("listener.soon_over") : word("listener.time_over_about")}</p>
      <button class="button" type="button" onClick={() => void go()}>{word("listener.extend")}</button>
    </div>
  );
}
