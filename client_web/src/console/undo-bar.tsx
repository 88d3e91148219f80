/** The one toast there is: a removal can be taken back for ten seconds. */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../icons";
import { counted, word } from "../words";
import { undo } from "./acts";
import { keysOn } from "./keys";
import type { Station } from "./station";
import { outcomeWords } from "./ticket-card";
import { useStation } from "./use-station";

const TICK_MS = 250;

export function UndoBar() {
  const station = useStation();
  const seconds = useSecondsLeft(station.undo?.until ?? 0);
  return (
    <div class="undo">
      {station.undo && (
        <div class="undo__bar">
          <span role="status">{word("console.removed", { handle: station.undo.handle })}</span>
          <button class="button undo__button" type="button" onClick={() => void undoNow(station)}>
            <Icon name="undo-2" />
            {counted("console.undo", seconds)}
            {keysOn() && <kbd class="key" aria-hidden="true">Z</kbd>}
          </button>
        </div>
      )}
    </div>
  );
}

export async function undoNow(station: Station): Promise<void> {
  const outcome = await undo(station);
  station.set({ said: outcome === "done" ? word("console.done_restored") : outcomeWords(outcome) });
}

function useSecondsLeft(until: number): number {
  const left = (): number => Math.max(0, Math.ceil((until - performance.now()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    const timer = until > 0 ? setInterval(() => setSeconds(left()), TICK_MS) : undefined;
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}
