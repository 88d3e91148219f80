/** The one pure way in which what the page knows changes: state and action in, state out. */
import * as channels from "./channel";
import type { Channel } from "./channel";
import type { Link } from "./connection";
import { drafted, edited, refused, wrote } from "./composing";
import { hear } from "./hearing";
import * as logs from "./log";
import * as outboxes from "./outbox";
import type { Outbox, Writing } from "./outbox";
import { settle } from "./settling";
import type { State } from "./state";
import { inChannel } from "./within";
import type { Frame } from "./wire";

export type Action =
  | { do: "hear"; frame: Frame; now: number }
  | { do: "link"; link: Link }
  | { do: "settle"; channel: string; now: number }
  | { do: "enter"; channel: string }
  | { do: "refuse_entry"; channel: string; code: string; until?: number }
  | { do: "leave"; channel: string }
  | { do: "anew"; channel: string }
  | { do: "watch"; channel: string | null }
  | { do: "page"; channel: string; frames: readonly Frame[]; more: boolean }
  | { do: "write"; item: Writing }
  | { do: "tried"; clientId: string }
  | { do: "notice"; channel: string; code: string }
  | { do: "refuse_post"; clientId: string; code: string; retryMs: number | null; now: number }
  | { do: "expire"; now: number }
  | { do: "again"; clientId: string; now: number }
  | { do: "forget"; clientId: string }
  | { do: "edit"; clientId: string }
  | { do: "take_back"; clientId: string }
  | { do: "keep_held"; channel: string }
  | { do: "draft"; channel: string; text: string }
  | { do: "ask_help"; clientId: string; channel: string | null }
  | { do: "help_late" }
  | { do: "close_card"; card: string };

export function reduce(state: State, action: Action): State {
  switch (action.do) {
    case "hear":
      return hear(state, action.frame, action.now);
    case "link":
      return linked(state, action.link);
    case "settle":
      return settle(state, action.channel, action.now);
    case "enter":
      return entered(state, action.channel);
    case "refuse_entry":
      return inChannel(state, action.channel, (channel) => channels.refusedEntry(channel, action.code, action.until));
    case "leave":
      return left(state, action.channel);
    case "anew":
      return inChannel(state, action.channel, channels.anew);
    case "watch":
      return watched(state, action.channel);
    case "page":
      return paged(state, action.channel, action.frames, action.more);
    case "ask_help": {
      const { clientId, channel } = action;
      return { ...state, help: { clientId, channel, is: "sending", late: false, ticket: null, staff: 0 } };
    }
    case "help_late":
      return state.help ? { ...state, help: { ...state.help, late: true } } : state;
    case "close_card":
      return { ...state, cards: state.cards.map((card) => (card.card === action.card ? { ...card, closed: true } : card)) };
    default:
      return compose(state, action);
  }
}

type Composing = Extract<
  Action,
  { do: "write" | "tried" | "notice" | "refuse_post" | "expire" | "again" | "forget" | "edit" | "take_back" | "keep_held" | "draft" }
>;

/** What the person does with words of their own. */
function compose(state: State, action: Composing): State {
  switch (action.do) {
    case "write":
      return wrote(state, action.item);
    case "tried":
      return withOutbox(state, outboxes.tried(state.outbox, action.clientId));
    case "notice":
      return inChannel(state, action.channel, (channel) => ({ ...channel, notice: action.code }));
    case "refuse_post":
      return refused(state, action);
    case "expire":
      return withOutbox(state, outboxes.expired(state.outbox, action.now, state.limits.outbox_ms));
    case "again":
      return withOutbox(state, outboxes.again(state.outbox, action.clientId, action.now));
    case "forget":
      return withOutbox(state, outboxes.forgotten(state.outbox, action.clientId));
    case "edit":
    case "take_back":
      return edited(state, action.clientId, action.do === "edit");
    case "keep_held": {
      const { [action.channel]: _, ...editing } = state.editing;
      return { ...drafted(state, action.channel, ""), editing };
    }
    case "draft":
      return drafted(state, action.channel, action.text);
  }
}

function withOutbox(state: State, outbox: Outbox): State {
  return outbox === state.outbox ? state : { ...state, outbox };
}

/** A new line is in no channel yet; on none can we tell who is here and what is away. */
function linked(state: State, link: Link): State {
  if (link.is !== "open") return { ...state, link, staff: null, away: [] };
  const inside = Object.keys(state.channels).filter((id) => state.channels[id]?.entering.is === "in");
  return inside.reduce(entered, { ...state, link });
}

function entered(state: State, id: string): State {
  const channel: Channel = { ...(state.channels[id] ?? channels.fresh(id)), entering: { is: "entering" } };
  return { ...state, channels: { ...state.channels, [id]: channel } };
}

/** Nothing of what was to be said there stays on the device. Staff go in and out with their duty, and lose no draft. */
function left(state: State, id: string): State {
  const { [id]: _, ...rest } = state.channels;
  const next = { ...state, channels: rest };
  if (state.me !== null && state.me.role !== "peer") return next;
  const { [id]: _draft, ...drafts } = state.drafts;
  const { [id]: _editing, ...editing } = state.editing;
  return { ...next, outbox: state.outbox.filter((item) => item.channel !== id), drafts, editing };
}

function watched(state: State, id: string | null): State {
  const next = { ...state, watching: id };
  return id === null ? next : inChannel(next, id, (channel) => (channel.unread ? { ...channel, unread: 0 } : channel));
}

function paged(state: State, id: string, frames: readonly Frame[], more: boolean): State {
  return inChannel(state, id, (channel) => ({ ...channel, log: logs.earlier(channel.log, frames, more) }));
}
