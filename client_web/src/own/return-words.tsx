/** Words by which someone comes back on another device: given, and shown once. */
import { useState } from "preact/hooks";
import { page } from "../page";
import type { DataKept } from "../protocol";
import { useChat } from "../views/context";
import { word } from "../words";
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
export function Shown({ words, heading: Heading = "h3" }: { words: readonly string[]; heading?: "h2" | "h3" }) {
  const [copied, setCopied] = useState<"" | "words_copied" | "words_uncopied">("");
  const text = words.join(" ");
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(() => setCopied("words_copied"), () => setCopied("words_uncopied"));
  return (
    <div class="own-words" role="group" aria-labelledby="own-words-yours">
      <Heading id="own-words-yours">{word("own.words_yours")}</Heading>
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
