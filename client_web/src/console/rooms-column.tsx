/** Rooms: the live truth of each, how fast it talks, slow mode and its door; and the mutes that are in force. */
import { useContext, useState } from "preact/hooks";
import { Lamp } from "../drawings";
import { page, type Room } from "../page";
import type { Channel } from "../channel";
import { DoorsContext, useLive, useNow, useStaff } from "../views/context";
import { counted, word } from "../words";
import { run } from "./acts";
import { Bans } from "./bans";
import { Mutes } from "./mutes";
import type { Count } from "./needs";
import { isFast, perMinute } from "./rate";
import { interval } from "./interval";
import { RoomTools } from "./room-tools";
import type { Station } from "./station";
import { useStation } from "./use-station";

const TICK_MS = 5_000;
const PROPOSED_S = 30;

export function roomsCount({ chat }: Station): Count {
  const shut = page.rooms.filter((room) => chat.state.channels[`room:${room.id}`]?.open === "closed").length;
  return { text: counted("console.count_rooms", page.rooms.length - shut), alert: false };
}

export function Rooms() {
  const station = useStation();
  return (
    <>
      <header class="console__head">
        <h2>{word("console.tab_rooms")}</h2>
        <span class="console__count">{roomsCount(station).text}</span>
      </header>
      <ul class="rooms">
        {page.rooms.map((room) => (
          <RoomEntry key={room.id} room={room} />
        ))}
      </ul>
      <Mutes />
      <Bans />
    </>
  );
}

function RoomEntry({ room }: { room: Room }) {
  const station = useStation();
  const time = useNow(TICK_MS);
  const staff = useStaff();
  const id = `room:${room.id}`;
  const channel = station.chat.state.channels[id];
  const rate = channel ? perMinute(channel.log, time) : null;
  const unread = Object.values(station.desk.unscreened).filter((each) => each.channel === id).length;
  const goIn = (): void => {
    if (!channel) station.chat.enter(id);
    station.set({ work: { is: "room", channel: id }, tab: "rooms" });
  };
  return (
    <li class="rooms__room">
      <h3 class="rooms__name">
        <Lamp lit={(staff ?? []).length > 0} />
        {room.name}
      </h3>
      <p>{useTruth(room, channel, rate)}</p>
      {channel && <p class="quiet">{doorWords(channel)}</p>}
      {unread > 0 && <p class="quiet">{counted("console.unread", unread)}</p>}
      {channel && station.mayDecide && isFast(rate, channel.slowSeconds) && <Proposal channel={id} />}
      <div class="acts">
        <button class="button" type="button" aria-label={word("console.go_in_to", { room: room.name })} onClick={goIn}>{word("console.go_in")}</button>
        {channel && station.mayDecide && <RoomTools room={room} channel={channel} />}
      </div>
    </li>
  );
}

function useTruth(room: Room, channel: Channel | undefined, rate: number | null): string {
  const { doors } = useContext(DoorsContext);
  const live = useLive();
  const people = (live ? channel?.here?.people : undefined) ?? doors?.rooms[room.id]?.people;
  if (people === undefined) return word("console.unknown");
  if (people === 0) return word("console.people_none");
  const crowd = counted("console.people", people);
  if (rate === null || !live) return crowd;
  return word("console.crowd", { people: crowd, rate: rate === 0 ? word("console.rate_none") : counted("console.rate", rate) });
}

function doorWords({ open, slowSeconds }: Channel): string {
  const slow = slowSeconds > 0 ? word("console.slow_now", { interval: interval(slowSeconds) }) : "";
  return [open === "closed" ? word("console.closed_now") : "", slow].filter(Boolean).join(" ");
}

/** Proposed with the numbers behind it, never set by itself. */
function Proposal({ channel }: { channel: string }) {
  const { chat } = useStation();
  const [dismissed, dismiss] = useState(false);
  if (dismissed) return null;
  return (
    <div class="rooms__proposal">
      <p class="quiet">{word("console.fast")}</p>
      <div class="acts">
        <button class="button" type="button" onClick={() => void run(chat, { type: "slow_mode", channel, seconds: PROPOSED_S })}>
          {word("console.fast_set", { interval: interval(PROPOSED_S) })}
        </button>
        <button class="button button--quiet" type="button" onClick={() => dismiss(true)}>{word("console.fast_not_now")}</button>
      </div>
    </div>
  );
}
