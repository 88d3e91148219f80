/** Taking everything away: what goes, what stays, one question, and the word that it is done. */
import { useEffect, useState } from "preact/hooks";
import type { Chat } from "../chat";
import type { DataKept } from "../protocol";
import { useChat } from "../views/context";
import { after, toHeading } from "../views/focus";
import { word } from "../words";

type Stage = "" | "wipe_sure" | "wiping" | "wipe_failed";

export function WipePart({ kept, done }: { kept: DataKept; done: () => void }) {
  const chat = useChat();
  const [stage, setStage] = useState<Stage>("");
  useEffect(() => chat.listen(([, event]) => void (event.type === "wiped" && (forget(chat), done()))), [chat]);
  const wipe = async (): Promise<void> => {
    setStage("wiping");
    const reply = await chat.ask({ type: "wipe" });
    if (reply?.type !== "done") setStage("wipe_failed");
  };
  const ask = (): void => {
    setStage("wipe_sure");
    after(".own-sure h3");
  };
  return (
    <section aria-labelledby="own-wipe">
      <h2 id="own-wipe">{word("own.wipe_title")}</h2>
      <p>{word("own.wipe_about")}</p>
      <p>{word("own.wipe_stays")}</p>
      {kept.tickets.some((ticket) => ticket.until === 0) && <p>{word("own.wipe_care")}</p>}
      {stage === "wipe_sure" ? (
        <Sure wipe={() => void wipe()} keep={() => setStage("")} />
      ) : (
        <div class="acts">
          <button class="button" type="button" aria-disabled={stage === "wiping"} onClick={() => stage === "wiping" || ask()}>
            {word("own.wipe_title")}
          </button>
        </div>
      )}
      <p role="status">{(stage === "wiping" || stage === "wipe_failed") && word(`own.${stage}`)}</p>
    </section>
  );
}

/** One question, in its place: what goes and what stays is read above it. */
function Sure({ wipe, keep }: { wipe: () => void; keep: () => void }) {
  return (
    <div class="own-words own-sure" role="group" aria-labelledby="own-sure">
      <h3 id="own-sure" tabIndex={-1}>{word("own.wipe_sure")}</h3>
      <div class="acts">
        <button class="button button--act" type="button" onClick={keep}>{word("own.wipe_not")}</button>
        <button class="button" type="button" onClick={wipe}>{word("own.wipe")}</button>
      </div>
    </div>
  );
}

export function WipedPage() {
  useEffect(toHeading, []);
  return (
    <main id="main" class="page page--text text">
      <h1 tabIndex={-1}>{word("own.wiped_title")}</h1>
      <p role="status">{word("own.wiped")}</p>
      <div class="acts">
        <a class="button button--act" href="/">{word("own.wiped_on")}</a>
      </div>
    </main>
  );
}

/** On this device, too: drafts and what was not sent go with the rooms they were for. */
function forget(chat: Chat): void {
  for (const channel of Object.keys(chat.state.channels)) chat.leave(channel);
  for (const item of chat.state.outbox) chat.do({ do: "forget", clientId: item.clientId });
  for (const channel of Object.keys(chat.state.drafts)) chat.do({ do: "draft", channel, text: "" });
}
