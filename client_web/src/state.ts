/** All that the page knows. */
import type { Channel } from "./channel";
import type { Link } from "./connection";
import * as outboxes from "./outbox";
import type { Outbox } from "./outbox";
import type { HelpCard, Limits, Part, Role, Voice } from "./protocol";

export interface Me {
  role: Role;
  name: string;
  onDuty: boolean;
  /** The rules in force, and the version that I have agreed to by writing. */
  rules: number;
  accepted: number;
}

export interface State {
  link: Link;
  me: Me | null;
  limits: Limits;
  /** The program that answered; another than the page's means that the page is old. */
  build: string;
  /** Who of the team is on duty by heartbeat; null where we can't tell. */
  staff: readonly string[] | null;
  /** Which parts of the service are away, as it says itself; nothing where we don't hear it. */
  away: readonly Part[];
  channels: Readonly<Record<string, Channel>>;
  outbox: Outbox;
  drafts: Readonly<Record<string, string>>;
  /** In this channel, the held message that the draft is to take the place of. */
  editing: Readonly<Record<string, string>>;
  cards: readonly Card[];
  help: HelpAsked | null;
  threads: readonly Thread[];
  /** The channel on screen, while the page is looked at. */
  watching: string | null;
}

/** A private, automatic card; only this person sees it. */
export interface Card extends Pick<HelpCard, "card" | "kind" | "channel" | "asked" | "ticket" | "at"> {
  clientId: string | null;
  closed: boolean;
}

/** Help that this person asked for; kept without an end until our team has it. */
export interface HelpAsked {
  clientId: string;
  channel: string | null;
  is: "sending" | "received";
  /** Our team could not be told at the first try. */
  late: boolean;
  ticket: string | null;
  staff: number;
  /** They said that nobody of them is here, and that we shall not wait for them. */
  nobody?: boolean;
}

/** A private talk with someone of the team. `asked`: nobody has accepted yet, and none may be promised. */
export interface Thread {
  ticket: string;
  name: string;
  voice: Voice;
  is: "asked" | "open" | "over";
}

export const LIMITS: Limits = {
  text_characters: 2_000, text_bytes: 8_000, rooms: 10, typing_ms: 3_000,
  outbox_ms: outboxes.KEPT_MS, outbox_messages: outboxes.KEPT,
};

export const START: State = {
  link: { is: "closed" }, me: null, limits: LIMITS, build: "", staff: null, away: [], channels: {}, outbox: [], drafts: {},
  editing: {}, cards: [], help: null, threads: [], watching: null,
};
