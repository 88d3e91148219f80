/** What differs here right now: one at a time, worst first, and not to be closed while it is true. */
import type { ComponentChildren } from "preact";
import type { Channel } from "../channel";
import { OVERLOADED } from "../closing";
import type { Link } from "../connection";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { isThread } from "../mine";
import { word } from "../words";
import { useAway, useChat, useStaff } from "./context";

/** Lost for a moment is not worth a word; the second try is. */
const TRIES = 1;

export function Banners({ channel }: { channel: Channel }) {
  const { link, away } = useChat().state;
  const staff = useStaff();
  if (link.is === "stopped") return <Stopped why={link.why} />;
  if (turnedAway(link)) return channel.cameIn === 0 ? <Door part="store" /> : <Away part="store" />;
  if (bannered(link)) return <Offline />;
  if (away.includes("store")) return <Away part="store" />;
  if (away.includes("keeping")) return <Away part="keeping" />;
  if (isThread(channel)) return null; // there someone is here, and nothing is held
  if (away.includes("screening")) return <Screening nobody={staff?.length === 0} />;
  if (staff?.length === 0) return <Nobody />;
  if (channel.open === "closed") return <Banner icon={<Icon name="lock" />} lead={word("room.closed")} />;
  return null;
}

/** On pages where nothing is written: said before anyone goes in. */
export function AwayNotice() {
  const away = useAway();
  const part = away.includes("store") ? "store" : away.includes("keeping") ? "keeping" : null;
  return part && <Door part={part} />;
}

export function bannered(link: Link): boolean {
  return link.is === "connecting" && (!navigator.onLine || link.tries > TRIES || turnedAway(link));
}

/** Reached, and not let in: the store is away, or there are too many of us at once. */
export function turnedAway(link: Link): boolean {
  return link.is === "connecting" && link.code === OVERLOADED && navigator.onLine;
}

function Door({ part }: { part: "store" | "keeping" }) {
  return (
    <Banner wait icon={<Icon name="cloud-off" />} lead={word(`away.${part}_lead`)}>
      <p>{word("away.door")}</p>
    </Banner>
  );
}

function Away({ part }: { part: "store" | "keeping" }) {
  return (
    <Banner wait icon={<Icon name="cloud-off" />} lead={word(`away.${part}_lead`)}>
      <p>{word(`away.${part}`)}</p>
    </Banner>
  );
}

function Screening({ nobody }: { nobody: boolean }) {
  return (
    <Banner wait icon={<Icon name="hourglass" />} lead={word("away.screening_lead")}>
      <p>{word(nobody ? "away.screening_nobody" : "away.screening")}</p>
    </Banner>
  );
}

function Offline() {
  return (
    <Banner wait icon={<Icon name="cloud-off" />} lead={word(navigator.onLine ? "session.unreachable_lead" : "common.offline_lead")}>
      <p>{word(navigator.onLine ? "session.unreachable" : "common.offline")}</p>
    </Banner>
  );
}

function Nobody() {
  return (
    <Banner icon={<Lamp lit={false} />} lead={word("room.nobody_lead")}>
      <p>{word("room.nobody")}</p>
    </Banner>
  );
}

const AGAIN = new Set(["replaced", "fault", "version", "signed_out"]);

function Stopped({ why }: { why: string }) {
  const chat = useChat();
  return (
    <Banner wait icon={<Icon name="info" />} lead={word(`session.${why}_lead`)}>
      <p>{word(`session.${why}`)}</p>
      {AGAIN.has(why) && (
        <div class="acts">
          <button class="button" type="button" onClick={() => (why === "version" ? location.reload() : void chat.open())}>
            {word("session.again")}
          </button>
        </div>
      )}
    </Banner>
  );
}

interface BannerProps {
  icon: ComponentChildren;
  lead: string;
  wait?: boolean;
  children?: ComponentChildren;
}

function Banner({ icon, lead, wait = false, children }: BannerProps) {
  return (
    <div class={`banner ${wait ? "banner--wait" : ""}`} role="status">
      {icon}
      <p class="banner__lead">{lead}</p>
      {children}
    </div>
  );
}
