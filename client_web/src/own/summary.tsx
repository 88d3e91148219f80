/** A few words of one's own for the next listener: read here as they will be read there, and shared only by consent. */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../icons";
import type { DataKept } from "../protocol";
import { useChat } from "../views/context";
import { word } from "../words";

type Said = "" | "summary_kept" | "summary_gone" | "summary_blocked" | "words_failed";

export function Summary({ kept, changed }: { kept: DataKept; changed: () => void }) {
  const chat = useChat();
  const [text, setText] = useState(kept.summary);
  const [share, setShare] = useState(kept.shares);
  const [said, setSaid] = useState<Said>("");
  useEffect(() => setText(kept.summary), [kept.summary]); // as it is kept, and will be read: what gives someone away may be masked
  const keep = async (): Promise<void> => {
    const reply = await chat.ask({ type: "keep_summary", text: text.trim(), share });
    if (reply?.type === "done") setSaid(text.trim() ? "summary_kept" : "summary_gone");
    else setSaid(reply?.type === "refused" && reply.code === "blocked" ? "summary_blocked" : "words_failed");
    changed();
  };
  return (
    <section aria-labelledby="own-summary">
      <h2 id="own-summary">{word("own.summary_title")}</h2>
      <p>{word("own.summary_about")}</p>
      {kept.words_until === 0 ? (
        <p class="quiet">{word("own.summary_needs")}</p>
      ) : (
        <form class="form" onSubmit={(event) => (event.preventDefault(), void keep())}>
          <div class="field">
            <label for="own-summary-text">{word("own.summary_field")}</label>
            <textarea class="input" id="own-summary-text" rows={4} maxLength={1_000} dir="auto" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </div>
          <label class="choice">
            <input type="checkbox" checked={share} onChange={(event) => setShare(event.currentTarget.checked)} />
            {word("own.summary_share")}
          </label>
          <p role={said === "summary_blocked" || said === "words_failed" ? "alert" : "status"}>
            {said === "summary_blocked" && <Icon name="circle-alert" />}
            {said && word(`own.${said}`)}
          </p>
          <div class="acts">
            <button class="button" type="submit">{word("own.summary_keep")}</button>
          </div>
        </form>
      )}
    </section>
  );
}
