import type { Duties, ListeningState, Offer, OneEnded, OneToOne } from "../../src/protocol";
import { reduce, START, type State } from "../../src/state";
import type { Event, Role } from "../../src/protocol";
import type { Asking, Frame } from "../../src/wire";
import { welcome } from "../server";

export const ONE = "one:abc";

export function duties(changes: Partial<Duties> = {}): Duties {
  return { state: "available", until: 0, skips: 2, today: 0, of: 8, shift_ends: 0, off_topics: [], not_today: [], ...changes };
}

export function offer(changes: Partial<Offer> = {}): Offer {
  return { offer: "abc", wish: { topic: null, style: null, avoid: [] }, urgency: null, waited_ms: 60_000, until: 45_000, ...changes };
}

export function one(changes: Partial<OneToOne> = {}): OneToOne {
  return {
    channel: ONE, name: "Wren", handle: "quiet-heron-12", wish: { topic: null, style: null, avoid: [] }, since: 0, ends: 45 * 60_000,
    slowly: false, over: false, ...changes,
  };
}

export function ended(changes: Partial<OneEnded> = {}): OneEnded {
  return { type: "one_ended", one: one({ over: true }), why: "goodbye", waits: false, again: 0, at: 1, ...changes };
}

export function state(changes: Partial<ListeningState> = {}): ListeningState {
  return { type: "listening_state", ref: 1, place: null, wish: null, draft: "", ones: [], duties: duties(), offer: null, worries: [], supervisors: [], ...changes };
}

/** A conversation that answers as it is told and remembers what was asked. */
export class FakeChat {
  state: State = START;
  readonly asked: Asking[] = [];
  readonly inside = new Set<string>();
  answers: Partial<Record<Asking["type"], Event | null>> = {};
  private listeners: ((frame: Frame) => void)[] = [];

  listen(listener: (frame: Frame) => void): void {
    this.listeners.push(listener);
  }

  async ask(command: Asking): Promise<Event | null> {
    this.asked.push(command);
    const answer = this.answers[command.type];
    const said = answer === undefined ? ({ type: "done", ref: 1 } as const) : answer;
    if (said !== null && said.type !== "done") this.hears([0, said]);
    return said;
  }

  do(action: Parameters<typeof reduce>[1]): void {
    this.state = reduce(this.state, action);
  }

  enter = (channel: string): void => (this.inside.add(channel), this.do({ do: "enter", channel }));
  leave = (channel: string): void => (this.inside.delete(channel), this.do({ do: "leave", channel }));

  hears(...frames: Frame[]): void {
    for (const frame of frames) {
      this.do({ do: "hear", frame, now: 0 });
      for (const listener of this.listeners) listener(frame);
    }
  }

  /** A new line, and what the server says first. */
  opens(role: Role = "listener"): void {
    this.do({ do: "link", link: { is: "open" } });
    this.hears([0, welcome({ role, name: "Wren", staff: [] })]);
  }

  last(type: Asking["type"]): Asking | undefined {
    return this.asked.findLast((command) => command.type === type);
  }
}
