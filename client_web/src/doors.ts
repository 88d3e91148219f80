/** The live truth behind every door, asked for every 15 seconds while someone looks. */
import { useEffect, useState } from "preact/hooks";
import { setTime } from "./clock";
import type { Part, RoomState } from "./protocol";
import type { Age } from "./session";

const EVERY_MS = 15_000;
const AWAY_MS = 8_000;
const ANSWER_MS = 5_000;

export interface RoomTruth {
  people: number;
  state: RoomState;
  slow_seconds: number;
}

/** Behind the door to one listener. */
export interface Behind {
  listeners: number;
  free: number;
  waiting: number;
}

export interface Doors {
  now: number;
  staff: readonly string[];
  /** Which parts of the service are away. */
  away: readonly Part[];
  rooms: Readonly<Record<string, RoomTruth>>;
  listening: Readonly<Record<Age, Behind>>;
}

/** Behind the doors, as far as we can tell; and whether nothing can be told because the store is away. */
export interface Look {
  doors: Doors | null;
  away: readonly Part[];
}

const NOTHING: Look = { doors: null, away: [] };

/** Never an old truth. `wanted`: someone looks at it; `back`: the store was away and is there again. */
export function useDoors(wanted: boolean, back: () => void): Look {
  const [seen, setSeen] = useState<Look>(recent);
  useEffect(() => {
    if (!wanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), latest.away.length > 0 ? AWAY_MS : EVERY_MS);
      if (document.hidden) return;
      const before = latest;
      latest = await ask();
      lookedAt = performance.now();
      setSeen(latest);
      if (before.away.length > 0 && latest.doors?.away.length === 0) back();
    };
    document.addEventListener("visibilitychange", look);
    void look();
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [wanted]);
  return wanted ? seen : NOTHING;
}

let latest = NOTHING;
let lookedAt = -Infinity;

function recent(): Look {
  return performance.now() - lookedAt < EVERY_MS ? latest : NOTHING;
}

async function ask(): Promise<Look> {
  try {
    const sent = performance.now();
    const answer = await fetch("/doors", { signal: AbortSignal.timeout(ANSWER_MS) });
    if (answer.status === 503) return { doors: null, away: ["store"] };
    if (!answer.ok) return NOTHING;
    const doors = (await answer.json()) as Doors;
    setTime(doors.now, performance.now() - sent);
    return { doors, away: doors.away };
  } catch {
    return NOTHING;
  }
}
