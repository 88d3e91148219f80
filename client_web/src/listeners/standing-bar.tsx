/** What is so about this listener, always in sight, with the one press to a break. A break is granted and never asked about. */
import type { ComponentChildren } from "preact";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import type { Availability, Duties } from "../protocol";
import { useChat, useNow } from "../views/context";
import { clockTime, word, wordIfAny } from "../words";
import { clock } from "../console/ages";
import { outcomeWords } from "./outcome";
import { useChair } from "./use-chair";

export function StandingBar() {
  const chair = useChair();
  const { link } = useChat().state;
  const { duties } = chair.standing;
  if (link.is === "stopped") return <Strip icon="info" lead={word(`session.${link.why}_lead`)} about={word(`session.${link.why}`)} />;
  if (!chair.isCurrent) return <Strip icon="cloud-off" lead={word("listener.away")} about={word("listener.away_about")} />;
  return duties === null ? <Strip lead={word("listener.state_off")} about={word("listener.state_off_about")}><Start /></Strip> : <Mine duties={duties} />;
}

/** While wrap-up runs its time is counted; the seconds are for the eye alone. */
function Mine({ duties }: { duties: Duties }) {
  const { state, until } = duties;
  const time = useNow(state === "wrap_up" ? 1_000 : 30_000);
  const left = state === "wrap_up" ? ` ${clock(until - time)}` : "";
  return (
    <Strip lit={state === "available" || state === "offered"} lead={word(`listener.state_${state}`) + left} about={about(duties, time)}>
      <Availabilities duties={duties} />
    </Strip>
  );
}

function about({ state, shift_ends }: Duties, time: number): string {
  if (state === "available" && shift_ends > time) return word("listener.state_available_about", { time: clockTime(shift_ends, time) });
  return wordIfAny(`listener.state_${state}_about`) ?? "";
}

function Availabilities({ duties }: { duties: Duties }) {
  const { state } = duties;
  const ready = state === "available" || state === "offered" || state === "wrap_up" || state === "limit";
  return (
    <>
      <SoundButton />
      {ready ? <Say availability="break" /> : state === "in_session" ? <Say availability="break" as="break_after" /> : <Start />}
      {state !== "off" && <Say availability="off" />}
    </>
  );
}

/** From a touch, so that the browser lets the page sound; not before the training that is due. */
function Start() {
  const chair = useChair();
  const again = chair.standing.duties?.state === "break";
  if (chair.standing.training?.due) return null;
  const press = async (): Promise<void> => {
    const outcome = await chair.listen("available");
    if (outcome !== "done") chair.say(outcomeWords(outcome));
  };
  return (
    <button class="button button--act" type="button" onClick={() => void press()}>
      <Icon name="volume-2" />
      {word(again ? "listener.start_again" : "listener.start")}
    </button>
  );
}

function Say({ availability, as = availability }: { availability: Availability; as?: string }) {
  const chair = useChair();
  const press = async (): Promise<void> => {
    const outcome = await chair.listen(availability);
    chair.say(outcome === "done" ? word(`listener.said_${as}`) : outcomeWords(outcome));
  };
  return (
    <button class="button button--quiet" type="button" onClick={() => void press()}>{word(`listener.say_${as}`)}</button>
  );
}

function SoundButton() {
  const chair = useChair();
  const { on } = chair.sound;
  return (
    <button class="button" type="button" aria-pressed={on} title={word("listener.sound")} onClick={() => chair.turnSound(!on)}>
      <Icon name={on ? "volume-2" : "volume-off"} />
      <span class="duty__wide">{word(on ? "console.sound_on" : "console.sound_off")}</span>
    </button>
  );
}

interface StripProps {
  lead: string;
  about: string;
  lit?: boolean;
  icon?: "cloud-off" | "info";
  children?: ComponentChildren;
}

function Strip({ lead, about: more, lit = false, icon, children }: StripProps) {
  return (
    <div class={`duty ${icon ? "duty--wait" : lit ? "duty--on" : "duty--rest"}`}>
      {icon ? <Icon name={icon} /> : <Lamp lit={lit} />}
      <div>
        <p class="duty__lead">{lead}</p>
        {more && <p class="duty__about">{more}</p>}
      </div>
      {children && <div class="acts">{children}</div>}
    </div>
  );
}
