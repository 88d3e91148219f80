/** What differs here right now: one at a time, worst first, and not to be closed while it is true. */
import type { ComponentChildren } from "preact";
import type { Channel } from "../channel";
import { OVERLOADED } from "../closing";
import type { Link } from "../connection";
import { Lamp } from "../drawings";
import { Icon, type IconName } from "../icons";
import { isThread } from "../mine";
import type { Part } from "../protocol";
import { word } from "../words";
import { useAway, useChat, useStaff } from "./context";

/** Lost for a moment is not worth a word; the second try is. */
const TRIES = 1;

export function Banners({ channel }: { channel: Channel }) {
  const { away } = useChat().state;
  const staff = useStaff();
  const line = useLineBanner(channel.cameIn > 0);
  if (line || isThread(channel)) return line; // in private someone is here, and nothing is held
  const nobody = staff?.length === 0;
  if (away.includes("screening"))
    return <Wait icon="hourglass" lead="away.screening_lead" text={nobody ? "away.screening_nobody" : "away.screening"} />;
  if (nobody)
    return (
      <Banner icon={<Lamp lit={false} />} lead={word("room.nobody_lead")}>
        <p>{word("room.nobody")}</p>
      </Banner>
    );
  return channel.open === "closed" ? <Banner icon={<Icon name="lock" />} lead={word("room.closed")} /> : null;
}

/** What is wrong between us and the server, or behind it. */
export function useLineBanner(inside: boolean): ComponentChildren {
  const { link, away } = useChat().state;
  if (link.is === "stopped") return <Stopped why={link.why} />;
  if (turnedAway(link)) return <Wait lead="away.store_lead" text={inside ? "away.store" : "away.door"} />;
  if (bannered(link)) {
    const why = navigator.onLine ? "session.unreachable" : "common.offline";
    return <Wait lead={`${why}_lead`} text={why} />;
  }
  const part = gravest(away);
  return part ? <Wait lead={`away.${part}_lead`} text={`away.${part}`} /> : null;
}

/** On pages where nothing is written: said before anyone goes in. */
export function AwayNotice() {
  const part = gravest(useAway());
  return part && <Wait lead={`away.${part}_lead`} text="away.door" />;
}

export function bannered(link: Link): boolean {
  return link.is === "connecting" && (!navigator.onLine || link.tries > TRIES || turnedAway(link));
}

/** Reached, and not let in: the store is away, or there are too many of us at once. */
export function turnedAway(link: Link): boolean {
  return link.is === "connecting" && link.code === OVERLOADED && navigator.onLine;
}

/** Without it nothing that is written can be kept. */
function gravest(away: readonly Part[]): Part | null {
  return away.find((part) => part === "store" || part === "keeping") ?? null;
}

/** `lead` and `text` are keys of the words. */
function Wait({ icon = "cloud-off", lead, text }: { icon?: IconName; lead: string; text: string }) {
  return (
    <Banner wait icon={<Icon name={icon} />} lead={word(lead)}>
      <p>{word(text)}</p>
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
