import type { Duties, ListeningState, Offer, OneEnded, OneToOne } from "../../src/protocol";
import type { Event, Role } from "../../src/protocol";
import type { Asking } from "../../src/wire";
import { FakeChat } from "../fake-chat";

export const ONE = "one:abc";

export function duties(changes: Partial<Duties> = {}): Duties {
  return { state: "available", until: 0, skips: 2, today: 0, of: 8, breaks: 0, shift_ends: 0, off_topics: [], not_today: [], ...changes };
}

export function offer(changes: Partial<Offer> = {}): Offer {
  return { offer: "abc", wish: { topic: null, style: null, avoid: [] }, urgency: null, waited_ms: 60_000, until: 45_000, ...changes };
}

export function one(changes: Partial<OneToOne> = {}): OneToOne {
  return {
    channel: ONE, name: "Wren", handle: "quiet-heron-12", wish: { topic: null, style: null, avoid: [] }, since: 0, ends: 45 * 60_000,
    slowly: false, over: false, watched: false, ...changes,
  };
}

export function ended(changes: Partial<OneEnded> = {}): OneEnded {
  return { type: "one_ended", one: one({ over: true }), why: "goodbye", waits: false, again: 0, at: 1, ...changes };
}

export function state(changes: Partial<ListeningState> = {}): ListeningState {
  return {
    type: "listening_state", ref: 1, place: null, wish: null, draft: "", ones: [], duties: duties(), offer: null, worries: [], supervisors: [],
    transfer: null, wanted: null, asks: [], shares: "", training: { due: null, until: 0, to_watch: 0 }, ...changes,
  };
}

/** What it answers is heard, as over a real line; and where one goes in and out is known. */
export class ListenersChat extends FakeChat {
  override async ask(command: Asking): Promise<Event | null> {
    const said = await super.ask(command);
    if (said !== null && said.type !== "done") this.hears([0, said]);
    return said;
  }

  override enter = (channel: string): void => (this.inside.add(channel), this.do({ do: "enter", channel }));
  override leave = (channel: string): void => (this.inside.delete(channel), this.do({ do: "leave", channel }));

  override opens(staff: string[] = [], role: Role = "listener"): void {
    super.opens(staff, role);
  }
}
