/** How it was, if the person likes to say: a tap that is only counted, words that a supervisor reads first, how hard it is now. */
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import type { Felt } from "../protocol";
import { word } from "../words";
import { Choices } from "./choices";
import { Points, pointWords } from "./points";
import { useVisit } from "./use-visit";
import type { Told } from "./visit";

const FELT: readonly Felt[] = ["yes", "partly", "no"];
const MOST = 1_000; // characters, as the protocol has it

export function Feedback({ name }: { name: string }) {
  const visit = useVisit();
  const [told, setTold] = useState<Told | null>(null);
  const { felt, feltWords, howHard, howHardAfter } = visit.kept;
  const keep = (change: Parameters<typeof visit.keep>[0]): void => {
    setTold(null);
    visit.keep(change);
  };
  const empty = felt === null && howHardAfter === 0;
  const send = async (): Promise<void> => setTold(await visit.tell());
  return (
    <form class="form" aria-labelledby="feedback" onSubmit={(event) => (event.preventDefault(), empty || void send())}>
      <div>
        <h2 id="feedback" class="wait__title">{word("listening.feedback")}</h2>
        <p class="quiet">{word("listening.feedback_about", { name })}</p>
      </div>
      <Choices legend={word("listening.felt")} name="felt" none={word("listening.felt_none")} chosen={felt} choose={(each) => keep({ felt: each })}
        choices={FELT.map((each) => [each, word(`listening.felt_${each}`)] as const)} />
      {felt !== null && (
        <div class="field">
          <label for="felt-words">{word("listening.felt_words")}</label>
          <p class="field__hint" id="felt-words-about">{word("listening.felt_words_about")}</p>
          <textarea class="input" id="felt-words" rows={2} maxLength={MOST} dir="auto" aria-describedby="felt-words-about" value={feltWords}
            onInput={(event) => keep({ feltWords: event.currentTarget.value })} />
        </div>
      )}
      <Points legend={word("listening.hard_now")} about={word("listening.hard_now_about")} name="hard-now" chosen={howHardAfter}
        choose={(points) => keep({ howHardAfter: points })} />
      {howHard > 0 && howHardAfter > 0 && <p class="quiet" role="status">{word("listening.hard_before", { before: pointWords(howHard) })}</p>}
      {told !== null && told !== "done" && (
        <p class="field__fault" role="alert"><Icon name="circle-alert" />{word(`listening.feedback_${told}`)}</p>
      )}
      {told === "done" ? (
        <p role="status">{word("listening.feedback_done")}</p>
      ) : (
        <button class="button" type="submit" aria-disabled={empty}>{word("listening.feedback_send")}</button>
      )}
    </form>
  );
}
