/** Words by which someone comes back on another device: given, shown once, and typed. */
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import { page } from "../page";
import type { DataKept } from "../protocol";
import { useChat } from "../views/context";
import { word } from "../words";
import { comeBack, type Returned } from "./coming-back";
import { when } from "./when";

type Said = "" | "words_failed" | "words_forgotten";

export function ReturnWords({ kept, changed }: { kept: DataKept; changed: () => void }) {
  const chat = useChat();
  const [words, setWords] = useState<readonly string[]>([]);
  const [said, setSaid] = useState<Said>("");
  const give = async (): Promise<void> => {
    const reply = await chat.ask({ type: "give_return_words", language: page.lang });
    setSaid(reply?.type === "return_words" ? "" : "words_failed");
    if (reply?.type !== "return_words") return;
    setWords(reply.words);
    changed();
  };
  const forget = async (): Promise<void> => {
    const reply = await chat.ask({ type: "forget_return_words" });
    setSaid(reply?.type === "done" ? "words_forgotten" : "words_failed");
    setWords([]);
    changed();
  };
  const has = kept.words_until > 0;
  return (
    <section aria-labelledby="own-words">
      <h2 id="own-words">{word("own.words_title")}</h2>
      <p>{word("own.words_about")}</p>
      {has && words.length === 0 && <p>{word("own.words_have", { time: when(kept.words_until) })}</p>}
      {words.length > 0 && <Shown words={words} />}
      <div class="acts">
        <button class="button" type="button" onClick={() => void give()}>{word(has ? "own.words_anew" : "own.words_give")}</button>
        {has && <button class="button button--quiet" type="button" onClick={() => void forget()}>{word("own.words_forget")}</button>}
      </div>
      <p role="status">{said && word(`own.${said}`)}</p>
    </section>
  );
}

/** Once: they are in no place but here. */
export function Shown({ words }: { words: readonly string[] }) {
  const [copied, setCopied] = useState<"" | "words_copied" | "words_uncopied">("");
  const text = words.join(" ");
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(() => setCopied("words_copied"), () => setCopied("words_uncopied"));
  return (
    <div class="own-words" role="group" aria-labelledby="own-words-yours">
      <h3 id="own-words-yours">{word("own.words_yours")}</h3>
      <p class="own-words__words" translate={false}><bdi>{text}</bdi></p>
      <p>{word("own.words_once")}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={copy}>{word("own.words_copy")}</button>
        <button class="button" type="button" onClick={() => print()}>{word("own.words_print")}</button>
      </div>
      <p role="status">{copied && word(`own.${copied}`)}</p>
    </div>
  );
}

/** On the other device. */
export function ComeBack() {
  const [typed, setTyped] = useState("");
  const [answer, setAnswer] = useState<Returned | null>(null);
  const send = async (): Promise<void> => setAnswer(await comeBack(typed));
  if (answer?.is === "back")
    return (
      <section>
        <h2>{word("own.words_title")}</h2>
        <p role="status">{word("own.return_back")}</p>
        <Shown words={answer.words} />
        <div class="acts">
          <button class="button button--act" type="button" onClick={() => location.assign("/rooms")}>{word("own.return_on")}</button>
        </div>
      </section>
    );
  return (
    <details class="fold">
      <summary><Icon name="chevron-right" />{word("own.return_title")}</summary>
      <form class="form fold__inside" onSubmit={(event) => (event.preventDefault(), void (typed.trim() && send()))}>
        <div class="field">
          <label for="own-return">{word("own.return_field")}</label>
          <p class="field__hint" id="own-return-hint">{word("own.return_about")}</p>
          <textarea class="input" id="own-return" rows={2} maxLength={300} autocomplete="off" autocapitalize="none" spellcheck={false}
            aria-describedby="own-return-hint" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        </div>
        {answer && <p class="field__fault" role="alert"><Icon name="circle-alert" />{word(`own.${FAULTS[answer.is]}`)}</p>}
        <div class="acts">
          <button class="button" type="submit" aria-disabled={typed.trim() === ""}>{word("own.return_send")}</button>
        </div>
      </form>
    </details>
  );
}

const FAULTS = { wrong: "return_wrong", wait: "return_wait", failed: "words_failed" } as const;
