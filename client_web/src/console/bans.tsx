/** Who is out of a room for a time, why, until when, and letting them in again. */
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import { roomOf } from "../page";
import type { BanItem } from "../protocol";
import { useNow } from "../views/context";
import { clockTime, counted, word } from "../words";
import { run } from "./acts";
import { Fault } from "./fault";
import { bansInForce } from "./items";
import { outcomeWords } from "./ticket-card";
import { useStation } from "./use-station";

const TICK_MS = 15_000;

export function Bans() {
  const station = useStation();
  const time = useNow(TICK_MS);
  const bans = bansInForce(station.desk, time);
  if (bans.length === 0) return null;
  return (
    <section class="mutes" aria-labelledby="bans">
      <h3 id="bans">{counted("console.bans", bans.length)}</h3>
      <ul>
        {bans.map((ban) => (
          <BanRow key={ban.ban} ban={ban} time={time} />
        ))}
      </ul>
    </section>
  );
}

function BanRow({ ban, time }: { ban: BanItem; time: number }) {
  const station = useStation();
  const [fault, setFault] = useState("");
  const room = roomOf(ban.channel.replace(/^room:/, ""))?.name ?? "";
  const end = async (): Promise<void> => {
    const outcome = await run(station.chat, { type: "unban", ban: ban.ban });
    setFault(outcome === "done" || outcome === "gone" ? "" : outcomeWords(outcome));
  };
  return (
    <li class="mutes__mute">
      <Icon name="log-out" />
      <div>
        <p>
          <bdi class="name">{ban.handle}</bdi> {word("console.muted_until", { time: clockTime(ban.until, time) })}
        </p>
        <p class="quiet">{word("console.muted_about", { place: room, reason: word(`console.reason_${ban.reason}`), by: ban.by })}</p>
        <Fault text={fault} />
        {station.mayDecide && (
          <button class="button" type="button" aria-label={word("console.unban_of", { handle: ban.handle })} onClick={() => void end()}>
            {word("console.unban")}
          </button>
        )}
      </div>
    </li>
  );
}
