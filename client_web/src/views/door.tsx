/** The first page: what this is, one question where the operator asks it, and the doors with the truth behind them. */
import { useContext } from "preact/hooks";
import { now } from "../clock";
import { country } from "../country";
import { Drawing } from "../drawings";
import { nearest } from "../lines";
import { page } from "../page";
import { goToListener, openHelp } from "../route";
import { counted, word } from "../words";
import { AgeQuestion, mayEnter, UnderAge } from "./age";
import { AwayNotice } from "./banners";
import { DoorsContext, useBehind, useChat } from "./context";
import { ThemeChoice } from "./theme-choice";
import { listeners, truth } from "./truth";

export function DoorPage() {
  const { age } = useChat();
  const asks = page.age_question && age === null;
  return (
    <div class="page">
      <div>
        <h1 tabIndex={-1}>{word("door.title")}</h1>
        <p class="page__lead">{word("door.lead")}</p>
      </div>
      <AwayNotice />
      {asks && <AgeQuestion />}
      {age !== null && !mayEnter(age) && <UnderAge />}
      <div class="doors">
        {!asks && mayEnter(age) && <RoomDoor />}
        {!asks && mayEnter(age) && page.one_listener && <ListenerDoor />}
        <HelpDoor />
      </div>
      {mayEnter(age) && <a class="button" href="/back">{word("door.back")}</a>}
      <Foot />
    </div>
  );
}

function RoomDoor() {
  const { doors } = useContext(DoorsContext);
  const people = doors && Object.values(doors.rooms).reduce((sum, room) => sum + room.people, 0);
  const lit = doors !== null && doors.staff.length > 0;
  return (
    <a class={`door ${lit ? "is-lit" : "is-dark"}`} href="/rooms">
      <Drawing of="room" lit={lit} />
      <span class="door__words">
        <span class="door__name">{word("door.room")}</span>
        <span class="door__about">{word("door.room_about")}</span>
        <span class="door__truth">{doors ? truth(people, doors.staff) : word("door.unknown")}</span>
      </span>
    </a>
  );
}

/** Told by heartbeat, before anything is typed. */
function ListenerDoor() {
  const behind = useBehind();
  const lit = behind !== undefined && behind.listeners > 0;
  return (
    <button class={`door ${lit ? "is-lit" : "is-dark"}`} type="button" onClick={goToListener}>
      <Drawing of="listener" lit={lit} />
      <span class="door__words">
        <span class="door__name">{word("door.listener")}</span>
        <span class="door__about">{word("door.listener_about")}</span>
        <span class="door__truth">{behind ? listeners(behind) : word("door.unknown")}</span>
      </span>
    </button>
  );
}

function HelpDoor() {
  const open = (event: MouseEvent): void => {
    event.preventDefault();
    openHelp();
  };
  return (
    <a class="door is-lit" href="/help" onClick={open}>
      <Drawing of="help" lit />
      <span class="door__words">
        <span class="door__name">{word("door.help")}</span>
        <span class="door__about">{word("door.help_about")}</span>
        <span class="door__truth">{openLines()}</span>
      </span>
    </a>
  );
}

/** How many lines of the country that was chosen are open, where that is known. */
function openLines(): string {
  const { country: known, first, more } = nearest(page.lines, country(), page.lang, new Date(now()));
  const open = [...first, ...more].filter(({ line, state }) => state === "open" && known?.lines?.includes(line));
  return open.length > 0 ? counted("door.help_open", open.length) : word("door.help_unknown");
}

function Foot() {
  return (
    <footer class="page__foot">
      <a href="/privacy">{word("door.who_reads")}</a>
      <a href="/rooms">{word("door.preview")}</a>
      <a href="/status">{word("door.status")}</a>
      <p>
        {page.operator && `${word("common.run_by", { operator: page.operator })} `}
        {word("common.not_emergency")} {word("common.quick_exit_hint")}
      </p>
      <ThemeChoice />
    </footer>
  );
}
