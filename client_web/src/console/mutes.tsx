/** Who can't write at the moment, why, until when, and letting them write again. */
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import { roomOf } from "../page";
import type { MuteItem } from "../protocol";
import { useNow } from "../views/context";
import { clockTime, counted, word } from "../words";
import { run } from "./acts";
import { Fault } from "./fault";
import { inForce } from "./items";
import { outcomeWords } from "./ticket-card";
import { useStation } from "./use-station";

const TICK_MS = 15_000;

export function Mutes() {
  const station = useStation();
  const time = useNow(TICK_MS);
  const mutes = inForce(station.desk, time);
  if (mutes.length === 0) return null;
  return (
    <section class="mutes" aria-labelledby="mutes">
      <h3 id="mutes">{counted("console.mutes", mutes.length)}</h3>
      <ul>
        {mutes.map((mute) => (
          <MuteRow key={mute.mute} mute={mute} time={time} />
        ))}
      </ul>
    </section>
  );
}

function MuteRow({ mute, time }: { mute: MuteItem; time: number }) {
  const station = useStation();
  const [fault, setFault] = useState("");
  const room = mute.channel ? roomOf(mute.channel.replace(/^room:/, ""))?.name : undefined;
  const unmute = async (): Promise<void> => {
    const outcome = await run(station.chat, { type: "unmute", mute: mute.mute });
    setFault(outcome === "done" || outcome === "gone" ? "" : outcomeWords(outcome));
  };
  return (
    <li class="mutes__mute">
      <Icon name="mic-off" />
      <div>
        <p>
          <bdi class="name">{mute.handle}</bdi> {word("console.muted_until", { time: clockTime(mute.until, time) })}
        </p>
        <p class="quiet">{word("console.muted_about", { place: room ?? word("console.everywhere"), reason: word(`console.reason_${mute.reason}`), by: mute.by })}</p>
        <Fault text={fault} />
        {station.mayDecide && (
          <button class="button" type="button" aria-label={word("console.unmute_of", { handle: mute.handle })} onClick={() => void unmute()}>
            {word("console.unmute")}
          </button>
        )}
      </div>
    </li>
  );
}
