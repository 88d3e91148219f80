/** A room from inside: the rooms, the talk, and what is beside it. */
import { useEffect, useState } from "preact/hooks";
import type { Because, Channel } from "../channel";
import { roomOf, type Room } from "../page";
import type { State } from "../state";
import { clockTime, counted, word, wordIfAny } from "../words";
import { BeforeWriting } from "./before-writing";
import { useChat, useNow, useWholeWindow, useWide } from "./context";
import { Conversation } from "./conversation";
import { Notice } from "./notice";
import { PreviewPage } from "./preview";
import { Head, RoomTruth } from "./room-head";
import { RoomColumn } from "./room-list";
import { Side } from "./side";
import { CardPlace } from "./card-place";

const UNTIL_MS = 15_000;

export function RoomPage({ id }: { id: string }) {
  const chat = useChat();
  const room = roomOf(id);
  const channel = chat.state.channels[`room:${id}`];
  if (!room) return <Notice title={word("room.unknown_title")} text={word("room.refused_no_room")} way="/rooms" label={word("room.back_to_rooms")} />;
  if (!channel || (channel.cameIn === 0 && withoutCookies(chat.state))) return <PreviewPage room={room} />;
  if (channel.entering.is === "refused") return <Refused channel={channel} {...channel.entering} />;
  return <Inside room={room} channel={channel} />;
}

/** Such a browser can look in and get help, and is told so. */
function withoutCookies({ link }: State): boolean {
  return link.is === "stopped" && link.why === "no_session";
}

function Inside({ room, channel }: { room: Room; channel: Channel }) {
  const [side, setSide] = useState(false);
  const wide = useWide();
  useWholeWindow();
  useWatching(channel.id);
  const beside = wide || side;
  return (
    <main id="main" class={`room ${side && !wide ? "room--side" : ""}`}>
      {wide && <RoomColumn current={room.id} />}
      <section class="room__main" aria-label={room.name}>
        <Head title={room.name} open={side} toggle={() => setSide(!side)}>
          <RoomTruth channel={channel} />
        </Head>
        {(wide || !side) && (
          <Conversation channel={channel} card={!wide}>
            <BeforeWriting channel={channel} />
          </Conversation>
        )}
      </section>
      {beside && (
        <aside class="room__side" aria-label={word("room.beside")}>
          {wide && <CardPlace channel={channel.id} flow={false} />}
          <Side channel={channel} />
        </aside>
      )}
    </main>
  );
}

/** Its new messages count as read while it is on screen and the page is looked at. */
export function useWatching(channel: string): void {
  const chat = useChat();
  useEffect(() => {
    const look = (): void => chat.do({ do: "watch", channel: document.hidden ? null : channel });
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      chat.do({ do: "watch", channel: null });
    };
  }, [chat, channel]);
}

function Refused({ channel, code, until, because }: { channel: Channel; code: string; until?: number; because?: Because }) {
  const chat = useChat();
  const time = useNow(UNTIL_MS);
  if (code === "removed" && until) {
    const over = until <= time;
    const text = over ? word("room.removed_over") : word("room.removed_until", { time: clockTime(until, time) });
    return (
      <Notice title={word(over ? "room.removed_over_title" : "room.refused_title")} text={text} way="/rooms" label={word("room.back_to_rooms")}
        more={because && [wordIfAny(`composer.muted_${because.reason}`), because.note ? word("room.removed_note", { note: because.note }) : null]}>
        {over && <button class="button" type="button" onClick={() => void chat.join(channel.id)}>{word("room.come_in")}</button>}
      </Notice>
    );
  }
  const full = counted("room.refused_limit", chat.state.limits.rooms);
  const text = code === "limit" ? full : (wordIfAny(`room.refused_${code}`) ?? word("room.refused_other"));
  return (
    <Notice title={word("room.refused_title")} text={text} way="/rooms" label={word("room.back_to_rooms")}>
      {code === "limit" && (
        <button class="button" type="button" onClick={() => chat.leave(channel.id)}>{word("room.preview_again")}</button>
      )}
    </Notice>
  );
}
