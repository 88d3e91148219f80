/** Asking a supervisor, about a one-to-one or about oneself: a thread that only staff can see, and the truth about who reads it. */
import { useState } from "preact/hooks";
import { Fault } from "../console/fault";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { Composer } from "../views/composer";
import { after } from "../views/focus";
import { Log } from "../views/log";
import { useWatching } from "../views/room";
import { listed, word } from "../words";
import type { Chair } from "./chair";
import { outcomeWords } from "./outcome";
import type { Question, Talk } from "./standing";
import { Alone, Supervision } from "./supervision";
import { useChair } from "./use-chair";

const FIELD = ".listener__thread .composer__field";
const LOOK_MS = 50;
const LOOKS = 100; // five seconds; later nobody expects to be taken there

export function AskThread({ talk }: { talk: Talk }) {
  const chair = useChair();
  const [fault, setFault] = useState("");
  const { question } = chair.standing;
  const ask = async (): Promise<void> => setFault(await askNow(chair, talk.one.channel));
  return (
    <>
      {question === null && <Supervision />}
      <section class="panel listener__thread" aria-labelledby="ask">
        <h2 id="ask">{word("listener.ask_title")}</h2>
        <p class="quiet">{word("listener.ask_about")}</p>
        {question === null ? (
          <div class="acts">
            <button class="button" type="button" aria-keyshortcuts="Control+." onClick={() => void ask()}>
              <Icon name="message-square" />
              {word("listener.ask")}
              <kbd class="key" aria-hidden="true">{word("listener.ask_key")}</kbd>
            </button>
          </div>
        ) : (
          <>
            <Thread question={question} />
            {question.by === "" && <Close question={question} label={word("listener.ask_close")} />}
          </>
        )}
        <Fault text={fault} />
      </section>
    </>
  );
}

/** Asks, and goes where one writes what it is about; why it was not done, in words. */
export async function askNow(chair: Chair, channel: string): Promise<string> {
  if (chair.standing.question === null) {
    const outcome = await chair.askSupervisor(channel);
    if (outcome !== "done") return outcomeWords(outcome);
  }
  toField();
  return "";
}

/** As soon as the server has let us into the thread. */
function toField(looks = LOOKS): void {
  if (document.querySelector(FIELD)) after(FIELD);
  else if (looks > 0) setTimeout(() => toField(looks - 1), LOOK_MS);
}

/** About oneself: beside nobody's one-to-one, and there until one closes it. */
export function OwnThread() {
  const { own } = useChair().standing;
  if (own === null) return null;
  return (
    <section class="panel listener__thread" aria-labelledby="own">
      <h2 id="own" tabIndex={-1}>{word("listener.own_title")}</h2>
      <p class="quiet">{word("listener.own_about")}</p>
      <Thread question={own} />
      <Close question={own} label={word("listener.own_close")} />
    </section>
  );
}

/** I would like to talk: one press, and it needs no reason. */
export function WouldLikeToTalk() {
  const chair = useChair();
  const [fault, setFault] = useState("");
  if (chair.standing.own !== null) return null;
  const ask = async (): Promise<void> => {
    const outcome = await chair.askSupervisor(null);
    setFault(outcome === "done" ? "" : outcomeWords(outcome));
    if (outcome === "done") setTimeout(() => after("#own"), 50);
  };
  return (
    <>
      <div class="acts">
        <button class="button" type="button" onClick={() => void ask()}>
          <Icon name="message-square" />
          {word("listener.own_ask")}
        </button>
      </div>
      <Fault text={fault} />
    </>
  );
}

function Close({ question, label }: { question: Question; label: string }) {
  const chair = useChair();
  const [fault, setFault] = useState("");
  const close = async (): Promise<void> => {
    const outcome = await chair.closeAsk(question.channel);
    setFault(outcome === "done" ? "" : outcomeWords(outcome));
  };
  return (
    <>
      <div class="acts">
        <button class="button button--quiet" type="button" onClick={() => void close()}>{label}</button>
      </div>
      <Fault text={fault} />
    </>
  );
}

function Thread({ question }: { question: Question }) {
  const { chat } = useChair();
  const channel = chat.state.channels[question.channel];
  useWatching(question.channel);
  return (
    <>
      <p class="item__state" role="status">
        <Lamp lit={question.by !== "" || question.supervisors.length > 0} />
        {stands(question)}
      </p>
      {question.by === "" && question.supervisors.length === 0 && <Alone open />}
      {channel && channel.cameIn > 0 && (
        <div class="listener__talk">
          <Log channel={channel} />
          <Composer channel={channel} other={question.by || listed(question.supervisors) || word("listener.a_supervisor")} />
        </div>
      )}
    </>
  );
}

/** Nobody is promised who is not there. */
function stands({ by, supervisors, called }: Question): string {
  if (by) return word("listener.ask_answered", { name: by });
  if (supervisors.length === 0) return word(called ? "listener.ask_nobody_called" : "listener.ask_nobody");
  return word(called ? "listener.ask_called" : "listener.asked", { names: listed(supervisors) });
}
