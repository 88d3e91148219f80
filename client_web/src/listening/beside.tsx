/** What goes on with a listener while another view is open: said under the bar, with the way there. */
import type { Chat } from "../chat";
import "../styles/listening.css";
import { goToListener } from "../route";
import { learn, word } from "../words";
import { endedTitle } from "./ended-words";
import { useVisit } from "./use-visit";
import { visitOf } from "./visit";

const AGAIN_MS = 5_000;

/** This tab has to do with one-to-ones: from now on it says so, whatever is on screen. */
export function attend(chat: Chat): void {
  visitOf(chat);
  if (chat.beside) return;
  learn().then(
    () => {
      chat.beside = () => <Beside />;
      chat.show();
    },
    () => setTimeout(() => attend(chat), AGAIN_MS),
  );
}

function Beside() {
  const { talk, place, ended } = useVisit().standing;
  if (talk) return <Strip lit text={word("listening.strip_here", { name: talk.one.name })} go={word("listening.strip_go", { name: talk.one.name })} />;
  if (place) return <Strip text={word("listening.strip_waiting")} go={word("listening.strip_back")} />;
  return ended && <Strip text={endedTitle(ended)} go={word("listening.strip_more")} />;
}

function Strip({ text, go, lit = false }: { text: string; go: string; lit?: boolean }) {
  return (
    <div class={`beside ${lit ? "is-lit" : ""}`} role="status">
      <p>{text}</p>
      <button class={lit ? "button button--act" : "button"} type="button" onClick={goToListener}>{go}</button>
    </div>
  );
}
