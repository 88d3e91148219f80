/** "Get help now" as a whole view: a person here where one is on duty, lines outside always, and the next hour. */
import type { ComponentChildren } from "preact";
import { goesOut } from "../delivery";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { closeHelp, goToThread } from "../route";
import { counted, word } from "../words";
import { useChat, useStaff } from "./context";
import { HelpLines } from "./help-lines";

const STEPS = [1, 2, 3, 4, 5, 6];

/** `channel`: the room in which help was pressed, so that a moderator knows where to look. */
export function HelpView({ channel, back }: { channel: string | null; back: string }) {
  return (
    <div class="page page--text help">
      <h1 tabIndex={-1}>{word("help.title")}</h1>
      <Team channel={channel} />
      <HelpLines />
      <section class="text">
        <h2>{word("help.hour")}</h2>
        <NextHour />
      </section>
      <div class="acts">
        <button class="button" type="button" onClick={closeHelp}>
          <Icon name="arrow-left" />
          {back}
        </button>
        <a href="/help">{word("help.sources")}</a>
      </div>
    </div>
  );
}

/** Our own team: who is here, and what has become of asking them. Nothing is said that is not so. */
function Team({ channel }: { channel: string | null }) {
  const staff = useStaff();
  const here = staff !== null && staff.length > 0;
  return (
    <section class="team" aria-label={word("help.team")}>
      <p class="team__truth">
        <Lamp lit={here} />
        {staff === null ? word("help.staff_unknown") : here ? counted("help.staff_here", staff.length) : word("help.nobody")}
      </p>
      <Asking channel={channel} ask={here ? "help.ask" : "help.leave_word"} />
    </section>
  );
}

/** Ask a person of the team, and how far that has come; `ask` is the key of the words on the button. */
export function Asking({ channel, ask }: { channel: string | null; ask: string }) {
  const chat = useChat();
  const staff = useStaff();
  const { help, threads } = chat.state;
  const thread = threads.find((each) => each.is === "open" && (!help?.ticket || help.ticket === each.ticket));
  if (thread) return <Joining name={thread.name} ticket={thread.ticket} />;
  if (help === null)
    return (
      <button class={`button ${staff?.length ? "button--act" : ""}`} type="button" onClick={() => chat.askForHelp(channel)}>
        {word(ask)}
      </button>
    );
  if (help.is === "received" && help.nobody) return <Told>{word("help.nobody_here")}</Told>;
  if (help.is === "received") return <Told>{word(staff?.length ? "help.received" : "help.kept_nobody")}</Told>;
  return <Told>{word(goesOut(chat.state) && !help.late ? "help.sending" : "help.not_yet_sent")}</Told>;
}

function Joining({ name, ticket }: { name: string; ticket: string }) {
  return (
    <>
      <Told>{name ? word("help.accepted", { name }) : word("help.accepted_team")}</Told>
      <button class="button button--act" type="button" onClick={() => goToThread(ticket)}>{word("help.open_thread")}</button>
    </>
  );
}

function Told({ children }: { children: ComponentChildren }) {
  return <p class="team__told" role="status">{children}</p>;
}

export function NextHour() {
  return (
    <ol class="hour">
      {STEPS.map((step) => (
        <li key={step}>{word(`help.hour_${step}`)}</li>
      ))}
    </ol>
  );
}
