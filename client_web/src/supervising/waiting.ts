/** What waits for a supervisor: a snapshot, and one pure step for each event that follows it. */
import type { AskItem, Event, LiftItem, Position, SupervisionState, TransferOffer } from "../protocol";
import type { Frame } from "../wire";

type By<T> = Readonly<Record<string, T>>;

export interface Waiting {
  /** Null until the first snapshot: then nothing is known, which is not the same as nothing to do. */
  position: Position | null;
  /** By the thread: what nobody has answered, and what was answered of listeners' own and still goes on. */
  asks: By<AskItem>;
  transfers: By<TransferOffer>;
  /** By the listener's name; those that wait for a second word. */
  lifts: By<LiftItem>;
  /** Topics that someone waits with and nobody takes who is here; null: someone under 18, with nobody here whom they may meet. */
  untaken: readonly (string | null)[];
}

export const NOTHING: Waiting = { position: null, asks: {}, transfers: {}, lifts: {}, untaken: [] };

/** One frame; those up to the snapshot's own position are in it already. */
export function heard(waiting: Waiting, [seq, event]: Frame): Waiting {
  if (event.type === "supervision_state") return snapshot(waiting, event);
  const { position } = waiting;
  if (position === null || seq === 0) return waiting;
  const next = changed(waiting, event);
  if (next === waiting || seq <= position.seq) return waiting;
  return { ...next, position: { ...position, seq } };
}

/** What nobody has answered; whoever asks for themselves is answered by another. */
export function oldest({ asks }: Waiting, me: string): readonly AskItem[] {
  return bySince(Object.values(asks).filter((ask) => !ask.answered_by && ask.name !== me));
}

/** What listeners talk about for themselves, answered and not over. */
export function goingOn({ asks }: Waiting): readonly AskItem[] {
  return bySince(Object.values(asks).filter((ask) => ask.answered_by));
}

/** How many things want this supervisor now; what one has asked for oneself waits for another. */
export function count(waiting: Waiting, me: string): number {
  const others = Object.values(waiting.lifts).filter((lift) => lift.by !== me);
  return oldest(waiting, me).length + Object.keys(waiting.transfers).length + others.length;
}

function bySince(asks: readonly AskItem[]): readonly AskItem[] {
  return asks.toSorted((one, other) => one.since - other.since);
}

function snapshot(before: Waiting, state: SupervisionState): Waiting {
  return {
    position: state.position,
    asks: Object.fromEntries(state.asks.map((ask) => [ask.channel, ask])),
    transfers: Object.fromEntries(state.transfers.map((offer) => [offer.channel, offer])),
    lifts: Object.fromEntries(state.lifts.map((lift) => [lift.name, lift])),
    untaken: before.untaken,
  };
}

function changed(waiting: Waiting, event: Event): Waiting {
  switch (event.type) {
    case "ask_changed":
      return { ...waiting, asks: event.ask.answered_by && event.ask.one ? without(waiting.asks, event.ask.channel) : { ...waiting.asks, [event.ask.channel]: event.ask } };
    case "ask_closed":
      return { ...waiting, asks: without(waiting.asks, event.channel) };
    case "transfer_wanted":
      return { ...waiting, transfers: { ...waiting.transfers, [event.offer.channel]: event.offer } };
    case "transfer_settled":
      return { ...waiting, transfers: without(waiting.transfers, event.channel) };
    case "lift_changed":
      return { ...waiting, lifts: event.lift.until > 0 ? without(waiting.lifts, event.lift.name) : { ...waiting.lifts, [event.lift.name]: event.lift } };
    case "topic_untaken":
      return { ...waiting, untaken: [...waiting.untaken.filter((topic) => topic !== event.topic), event.topic] };
    case "age_untaken":
      return { ...waiting, untaken: [...waiting.untaken.filter((topic) => topic !== null), null] };
    default:
      return waiting;
  }
}

function without<T>(items: By<T>, id: string): By<T> {
  const { [id]: _, ...rest } = items;
  return { ...rest };
}
