/** All rooms as a page: by topic, condition, identity and way of life. */
import { page, type Room } from "../page";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { go } from "../route";
import { word } from "../words";
import { AgeQuestion, mayEnter, UnderAge } from "./age";
import { AwayNotice } from "./banners";
import { useChat, useStaff } from "./context";
import { KINDS, ThreadList, Unread, useRoomTruth } from "./room-list";
import { truth } from "./truth";

export function RoomsPage() {
  const { age } = useChat();
  const staff = useStaff();
  return (
    <div class="page">
      <a class="button button--quiet page__back" href="/">
        <Icon name="arrow-left" />
        {word("room.back_to_doors")}
      </a>
      <div>
        <h1 tabIndex={-1}>{word("room.rooms")}</h1>
        <p class="page__lead">{word("room.rooms_lead")}</p>
      </div>
      <p class="team__truth">
        <Lamp lit={staff !== null && staff.length > 0} />
        {truth(null, staff)}
      </p>
      <AwayNotice />
      {page.age_question && age === null && <AgeQuestion />}
      {age !== null && !mayEnter(age) && <UnderAge />}
      <ThreadList current={null} />
      {KINDS.map((kind) => (
        <Kind key={kind} kind={kind} />
      ))}
    </div>
  );
}

function Kind({ kind }: { kind: Room["kind"] }) {
  const rooms = page.rooms.filter((room) => room.kind === kind);
  if (rooms.length === 0) return null;
  return (
    <section aria-labelledby={`kind-${kind}`}>
      <h2 id={`kind-${kind}`} class="room-list__kind">{word(`room.kind_${kind}`)}</h2>
      <ul class="room-list room-list--page">
        {rooms.map((room) => (
          <RoomCard key={room.id} room={room} />
        ))}
      </ul>
    </section>
  );
}

function RoomCard({ room }: { room: Room }) {
  const chat = useChat();
  const channel = `room:${room.id}`;
  const inside = chat.state.channels[channel] !== undefined;
  const enter = (): void => {
    chat.enter(channel);
    go(`/rooms/${room.id}`);
  };
  const asked = !page.age_question || chat.age !== null;
  return (
    <li class="room-card">
      <a class="room-list__item" href={`/rooms/${room.id}`}>
        <span class="room-list__name">{room.name}</span>
        <span class="room-list__about">{room.about}</span>
        <Unread channel={channel} />
        <span class="room-list__truth">{useRoomTruth(room.id)}</span>
        <span class="room-list__tags">{room.tags.join(" · ")}</span>
      </a>
      {asked && mayEnter(chat.age) && (
        <button class="button room-card__enter" type="button" onClick={enter} aria-label={`${label(inside)}: ${room.name}`}>
          {label(inside)}
        </button>
      )}
    </li>
  );
}

function label(inside: boolean): string {
  return word(inside ? "room.go_back_in" : "room.go_in");
}
