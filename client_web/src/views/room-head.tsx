/** The head of a room or thread: its name and the live truth, and the way to what is beside it. */
import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import type { Channel } from "../channel";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { page } from "../page";
import { counted, word } from "../words";
import { DoorsContext, useLive, useStaff } from "./context";
import { truth } from "./truth";

interface HeadProps {
  title: string;
  open: boolean;
  toggle: () => void;
  children: ComponentChildren;
}

export function Head({ title, open, toggle, children }: HeadProps) {
  return (
    <div class="room-head">
      <a class="button button--icon room-head__back" href="/rooms" aria-label={word("room.back_to_rooms")}>
        <Icon name="arrow-left" />
      </a>
      <h1 class="room-head__title" tabIndex={-1}>{title}</h1>
      <button class="button button--icon room-head__info" type="button" aria-expanded={open} aria-label={word("room.info")} onClick={toggle}>
        <Icon name={open ? "x" : "info"} />
      </button>
      {children}
      {page.demo && <p class="room-head__truth">{word("common.demo")}</p>}
    </div>
  );
}

export function RoomTruth({ channel }: { channel: Channel }) {
  const staff = useStaff();
  const here = useLive() ? channel.here?.people : undefined;
  const known = useContext(DoorsContext).doors?.rooms[channel.id.replace(/^room:/, "")]?.people;
  const lit = staff !== null && staff.length > 0;
  return (
    <>
      <p class="room-head__truth">
        <Lamp lit={lit} />
        {truth(here ?? known ?? null, staff)}
      </p>
      {channel.slowSeconds > 0 && (
        <p class="room-head__slow">
          <Icon name="timer" />
          {every(channel.slowSeconds)}
        </p>
      )}
    </>
  );
}

function every(seconds: number): string {
  return seconds < 120 ? counted("room.slow", seconds) : counted("room.slow_minutes", Math.round(seconds / 60));
}
