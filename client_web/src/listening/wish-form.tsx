/** Three taps and one question that may all be left out: what it is about, what would help, what to leave out, how hard it is. */
import { Icon } from "../icons";
import type { Style, Wish } from "../protocol";
import { avoidCodes, avoidName, topicCodes, topicName } from "../topics";
import { word } from "../words";
import { Choices } from "./choices";
import { Points } from "./points";
import { useVisit } from "./use-visit";

const STYLES: readonly Style[] = ["listen", "ideas", "company"];

export function WishForm({ submit }: { submit: string }) {
  const visit = useVisit();
  const { wish, howHard, slowly } = visit.kept;
  const change = (part: Partial<Wish>): void => visit.wish({ wish: { ...wish, ...part } });
  const toggle = (code: string): void =>
    change({ avoid: wish.avoid.includes(code) ? wish.avoid.filter((each) => each !== code) : [...wish.avoid, code] });
  return (
    <form class="form" onSubmit={(event) => (event.preventDefault(), visit.wait())}>
      <Choices legend={word("listening.topic")} name="topic" none={word("listening.topic_none")} chosen={wish.topic} choose={(topic) => change({ topic })}
        choices={topicCodes().map((code) => [code, topicName(code)] as const)} />
      <Choices legend={word("listening.style")} name="style" none={word("listening.style_none")} chosen={wish.style} choose={(style) => change({ style })}
        choices={STYLES.map((style) => [style, word(`listening.style_${style}`)] as const)} />
      <fieldset class="choices choices--few">
        <legend>{word("listening.avoid")}</legend>
        {avoidCodes().map((code) => (
          <label class="choice" key={code}>
            <input type="checkbox" checked={wish.avoid.includes(code)} onChange={() => toggle(code)} />
            {avoidName(code)}
          </label>
        ))}
      </fieldset>
      <Points legend={word("listening.hard")} about={word("listening.hard_about")} name="hard" chosen={howHard} choose={(points) => visit.wish({ howHard: points })} />
      <label class="choice">
        <input type="checkbox" checked={slowly} onChange={() => visit.wish({ slowly: !slowly })} />
        <span>
          {word("listening.slowly")} <span class="quiet">{word("listening.slowly_about")}</span>
        </span>
      </label>
      {visit.asked === "not_now" && <Fault text={word("listening.not_now")} />}
      {visit.asked === "blocked" && <Fault text={word("listening.draft_blocked")} />}
      <button class="button button--act" type="submit" aria-disabled={visit.asked === "asking"}>{submit}</button>
    </form>
  );
}

function Fault({ text }: { text: string }) {
  return (
    <p class="field__fault" role="alert">
      <Icon name="circle-alert" />
      {text}
    </p>
  );
}
