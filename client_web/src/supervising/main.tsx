/** Supervising: the overview, what wants someone now, and every one-to-one; loaded for supervisors alone. */
import type { Station } from "../console/station";
import "../styles/supervising.css";
import { word } from "../words";
import { Calls } from "./calls";
import { FourNumbers } from "./numbers";
import { Ones, TeamOfListeners } from "./ones";
import { ReadingView } from "./reading";
import { Supervision } from "./supervision";
import { AskView } from "./thread";
import { count } from "./waiting";

export function begin(station: Station): Supervision {
  return new Supervision(station);
}

export function waitingCount(supervision: Supervision): number {
  return count(supervision.waiting, supervision.station.name);
}

/** What of it is open. */
export function Supervising({ supervision }: { supervision: Supervision }) {
  const { work } = supervision.station;
  if (work.is === "ask") return <AskView key={work.channel} supervision={supervision} channel={work.channel} />;
  if (work.is === "reading") return <ReadingView key={work.channel} supervision={supervision} channel={work.channel} />;
  return <Overview supervision={supervision} />;
}

function Overview({ supervision }: { supervision: Supervision }) {
  const { overview, isCurrent } = supervision;
  return (
    <div class="supervise">
      <header class="console__head">
        <h2 id="supervise" tabIndex={-1}>{word("supervising.title")}</h2>
      </header>
      {!isCurrent && <p class="console__told" role="status">{word("console.unknown_desk")}</p>}
      {overview && <FourNumbers numbers={overview.numbers} />}
      <section class="supervise__part" aria-labelledby="supervise-calls">
        <h3 id="supervise-calls">{word("supervising.calls")}</h3>
        <Calls supervision={supervision} />
      </section>
      {overview && (
        <>
          <section class="supervise__part" aria-labelledby="supervise-ones">
            <h3 id="supervise-ones">{word("supervising.ones")}</h3>
            <Ones supervision={supervision} ones={overview.ones} />
          </section>
          <section class="supervise__part" aria-labelledby="supervise-team">
            <h3 id="supervise-team">{word("supervising.team")}</h3>
            <TeamOfListeners supervision={supervision} listeners={overview.listeners} />
          </section>
        </>
      )}
    </div>
  );
}
