/** From the draft to the outbox and back: words are never lost on the way, whatever the answer was. */
import * as outboxes from "./outbox";
import type { Writing } from "./outbox";
import type { State } from "./state";
import { inChannel } from "./within";

export function drafted(state: State, channel: string, text: string): State {
  const next = { ...state, drafts: { ...state.drafts, [channel]: text } };
  return inChannel(next, channel, (each) => (each.notice ? { ...each, notice: null } : each));
}

export function wrote(state: State, item: Writing): State {
  const { [item.channel]: _, ...editing } = state.editing;
  return drafted({ ...state, outbox: outboxes.wrote(state.outbox, item), editing }, item.channel, "");
}

/** `keep`: the message stays held until its new words are sent in its place. */
export function edited(state: State, clientId: string, keep: boolean): State {
  const item = state.outbox.find((each) => each.clientId === clientId);
  if (!item) return state;
  const held = keep && item.fate.is === "held";
  const outbox = held ? state.outbox : outboxes.forgotten(state.outbox, clientId);
  const editing = held ? { ...state.editing, [item.channel]: clientId } : state.editing;
  return drafted({ ...state, outbox, editing }, item.channel, joinedTo(state.drafts[item.channel], item.text));
}

export interface PostRefusal {
  clientId: string;
  code: string;
  retryMs: number | null;
  now: number;
}

// The message itself is what can't be posted; for every other code the moment was wrong, and the words may go again.
const ABOUT_THE_WORDS = new Set(["blocked"]);

/** Said no: the words go back where they were written, unless others stand there by now; then they stay in sight. */
export function refused(state: State, refusal: PostRefusal): State {
  const item = state.outbox.find((each) => each.clientId === refusal.clientId);
  if (!item) return state;
  const stays = ABOUT_THE_WORDS.has(refusal.code) || Boolean(state.drafts[item.channel]);
  const notice = stays ? null : refusal.code; // a message that stays says so itself
  const told = inChannel(state, item.channel, (channel) => ({ ...channel, ...consequence(refusal), notice }));
  if (stays)
    return { ...told, outbox: outboxes.refused(state.outbox, item.clientId, refusal.code) };
  const outbox = outboxes.forgotten(state.outbox, item.clientId);
  return { ...told, outbox, drafts: { ...state.drafts, [item.channel]: item.text } };
}

function consequence({ code, retryMs, now }: PostRefusal): object {
  switch (code) {
    case "slow_mode":
    case "rate":
      return { turnAt: now + (retryMs ?? 1_000) };
    case "muted":
      return retryMs === null ? {} : { mutedUntil: now + retryMs };
    case "closed":
      return { open: "closed" };
    case "removed":
      return { entering: { is: "refused", code } };
    default:
      return {};
  }
}

function joinedTo(draft: string | undefined, text: string): string {
  return draft && draft !== text ? `${draft}\n${text}` : text;
}
