/** What outlives a reload, in this tab only: unsent words, drafts, help that was asked for, and where we were. */
import type { Age } from "./session";
import type { Position } from "./protocol";
import { START, type State } from "./state";

const KEY = "porchlight";
/** What belongs to waiting for a listener and being with one lies apart: its code is loaded only where it is. */
export const LISTENER = "porchlight-listener";

export interface Kept extends Pick<State, "outbox" | "drafts" | "editing" | "cards" | "help" | "threads"> {
  /** Channels to go back into. */
  rooms: readonly string[];
  inbox: Position | null;
  age: Age | null;
  /** The build for which this page was loaded anew; a second time would be a circle. */
  reloadedFor: string;
  announcing: boolean;
}

export const NOTHING_KEPT: Kept = {
  outbox: [], drafts: {}, editing: {}, cards: [], help: null, threads: [], rooms: [], inbox: null, age: null, reloadedFor: "",
  announcing: true,
};

/** Written once for all changes of a turn. */
export class Memory {
  /** What was last to be kept is kept; where not, it lives only as long as the page. */
  keeps = true;
  private waiting = false;
  private ended = false;

  constructor(public kept: Kept, private readonly gather: () => Partial<Kept>) {}

  set(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    this.soon();
  }

  soon(): void {
    if (this.waiting) return;
    this.waiting = true;
    queueMicrotask(() => this.now());
  }

  /** Nothing is written any more, not even what is under way: quick exit has wiped it. */
  end(): void {
    this.ended = true;
  }

  now(): void {
    this.waiting = false;
    if (this.ended) return;
    this.kept = { ...this.kept, ...this.gather() };
    this.keeps = keep(this.kept);
  }
}

export function recall(): Kept {
  try {
    return { ...NOTHING_KEPT, ...(JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Partial<Kept>) };
  } catch {
    return NOTHING_KEPT; // no storage here: this page remembers while it is open
  }
}

/** Whether this tab keeps something under that key. */
export function isKept(key: string): boolean {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** False where storage is full or not allowed: nothing is lost while the page is open. */
function keep(kept: Kept): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** The state to begin with. Acknowledged words are in the room: its history brings them. */
export function revived(kept: Kept): State {
  const { drafts, editing, cards, help, threads } = kept;
  return { ...START, outbox: kept.outbox.filter((item) => item.fate.is !== "posted"), drafts, editing, cards, help, threads };
}
