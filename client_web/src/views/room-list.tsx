/** The rooms, in the operator's order: name, what is new in words, and the live truth. Never sorted by activity. */
import { useContext } from "preact/hooks";
import { page, type Room } from "../page";
import { goToThread } from "../route";
import { counted, word } from "../words";
import { DoorsContext, useChat, useLive } from "./context";
import { crowd } from "./truth";

export const KINDS = ["topic", "condition", "identity", "life"] as const;

/** How many people are in a room; who of the team is on duty holds for all rooms and is said once. */
export function useRoomTruth(id: string): string {
  const { doors } = useContext(DoorsContext);
  const { channels } = useChat().state;
  const here = useLive() ? channels[`room:${id}`]?.here : null;
  const room = doors?.rooms[id];
  if (room?.state === "closed") return word("room.closed_short");
  const people = here?.people ?? room?.people;
  return people === undefined ? word("room.unknown") : crowd(people);
}

/** Beside the room on a wide page: the rooms that I am in first, then all others. */
export function RoomColumn({ current }: { current: string | null }) {
  const { channels } = useChat().state;
  const mine = page.rooms.filter((room) => channels[`room:${room.id}`]);
  const others = page.rooms.filter((room) => !channels[`room:${room.id}`]);
  return (
    <nav class="room__list" aria-label={word("room.rooms")}>
      <ThreadList current={current} />
      <RoomGroup title={word("room.mine")} rooms={mine} current={current} />
      <RoomGroup title={word("room.others")} rooms={others} current={current} />
    </nav>
  );
}

function RoomGroup({ title, rooms, current }: { title: string; rooms: readonly Room[]; current: string | null }) {
  if (rooms.length === 0) return null;
  return (
    <>
      <h2 class="room-list__title">{title}</h2>
      <ul class="room-list">
        {rooms.map((room) => (
          <li key={room.id}>
            <RoomItem room={room} current={current === room.id} />
          </li>
        ))}
      </ul>
    </>
  );
}

function RoomItem({ room, current }: { room: Room; current: boolean }) {
  return (
    <a class="room-list__item" href={`/rooms/${room.id}`} aria-current={current ? "page" : undefined}>
      <span class="room-list__name">{room.name}</span>
      <Unread channel={`room:${room.id}`} />
      <span class="room-list__truth">{useRoomTruth(room.id)}</span>
    </a>
  );
}

export function Unread({ channel }: { channel: string }) {
  const unread = useChat().state.channels[channel]?.unread ?? 0;
  return unread > 0 ? <span class="room-list__new">{counted("room.new", unread)}</span> : null;
}

export function ThreadList({ current }: { current: string | null }) {
  const threads = useChat().state.threads.filter((thread) => thread.is === "open");
  if (threads.length === 0) return null;
  return (
    <>
      <h2 class="room-list__title">{word("room.private")}</h2>
      <ul class="room-list">
        {threads.map(({ ticket, name }) => (
          <li key={ticket}>
            <button
              class="room-list__item"
              type="button"
              aria-current={current === ticket ? "page" : undefined}
              onClick={() => goToThread(ticket)}
            >
              <span class="room-list__name">{name ? word("room.thread", { name }) : word("room.thread_team")}</span>
              <Unread channel={`ticket:${ticket}`} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
