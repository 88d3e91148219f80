/** A small server in the same process: it speaks the wire, numbers what is said, and does only what it is told. */
import { decode, encode } from "@msgpack/msgpack";
import type { Line } from "../src/connection";
import type { Command, Event, Joined, Said, Welcome } from "../src/protocol";
import { hex, unhex, type Frame } from "../src/wire";

export class FakeLine implements Line {
  binaryType = "";
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  readonly sent: Command[] = [];
  closed = false;

  send(data: Uint8Array): void {
    this.sent.push(decode(data) as Command);
  }

  close(): void {
    this.closed = true;
  }

  opens(): void {
    (this.onopen as (() => void) | null)?.();
  }

  says(seq: number, event: Event): void {
    const bytes = encode([seq, event]);
    const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    (this.onmessage as ((event: { data: unknown }) => void) | null)?.({ data });
  }

  breaks(code = 1006): void {
    (this.onclose as ((event: { code: number }) => void) | null)?.({ code });
  }

  last<T extends Command["type"]>(type: T): Extract<Command, { type: T }> {
    const found = this.sent.findLast((command) => command.type === type);
    if (!found) throw new Error(`no ${type} was sent`);
    return found as Extract<Command, { type: T }>;
  }
}

export const NIGHT = "room:night";

export function welcome(changes: Partial<Welcome> = {}): Welcome {
  return {
    type: "welcome", ref: 1, now: 1_000_000, build: "b1", role: "peer", name: "", inbox: { epoch: 1, seq: 0 }, resumed: "fresh",
    rules: 1, accepted: 0, tickets: [], staff: ["Wren"], on_duty: false, away: [],
    limits: { text_characters: 2000, text_bytes: 8000, rooms: 10, typing_ms: 3000, outbox_ms: 1_800_000, outbox_messages: 50 },
    ...changes,
  };
}

export function joined(changes: Partial<Joined> = {}): Joined {
  return {
    type: "joined", ref: 0, channel: NIGHT, handle: "quiet-heron-12", position: { epoch: 1, seq: 0 }, resumed: "fresh",
    state: "open", slow_seconds: 0, turn_ms: 0, muted_until: 0, held: [], ...changes,
  };
}

export function said(seq: number, text = `words ${seq}`, changes: Partial<Said> = {}): Frame {
  const event: Said = {
    type: "said", channel: NIGHT, id: `m${seq}`, client_id: unhex(hex(new Uint8Array(16).fill(seq % 256))),
    handle: "soft-maple-31", voice: "peer", text, at: 1_000_000 + seq * 1_000, ...changes,
  };
  return [seq, event];
}

export function removed(seq: number, gone: number): Frame {
  return [seq, { type: "removed", channel: NIGHT, gone, own: false, at: 1_000_000 + seq * 1_000 }];
}

export function restored(seq: number, back: number): Frame {
  const { id, handle, voice, text, at } = said(back)[1] as Said;
  return [seq, { type: "restored", channel: NIGHT, back, id, handle, voice, text, said_at: at, at: 1_000_000 + seq * 1_000 }];
}
