/** Where the private help card stands, if there is one, and the word that someone is joining. */
import { goToThread } from "../route";
import { word } from "../words";
import { useChat } from "./context";
import { HelpCard } from "./help-card";

export function CardPlace({ channel, flow }: { channel: string; flow: boolean }) {
  const chat = useChat();
  const card = chat.state.cards.findLast((each) => !each.closed && (each.channel === channel || each.channel === null));
  const thread = chat.state.threads.findLast((each) => each.is === "open");
  return (
    <>
      {thread && !card && (
        <div class="joining" role="status">
          <p>{word("room.joining", { name: thread.name })}</p>
          <button class="button button--act" type="button" onClick={() => goToThread(thread.ticket)}>
            {word("room.to_thread")}
          </button>
        </div>
      )}
      {card && <HelpCard card={card} flow={flow} />}
    </>
  );
}
