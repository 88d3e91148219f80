/** What is so about this moderator's duty, always in sight: on only while the server says so, and loud when it is not. */
import { useContext, useState } from "preact/hooks";
import { Icon } from "../icons";
import { counted, listed, word } from "../words";
import { DialogContext, useChat } from "../views/context";
import { Dialog, useClose } from "../views/dialog";
import * as acts from "./acts";
import { untaken } from "./items";
import { PolicyNews } from "./policy-news";
import { END_MS, ASK_MS } from "./shift";
import { Strip } from "./strip";
import { outcomeWords } from "./ticket-card";
import { useStation } from "./use-station";

const LEFT_MINUTES = (END_MS - ASK_MS) / 60_000;

export function DutyBar() {
  return (
    <>
      <PartsAway />
      <PagerFails />
      <PolicyNews />
      <Duty />
      <AskedToTakeOver />
    </>
  );
}

/** What of the service is away, in plain words and with who can mend it; the gravest only. */
function PartsAway() {
  const { link, away } = useChat().state;
  const part = (["store", "keeping", "screening"] as const).find((each) => away.includes(each));
  if (link.is !== "open" || part === undefined) return null;
  return (
    <Strip kind="wait" icon={part === "screening" ? "hourglass" : "cloud-off"}>
      <div role="status">
        <p class="duty__lead">{word(`console.${part}_away`)}</p>
        <p class="duty__about">{word(`console.${part}_away_about`)}</p>
      </div>
    </Strip>
  );
}

/** Who is not here may not be reached: whoever is must know. */
function PagerFails() {
  const { desk, isCurrent } = useStation();
  if (!isCurrent || desk.pager.length === 0) return null;
  return (
    <Strip kind="wait" icon="info">
      <div role="status">
        <p class="duty__lead">{word("console.pager_fails", { routes: listed(desk.pager) })}</p>
        <p class="duty__about">{word("console.pager_fails_about")}</p>
      </div>
    </Strip>
  );
}

/** A colleague wants to go: they stay on duty until someone says yes. */
function AskedToTakeOver() {
  const station = useStation();
  const [told, tell] = useState("");
  const asking = station.isCurrent ? station.desk.passing.filter((each) => each.to === station.name) : [];
  const accept = async (by: string): Promise<void> => {
    const outcome = await acts.acceptDuty(station, by);
    tell(outcome === "done" ? "" : outcomeWords(outcome));
  };
  return (
    <>
      {asking.map(({ by }) => (
        <Strip key={by} kind="wait" icon="info">
          <p class="duty__lead" role="status">{word("console.pass_asks", { name: by })}</p>
          <button class="button button--act" type="button" onClick={() => void accept(by)}>{word("console.pass_accept")}</button>
        </Strip>
      ))}
      {told && <Strip kind="wait" icon="info"><p role="status">{told}</p></Strip>}
    </>
  );
}

function Duty() {
  const station = useStation();
  const open = useContext(DialogContext);
  const { link, away } = useChat().state;
  const mine = Object.values(station.desk.tickets).find((ticket) => ticket.taken_by === station.name);
  const end = (): void => (mine ? open(<EndDialog ticket={mine.ticket} />) : station.endDuty());
  if (link.is === "stopped") return <Stopped why={link.why} />;
  if (link.is !== "open") return <Away wanted={station.shift.wanted} />;
  if (!station.shift.wanted) return <Off />;
  if (!station.onDuty) return <Strip kind="wait"><p class="duty__lead" role="status">{word("console.duty_starting")}</p></Strip>;
  return (
    <>
      {station.isAsking && <StillThere />}
      <Strip kind="on" lit={!away.includes("store")}>
        <p class="duty__lead">{word("console.duty_on", { name: station.name })}</p>
        <div class="acts">
          <SoundButton />
          <button class="button button--quiet" type="button" onClick={end}>{word("console.duty_end")}</button>
        </div>
      </Strip>
    </>
  );
}

function Off() {
  const station = useStation();
  const others = (station.chat.state.staff ?? []).filter((each) => each !== station.name);
  return (
    <Strip kind={untaken(station.desk).length > 0 ? "off duty--needed" : "off"}>
      <div>
        <p class="duty__lead">{word("console.duty_off")}</p>
        <p class="duty__about">{others.length > 0 ? counted("console.duty_off_others", others.length) : word("console.duty_off_nobody")}</p>
      </div>
      <button class="button button--act" type="button" onClick={() => station.startDuty()}>
        <Icon name="volume-2" />
        {word("console.duty_start")}
      </button>
    </Strip>
  );
}

/** Only while someone is in a private talk with this moderator. */
function EndDialog({ ticket }: { ticket: string }) {
  const station = useStation();
  const close = useClose();
  const stay = (): void => {
    close();
    station.set({ work: { is: "thread", ticket }, tab: "needs" });
  };
  const end = (): void => {
    close();
    station.endDuty();
  };
  return (
    <Dialog title={word("console.duty_end_title")}>
      <p>{word("console.duty_end_about")}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={stay}>{word("console.open_thread")}</button>
        <button class="button" type="button" onClick={end}>{word("console.duty_end_anyway")}</button>
      </div>
    </Dialog>
  );
}

function SoundButton() {
  const station = useStation();
  const { on } = station.sound;
  return (
    <button class="button" type="button" aria-pressed={on} title={word("console.sound")} onClick={() => station.turnSound(!on)}>
      <Icon name={on ? "volume-2" : "volume-off"} />
      <span class="duty__wide">{word(on ? "console.sound_on" : "console.sound_off")}</span>
    </button>
  );
}

function StillThere() {
  const station = useStation();
  return (
    <div class="banner duty__still" role="alert">
      <Icon name="hourglass" />
      <p class="banner__lead">{word("console.still_there")}</p>
      <p>{counted("console.still_there_about", LEFT_MINUTES)}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={() => station.touch()}>{word("console.still_here")}</button>
      </div>
    </div>
  );
}

/** The line is lost: what is on screen may be old, and duty lapses until we are back. */
function Away({ wanted }: { wanted: boolean }) {
  return (
    <Strip kind="wait" icon="cloud-off">
      <div role="status">
        <p class="duty__lead">{word("console.away")}</p>
        <p class="duty__about">{word(wanted ? "console.away_duty" : "console.away_about")}</p>
      </div>
    </Strip>
  );
}

function Stopped({ why }: { why: string }) {
  return (
    <Strip kind="wait" icon="info">
      <div role="status">
        <p class="duty__lead">{word(`session.${why}_lead`)}</p>
        <p class="duty__about">{word(`session.${why}`)}</p>
      </div>
      <button class="button" type="button" onClick={() => location.reload()}>{word("session.again")}</button>
    </Strip>
  );
}
