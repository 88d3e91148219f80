/** Bytes to events and commands to bytes; client ids are 16 random bytes, written as hex everywhere above the wire. */
import { decode, encode } from "./packing";
import type { Command, Event } from "./protocol";

/** `[seq, event]`; seq is 0 where the event has no number. */
export type Frame = readonly [seq: number, event: Event];

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A command before the connection gives it a `ref`. */
export type Asking = Without<Command, "ref">;

const ROOM = new Set<Event["type"]>([
  "said", "removed", "restored", "room_changed", "one_nudged", "one_time", "one_extended", "one_entered", "one_handed",
]);
const INBOX = new Set<Event["type"]>([
  "held", "hold_ended", "help_card", "muted", "unmuted", "banned", "unbanned", "blocked", "signed_out", "yours_removed", "ticket_taken", "ticket_settled",
  "nobody_here", "ticket_returned",
  "queue_wait", "queue_ended", "duties_changed", "offered", "offer_ended", "one_began", "one_ended", "worry_taken",
  "feedback_passed", "training_changed", "report_handled", "erased", "wiped",
  "transfer_asked", "transfer_offered", "transfer_changed", "transfer_ended", "handed_on", "supervisor_wrote", "ask_called", "at_once_changed",
]);
export const INBOX_CHANNEL = "inbox";

export function pack(command: Asking & { ref: number }): Uint8Array<ArrayBuffer> {
  return encode(command);
}

/** The frame in these bytes, or null for what is not one; a newer server may say more than we know. */
export function unpack(data: ArrayBuffer): Frame | null {
  try {
    const frame = decode(data) as Frame;
    return Array.isArray(frame) && typeof frame[0] === "number" && typeof frame[1]?.type === "string" ? frame : null;
  } catch {
    return null;
  }
}

/** Whose numbers the frame's seq belongs to: a room or thread, the own inbox, or nobody's that we follow here. */
export function numberedBy([seq, event]: Frame): string | null {
  if (seq === 0) return null;
  if (ROOM.has(event.type)) return (event as { channel: string }).channel;
  return INBOX.has(event.type) ? INBOX_CHANNEL : null;
}

export function freshId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function unhex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
