/** What differs here right now: one at a time, worst first, and not to be closed while it is true. */
import type { ComponentChildren } from "preact";
import type { Channel } from "../channel";
import type { Link } from "../connection";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { word } from "../words";
import { useChat, useStaff } from "./context";

/** Lost for a moment is not worth a word; the second try is. */
const TRIES = 1;

export function Banners({ channel }: { channel: Channel }) {
  const chat = useChat();
  const staff = useStaff();
  const { link } = chat.state;
  if (link.is === "stopped") return <Stopped why={link.why} />;
  if (bannered(link)) return <Offline />;
  if (staff?.length === 0) return <Nobody />;
  if (channel.open === "closed") return <Banner icon={<Icon name="lock" />} lead={word("room.closed")} />;
  return null;
}

export function bannered(link: Link): boolean {
  return link.is === "connecting" && (!navigator.onLine || link.tries > TRIES);
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
