/** What of one-to-ones outlives a reload, in this tab only; quick exit clears it with everything else. */
import { LISTENER } from "../keeping";
import type { Felt, Wish } from "../protocol";
import { freshId } from "../wire";
import { NOWHERE, NO_WISH, type Ended, type Standing, type Talk } from "./standing";

export interface Kept {
  /** Under which the draft is said once, whatever is repeated. */
  clientId: string;
  wish: Wish;
  /** 0: not said. */
  howHard: number;
  slowly: boolean;
  draft: string;
  /** The words that the server has. */
  saved: string;
  /** Asked to wait, and no answer has come yet. */
  asking: boolean;
  waiting: boolean;
  talk: Talk | null;
  ended: Ended | null;
  /** Words of mine that were still on their way when the talk ended. */
  unsent: string;
  /** What this person writes for themselves at the end, and how hard it is then. */
  summary: string | null;
  howHardAfter: number;
  felt: Felt | null;
  feltWords: string;
  /** I don't want to be brought together with this listener again. */
  apart: boolean;
}

export function nothing(): Kept {
  return {
    clientId: freshId(), wish: NO_WISH, howHard: 0, slowly: false, draft: "", saved: "", asking: false, waiting: false, talk: null,
    ended: null, unsent: "", summary: null, howHardAfter: 0, felt: null, feltWords: "", apart: false,
  };
}

export function recall(): Kept {
  try {
    return { ...nothing(), ...(JSON.parse(sessionStorage.getItem(LISTENER) ?? "{}") as Partial<Kept>) };
  } catch {
    return nothing(); // no storage here: this page remembers while it is open
  }
}

export function keep(kept: Kept): void {
  try {
    sessionStorage.setItem(LISTENER, JSON.stringify(kept));
  } catch {
    // full or not allowed: nothing is lost while the page is open, and the server has the place and the draft
  }
}

/** This tab has nothing to do with one-to-ones any more. */
export function forget(): void {
  try {
    sessionStorage.removeItem(LISTENER);
  } catch {
    // nothing was kept
  }
}

/** What was so before the reload, until the server says what is so. */
export function revived({ talk, ended, waiting }: Kept): Standing {
  const place = waiting ? { ahead: 0, free: 0, listeners: 0, since: 0, first: false, under_18: false } : null; // `known` says that it is not
  return { ...NOWHERE, place, talk: talk && { ...talk, notes: [] }, ended };
}
