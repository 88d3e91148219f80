/** The way to supervising, whose code and words are loaded for supervisors alone, and which then goes on in every view. */
import { useEffect } from "preact/hooks";
import type * as Supervising from "../supervising/main";
import type { Supervision } from "../supervising/supervision";
import { learn, word } from "../words";
import type { Station } from "./station";
import { useStation } from "./use-station";

interface Loaded {
  views: typeof Supervising;
  supervision: Supervision;
}

const loaded = new WeakMap<Station, Loaded | "loading">();
const AGAIN_MS = 5_000;

/** How many things want a supervisor now; nothing for anybody else. */
export function useSupervising(): { waiting: number; loaded: Loaded | null } {
  const station = useStation();
  useEffect(() => void (station.isSupervisor && load(station)), [station, station.isSupervisor]);
  const found = loaded.get(station);
  if (!found || found === "loading") return { waiting: 0, loaded: null };
  return { waiting: found.views.waitingCount(found.supervision), loaded: found };
}

export function LazySupervising() {
  const found = useSupervising().loaded;
  if (found === null) return <p class="console__empty" role="status">{word("console.opening")}</p>;
  return <found.views.Supervising supervision={found.supervision} />;
}

async function load(station: Station): Promise<void> {
  if (loaded.has(station)) return;
  loaded.set(station, "loading");
  try {
    const [views] = await Promise.all([import("../supervising/main"), learn()]);
    loaded.set(station, { views, supervision: views.begin(station) });
    station.show();
  } catch {
    loaded.delete(station);
    setTimeout(() => void load(station), AGAIN_MS);
  }
}
