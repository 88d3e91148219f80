/** The staff desk as this console knows it: a snapshot, and one pure step for each event that follows it. */
import type { BanItem, DeskState, Event, Hold, MuteItem, Passing, PolicyNotice, Position, ReportItem, Ticket, Unscreened } from "../protocol";
import type { Frame } from "../wire";

type Drawer<T> = Readonly<Record<string, T>>;

export interface Desk {
  /** Null until the first snapshot: then nothing is known, which is not the same as nothing to do. */
  position: Position | null;
  holds: Drawer<Hold>;
  tickets: Drawer<Ticket>;
  reports: Drawer<ReportItem>;
  mutes: Drawer<MuteItem>;
  bans: Drawer<BanItem>;
  /** Routes of the pager that fail. */
  pager: readonly string[];
  /** Tickets that someone who was called has seen by phone. */
  seen: readonly string[];
  /** Who is called first where those on duty do not answer; empty where nobody is. */
  deputy: string;
  /** Who has asked whom to take over their duty. */
  passing: readonly Passing[];
  /** What the people of this service do when a life is in danger; empty where nobody has written it. */
  emergency: string;
  /** The version of the screening policy that is proposed, or has lately come into force. */
  policy: PolicyNotice | null;
  /** Messages that were delivered unscreened, by their ids. */
  unscreened: Drawer<Unscreened>;
  /** Holds that have ended: news of their arrival can come later, by way of another process. */
  ended: readonly string[];
}

export const EMPTY: Desk = {
  position: null, holds: {}, tickets: {}, reports: {}, mutes: {}, bans: {}, pager: [], seen: [], deputy: "", passing: [], emergency: "",
  policy: null, unscreened: {}, ended: [],
};
const ENDED_KEPT = 200;
const CLOCKS_MS = 5_000; // two machines' clocks differ by less, and the shortest mute is a minute

export function snapshot(state: DeskState): Desk {
  return {
    position: state.position,
    holds: drawer(state.holds, (each) => each.hold),
    tickets: drawer(state.tickets, (each) => each.ticket),
    reports: drawer(state.reports, (each) => each.report),
    mutes: drawer(state.mutes, (each) => each.mute),
    bans: drawer(state.bans, (each) => each.ban),
    pager: state.pager,
    seen: state.seen,
    deputy: state.deputy,
    passing: state.passing,
    emergency: state.emergency,
    policy: state.policy,
    unscreened: drawer(state.unscreened, (each) => each.id),
    ended: [],
  };
}

/** One frame; those up to the snapshot's own position are in it already. */
export function heard(desk: Desk, [seq, event]: Frame): Desk {
  if (event.type === "desk_state") return snapshot(event);
  const { position } = desk;
  if (position === null || seq <= position.seq) return desk;
  const next = changed(desk, event);
  return next === desk ? desk : { ...next, position: { ...position, seq } };
}

function changed(desk: Desk, event: Event): Desk {
  switch (event.type) {
    case "hold_arrived":
      return desk.ended.includes(event.hold.hold) ? { ...desk } : { ...desk, holds: { ...desk.holds, [event.hold.hold]: event.hold } };
    case "hold_settled":
      return { ...desk, holds: without(desk.holds, event.hold), ended: [...desk.ended, event.hold].slice(-ENDED_KEPT) };
    case "ticket_changed":
      return { ...desk, tickets: ticketed(desk.tickets, event.ticket) };
    case "report_arrived":
      return { ...desk, reports: { ...desk.reports, [event.report.report]: event.report } };
    case "report_settled":
      return { ...desk, reports: without(desk.reports, event.report) };
    case "mute_changed":
      return { ...desk, mutes: during(desk.mutes, event.mute.mute, event.mute, event.at) };
    case "ban_changed":
      return { ...desk, bans: during(desk.bans, event.ban.ban, event.ban, event.at) };
    case "pager_changed":
      return { ...desk, pager: [...desk.pager.filter((route) => route !== event.route), ...(event.fails ? [event.route] : [])] };
    case "page_seen":
      return { ...desk, seen: [...desk.seen.filter((ticket) => ticket !== event.ticket), event.ticket] };
    case "policy_changed":
      return { ...desk, policy: event.policy.step === "withdrawn" ? null : event.policy };
    case "unscreened":
      return { ...desk, unscreened: { ...desk.unscreened, [event.id]: event } };
    case "duty_changed":
      return { ...desk, deputy: event.deputy, passing: event.passing };
    default:
      return desk;
  }
}

/** The snapshot may have been read after an event that is still to come: the later state of a ticket stays. */
function ticketed(tickets: Drawer<Ticket>, ticket: Ticket): Drawer<Ticket> {
  if (ticket.state === "settled") return without(tickets, ticket.ticket);
  const known = tickets[ticket.ticket];
  return known && known.changed > ticket.changed ? tickets : { ...tickets, [ticket.ticket]: ticket };
}

/** In force from now on, or over. */
function during<T extends { until: number }>(drawer: Drawer<T>, id: string, item: T, at: number): Drawer<T> {
  return item.until > at + CLOCKS_MS ? { ...drawer, [id]: item } : without(drawer, id);
}

function drawer<T>(items: readonly T[], id: (item: T) => string): Drawer<T> {
  return Object.fromEntries(items.map((item) => [id(item), item]));
}

function without<T>(drawer: Drawer<T>, id: string): Drawer<T> {
  const { [id]: _, ...rest } = drawer;
  return rest;
}
