/** Slow mode and the door of one room, folded until they are wanted. */
import { useState } from "preact/hooks";
import type { Channel } from "../channel";
import { Icon } from "../icons";
import type { Room } from "../page";
import { word } from "../words";
import { run } from "./acts";
import { Fault } from "./fault";
import { interval } from "./interval";
import { outcomeWords } from "./ticket-card";
import { useStation } from "./use-station";

const PRESETS_S = [0, 10, 30, 60, 300];

export function RoomTools({ room, channel }: { room: Room; channel: Channel }) {
  const { chat } = useStation();
  const [fault, setFault] = useState("");
  const closed = channel.open === "closed";
  const ask = async (command: Parameters<typeof run>[1]): Promise<void> => {
    const outcome = await run(chat, command);
    setFault(outcome === "done" ? "" : outcomeWords(outcome));
  };
  return (
    <details class="fold rooms__tools">
      <summary aria-label={word("console.tools_of", { room: room.name })}>
        <Icon name="chevron-right" />
        {word("console.tools")}
      </summary>
      <div class="fold__inside">
        <p class="small" id={`slow-${room.id}`}>{word("console.slow")}</p>
        <div class="acts" role="group" aria-labelledby={`slow-${room.id}`}>
          {PRESETS_S.map((seconds) => (
            <button
              class="button button--small"
              type="button"
              key={seconds}
              aria-pressed={channel.slowSeconds === seconds}
              onClick={() => void ask({ type: "slow_mode", channel: channel.id, seconds })}
            >
              {seconds === 0 ? word("console.slow_off") : interval(seconds)}
            </button>
          ))}
        </div>
        <p class="small">{word(closed ? "console.closed_about" : "console.open_about")}</p>
        <button class="button" type="button" onClick={() => void ask({ type: "gate", channel: channel.id, state: closed ? "open" : "closed" })}>
          {word(closed ? "console.open_room" : "console.close_room")}
        </button>
        <Fault text={fault} />
      </div>
    </details>
  );
}
