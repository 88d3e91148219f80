/** On the other device: return words are typed, and open once. It asks for no person of its own before that. */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../icons";
import { toHeading } from "../views/focus";
import { word } from "../words";
import { comeBack, type Returned } from "./coming-back";
import { Shown } from "./return-words";

const FAULTS = { wrong: "return_wrong", wait: "return_wait", failed: "words_failed" } as const;

export function BackPage() {
  const [words, setWords] = useState<readonly string[] | null>(null);
  useEffect(() => void (words && toHeading()), [words]);
  return (
    <main id="main" class="page page--text text">
      <a class="button button--quiet page__back" href="/">
        <Icon name="arrow-left" />
        {word("room.back_to_doors")}
      </a>
      <h1 tabIndex={-1}>{word(words ? "own.return_here" : "own.return_title")}</h1>
      {words ? <Next words={words} /> : <Typing back={setWords} />}
    </main>
  );
}

function Typing({ back }: { back: (words: readonly string[]) => void }) {
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<keyof typeof FAULTS | null>(null);
  const send = async (): Promise<void> => {
    const answer: Returned = await comeBack(typed);
    if (answer.is === "back") back(answer.words);
    else setFault(answer.is);
  };
  return (
    <form class="form" onSubmit={(event) => (event.preventDefault(), void (typed.trim() && send()))}>
      <div class="field">
        <label for="own-return">{word("own.return_field")}</label>
        <p class="field__hint" id="own-return-hint">{word("own.return_about")}</p>
        <textarea class="input" id="own-return" rows={2} maxLength={300} autocomplete="off" autocapitalize="none" spellcheck={false}
          aria-describedby="own-return-hint" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </div>
      {fault && <p class="field__fault" role="alert"><Icon name="circle-alert" />{word(`own.${FAULTS[fault]}`)}</p>}
      <div class="acts">
        <button class="button button--act" type="submit" aria-disabled={typed.trim() === ""}>{word("own.return_send")}</button>
      </div>
    </form>
  );
}

/** Loaded anew from here: whoever this page was before, it is someone else now. */
function Next({ words }: { words: readonly string[] }) {
  return (
    <>
      <p role="status">{word("own.return_back")}</p>
      <Shown words={words} heading="h2" />
      <div class="acts">
        <button class="button button--act" type="button" onClick={() => location.assign("/rooms")}>{word("own.return_on")}</button>
      </div>
    </>
  );
}
