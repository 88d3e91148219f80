/** Everything that is kept, line by line, each with its time. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { roomOf } from "../page";
import type { DataKept, KeptOne, KeptRoom } from "../protocol";
import { useChat } from "../views/context";
import { useLater } from "../views/later";
import { counted, word } from "../words";
import { read, save, written } from "./transcript";
import { when } from "./when";

export function KeptList({ kept }: { kept: DataKept }) {
  const until = (ms: number): string => word("own.until", { time: when(ms) });
  return (
    <dl>
      <Line what={word("own.person")}>{word("own.person_for", { time: when(kept.until) })}</Line>
      {kept.age && <Line what={word("own.age")}>{until(kept.until)}</Line>}
      <Line what={counted("own.sign_ins", kept.sign_ins)}>{until(kept.until)}</Line>
      {kept.rooms.map((room) => <RoomLine key={room.channel} room={room} />)}
      {kept.ones.map((one) => <OneLine key={one.channel} one={one} />)}
      {kept.waits && <Line what={word("own.waits")} />}
      {kept.tickets.map((ticket) => (
        <Line key={ticket.since} what={word("own.ticket")}>{ticket.until ? until(ticket.until) : word("own.ticket_open")}</Line>
      ))}
      {kept.sanctions.map(({ channel, until: end }) => (
        <Line key={channel ?? ""} what={channel ? word("own.sanction", { room: named(channel) }) : word("own.sanction_all")}>{until(end)}</Line>
      ))}
      <Line what={counted("own.blocks", kept.blocks)}>
        <Blocks />
      </Line>
      {kept.reports > 0 && <Line what={counted("own.reports", kept.reports)} />}
      {kept.feedback > 0 && <Line what={word("own.feedback")} />}
      {kept.told > 0 && <Line what={counted("own.told", kept.told)}>{until(kept.told_until)}</Line>}
    </dl>
  );
}

function Line({ what, children }: { what: ComponentChildren; children?: ComponentChildren }) {
  return (
    <>
      <dt>{what}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Blocks() {
  const later = useLater();
  const press = (): void =>
    later(async () => {
      const { BlocksDialog } = await import("../later/blocks");
      return <BlocksDialog />;
    });
  return (
    <button class="button button--quiet" type="button" onClick={press}>
      {word("later.blocks_list")}
    </button>
  );
}

function RoomLine({ room }: { room: KeptRoom }) {
  const title = named(room.channel);
  const said = room.messages > 0 ? counted("own.room_messages", room.messages, { time: when(room.until) }) : word("own.room_nothing");
  return (
    <Line what={room.handle ? word("own.room_name", { room: title, handle: room.handle }) : word("own.room_other", { room: title })}>
      {said}
      {room.held > 0 && `; ${counted("own.room_held", room.held)}`}
    </Line>
  );
}

function OneLine({ one }: { one: KeptOne }) {
  const chat = useChat();
  const [told, setTold] = useState<"" | "one_saved" | "one_failed">("");
  const copy = async (): Promise<void> => {
    const frames = await read(chat, one.channel);
    if (frames) save(one, written(frames));
    setTold(frames ? "one_saved" : "one_failed");
  };
  return (
    <Line what={word("own.one", { name: one.name })}>
      <p>{counted("own.one_messages", one.messages, { time: when(one.until) })}</p>
      <button class="button button--quiet" type="button" aria-label={word("own.one_save_of", { name: one.name })} onClick={() => void copy()}>
        {word("own.one_save")}
      </button>
      <p role="status">{told && word(`own.${told}`)}</p>
    </Line>
  );
}

function named(channel: string): string {
  const id = channel.replace(/^room:/, "");
  return roomOf(id)?.name ?? id;
}
