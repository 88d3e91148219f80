/** A private talk with someone of the team. */
import { useState } from "preact/hooks";
import type { Channel } from "../channel";
import type { Thread } from "../state";
import { Lamp } from "../drawings";
import { word } from "../words";
import { useChat, useWholeWindow, useWide } from "./context";
import { Conversation } from "./conversation";
import { Notice } from "./notice";
import { Head } from "./room-head";
import { useLater } from "./later";
import { RoomColumn } from "./room-list";
import { useWatching } from "./room";
import { Side } from "./side";

const HEADS: Readonly<Record<Thread["is"], string>> = {
  open: "later.thread_about",
  asked: "later.thread_asked",
  over: "room.thread_over_title",
};

export function ThreadPage({ ticket }: { ticket: string }) {
  const { threads, channels } = useChat().state;
  const thread = threads.find((each) => each.ticket === ticket);
  const channel = channels[`ticket:${ticket}`];
  if (!thread || !channel || channel.entering.is === "refused")
    return <Notice title={word("room.thread_over_title")} text={word("room.thread_over")} way="/rooms" label={word("room.back_to_rooms")} />;
  return <Inside thread={thread} channel={channel} />;
}

/** One tap, at any time while the talk is open. */
function Safe() {
  const chat = useChat();
  const later = useLater();
  const tell = (): void =>
    later(async () => {
      const [{ SafeDialog }, answer] = await Promise.all([import("../later/safe"), chat.ask({ type: "safe" })]);
      return <SafeDialog answer={answer} />;
    });
  return <button class="button room-head__act" type="button" onClick={tell}>{word("later.thread_safe")}</button>;
}

function Inside({ thread, channel }: { thread: Thread; channel: Channel }) {
  const [side, setSide] = useState(false);
  const wide = useWide();
  useWholeWindow();
  useWatching(channel.id);
  const title = thread.name ? word("room.thread", { name: thread.name }) : word("room.thread_team");
  return (
    <main id="main" class={`room ${side && !wide ? "room--side" : ""}`}>
      {wide && <RoomColumn current={thread.ticket} />}
      <section class="room__main" aria-label={title}>
        <Head title={title} open={side} toggle={() => setSide(!side)}>
          <p class="room-head__truth">
            <Lamp lit={thread.is === "open"} />
            {word(HEADS[thread.is])}
          </p>
          {thread.is !== "over" && <Safe />}
        </Head>
        {(wide || !side) && <Conversation channel={channel} card={false} />}
      </section>
      {(wide || side) && (
        <aside class="room__side" aria-label={word("room.beside")}>
          <Side channel={channel} />
        </aside>
      )}
    </main>
  );
}
