/** Other ways than waiting: at once where nobody is on duty, else one more after 2, 5 and 10 minutes. None costs the place. */
import type { ComponentChildren } from "preact";
import { HelpLines } from "../views/help-lines";
import { word } from "../words";
import { useNow } from "../views/context";
import { useVisit } from "./use-visit";

const MINUTE_MS = 60_000;
const LOOK_MS = 10_000;

export function OtherWays({ nobody }: { nobody: boolean }) {
  const { standing } = useVisit();
  const since = standing.place?.since || Infinity;
  const here = (useNow(LOOK_MS) - since) / MINUTE_MS; // after a reload the minutes that were told are not told again
  const waited = Math.max(standing.waited, here);
  const rooms = (nobody || waited >= 2) && <Rooms key="rooms" />;
  const lines = (nobody || waited >= 5) && <Lines key="lines" />;
  return (
    <>
      {nobody ? [lines, rooms] : [rooms, lines]}
      {waited >= 10 && (
        <Way name="long">
          <p>{word("listening.long_about")}</p>
        </Way>
      )}
    </>
  );
}

function Rooms() {
  return (
    <Way name="rooms">
      <p>{word("listening.rooms_about")}</p>
      <a class="button" href="/rooms">{word("listening.rooms_go")}</a>
    </Way>
  );
}

function Lines() {
  return (
    <Way name="lines">
      <p>{word("listening.lines_about")}</p>
      <HelpLines brief />
    </Way>
  );
}

function Way({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <section class="wait__way" aria-labelledby={`way-${name}`}>
      <h2 id={`way-${name}`} class="wait__title">{word(`listening.${name}`)}</h2>
      {children}
    </section>
  );
}
