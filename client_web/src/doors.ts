/** The live truth behind every door, asked for every 15 seconds while someone looks. */
import { useEffect, useState } from "preact/hooks";
import { setTime } from "./clock";
import type { RoomState } from "./protocol";

const EVERY_MS = 15_000;
const ANSWER_MS = 5_000;

export interface RoomTruth {
  people: number;
  state: RoomState;
  slow_seconds: number;
}

export interface Doors {
  now: number;
  staff: readonly string[];
  rooms: Readonly<Record<string, RoomTruth>>;
}

/** Null where we can't tell; never an old truth. `wanted`: someone looks at it. */
export function useDoors(wanted: boolean): Doors | null {
  const [doors, setDoors] = useState<Doors | null>(recent);
  useEffect(() => {
    if (!wanted) return undefined;
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      latest = await ask();
      lookedAt = performance.now();
      setDoors(latest);
    };
    const timer = setInterval(() => void look(), EVERY_MS);
    document.addEventListener("visibilitychange", look);
    void look();
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [wanted]);
  return wanted ? doors : null;
}

let latest: Doors | null = null;
let lookedAt = -Infinity;

function recent(): Doors | null {
  return performance.now() - lookedAt < EVERY_MS ? latest : null;
}

async function ask(): Promise<Doors | null> {
  try {
    const sent = performance.now();
    const answer = await fetch("/doors", { signal: AbortSignal.timeout(ANSWER_MS) });
    if (!answer.ok) return null;
    const doors = (await answer.json()) as Doors;
    setTime(doors.now, performance.now() - sent);
    return doors;
  } catch {
    return null;
  }
}
