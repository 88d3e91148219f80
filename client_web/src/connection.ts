/** One socket, kept open: greeting, replies, resuming every channel, and coming back after a loss. Knows no page. */
import { setTime } from "./clock";
import { closing, type Stop } from "./closing";
import { VERSION, type Event, type Joined, type Position, type Watching, type Welcome } from "./protocol";
import { Positions } from "./positions";
import { Replies } from "./replies";
import { INBOX_CHANNEL, numberedBy, pack, unpack, type Asking, type Frame } from "./wire";

const GREETING_MS = 10_000; // from the first byte to `welcome`
const QUIET_MS = 20_000; // nothing heard for so long: ask whether anyone is there
const HOLDS_MS = 10_000; // a connection that lasted this long was a good one
const SILENT_MS = 5_000; // the front door did not answer: knock again after this
const SETTLE_MS = 2_000; // history follows `joined` at once
const SOON_MS = 4_000; // for an answer where the device has slept or moved; a busy server may take longer
const HURRY_MS = 3_000; // pages are turned to and fro faster than a server should be asked
const REMEMBERED = 50; // losses in a row

export type Link =
  | { is: "closed" }
  /** `code`: with what the last line ended; 0 before the first. */
  | { is: "connecting"; tries: number; code: number }
  | { is: "open" }
  | { is: "stopped"; why: Stop };

/** The part of a WebSocket that we use; tests give their own. */
export interface Line {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
}

export interface Surroundings {
  open(): Line;
  /** POST /session; false where the server would not have us; throws where it can't be reached. */
  signIn(): Promise<boolean>;
  random?(): number;
  build?: string;
  inbox?: Position | null;
}

export interface Hearing {
  heard(frame: Frame): void;
  linked(link: Link): void;
  /** What was missed in this channel has all come. */
  settled(channel: string): void;
}

export class Connection {
  link: Link = { is: "closed" };
  private line: Line | null = null;
  private losses: readonly number[] = []; // how the lines in a row ended that did not hold
  private hurriedAt = -Infinity;
  private signedInAgain = false;
  private askedAt = 0;
  private readonly replies = new Replies();
  private readonly positions: Positions;
  private quiet: Timer;
  private retry: Timer;
  private holds: Timer;

  constructor(private readonly around: Surroundings, private readonly hearing: Hearing) {
    this.positions = new Positions(around.inbox);
  }

  start(): void {
    if (this.link.is === "closed" || this.link.is === "stopped") this.connect();
  }

  /** Leave for good; nothing comes back by itself. */
  stop(): void {
    clearTimeout(this.retry);
    this.drop();
    this.become({ is: "closed" });
  }

  /** The device is back online, or the page is looked at again: don't sit out the wait, nor trust an old line. */
  hurry(): void {
    const moment = performance.now();
    if (moment - this.hurriedAt < HURRY_MS) return;
    this.hurriedAt = moment;
    if (this.link.is === "open") this.probe(SOON_MS);
    else if (this.link.is === "connecting" && this.line === null) this.connect();
  }

  get inbox(): Position | undefined {
    return this.positions.since(INBOX_CHANNEL);
  }

  /** Follow a channel from where we were in it; to be asked again on every new line. Answer: `joined` or `refused`. */
  join(channel: string): Promise<Event> {
    return this.ask({ type: "join", channel, since: this.positions.since(channel) });
  }

  /** What was heard of a channel is no longer on the screen: when it is joined again, all of it is to come. */
  forget(channel: string): void {
    this.positions.forget(channel);
  }

  async leave(channel: string): Promise<void> {
    this.positions.forget(channel);
    await this.ask({ type: "leave", channel }).catch(() => undefined); // a lost line has left already
  }

  /** One command and its answer; throws `Unanswered`, and looks whether the line lives where it only stays silent. */
  ask(command: Asking): Promise<Event> {
    const { line } = this;
    const reply = this.request(command);
    reply.catch(() => line !== null && line === this.line && this.probe());
    return reply;
  }

  /** A command without an answer. */
  tell(command: Asking): void {
    this.write({ ...command, ref: this.replies.nextRef() });
  }

  private connect(): void {
    clearTimeout(this.retry);
    this.becomeConnecting();
    const line = this.around.open();
    this.line = line;
    line.binaryType = "arraybuffer";
    line.onopen = () => this.greet();
    line.onmessage = (message: { data: ArrayBuffer }) => this.receive(message.data);
    line.onclose = ({ code }: { code: number }) => this.lost(line, code);
    this.expect(GREETING_MS, () => this.lost(line, 1006));
  }

  private greet(): void {
    this.askedAt = performance.now();
    const inbox = this.positions.since(INBOX_CHANNEL);
    this.write({ type: "hello", version: VERSION, build: this.around.build, inbox, ref: this.replies.nextRef() });
  }

  private receive(data: ArrayBuffer): void {
    this.listen();
    const frame = unpack(data);
    if (frame === null) return;
    const event = frame[1];
    if (event.type === "welcome") this.welcomed(event);
    if (event.type === "joined" || event.type === "watching") this.entered(event);
    const channel = numberedBy(frame);
    const missing = channel !== null && !this.positions.settled(channel);
    if (!this.positions.heard(frame)) return;
    this.hearing.heard(frame);
    if (missing && this.positions.settled(channel)) this.hearing.settled(channel);
    this.replies.answer(event);
  }

  private welcomed(welcome: Welcome): void {
    setTime(welcome.now, performance.now() - this.askedAt);
    this.positions.welcomed(welcome);
    this.signedInAgain = false;
    this.holds = setTimeout(() => (this.losses = []), HOLDS_MS);
    this.become({ is: "open" });
    setTimeout(() => this.positions.settle(INBOX_CHANNEL), SETTLE_MS);
  }

  private entered(joined: Joined | Watching): void {
    this.positions.entered(joined);
    setTimeout(() => this.settle(joined.channel), this.positions.settled(joined.channel) ? 0 : SETTLE_MS);
  }

  private settle(channel: string): void {
    this.positions.settle(channel);
    this.hearing.settled(channel);
  }

  private lost(line: Line, code: number): void {
    if (line !== this.line) return; // an older line: we have moved on
    this.drop();
    const next = closing(code, this.losses, (this.around.random ?? Math.random)());
    this.losses = [...this.losses, code].slice(-REMEMBERED);
    switch (next.step) {
      case "stop":
        return this.become({ is: "stopped", why: next.why });
      case "sign_in":
        return void this.signInAgain();
      case "return":
        return this.comeBack(next.after);
    }
  }

  private comeBack(after: number): void {
    this.becomeConnecting();
    this.retry = setTimeout(() => this.connect(), after);
  }

  /** Once; a second refusal means that this browser keeps no cookie. */
  private async signInAgain(): Promise<void> {
    const again = !this.signedInAgain;
    this.signedInAgain = true;
    this.becomeConnecting();
    const link = this.link;
    const entered = again && (await this.around.signIn().catch(() => null));
    if (this.link !== link) return; // stopped meanwhile
    if (entered) return this.connect();
    if (entered === false) return this.become({ is: "stopped", why: "no_session" });
    this.signedInAgain = false; // not reached: that says nothing about cookies
    this.comeBack(SILENT_MS);
  }

  private drop(): void {
    const line = this.line;
    this.line = null;
    clearTimeout(this.quiet);
    clearTimeout(this.holds);
    if (line) {
      line.onopen = line.onmessage = line.onclose = null;
      line.close();
    }
    this.replies.failAll();
  }

  /** Something was heard: the line lives. After a silence, ask; after a silence on that, it is dead. */
  private listen(): void {
    this.expect(QUIET_MS, () => this.probe());
  }

  private probe(within?: number): void {
    const { line } = this;
    const asked = performance.now();
    this.request({ type: "ping" }, within).then(
      (pong) => pong.type === "pong" && setTime(pong.now, performance.now() - asked),
      () => line && this.lost(line, 1006),
    );
  }

  private request(command: Asking, within?: number): Promise<Event> {
    const ref = this.replies.nextRef();
    const reply = this.replies.to(ref, within);
    if (!this.write({ ...command, ref })) this.replies.fail(ref);
    return reply;
  }

  private expect(within: number, otherwise: () => void): void {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(otherwise, within);
  }

  private write(command: Asking & { ref: number }): boolean {
    if (this.line === null || (this.link.is !== "open" && command.type !== "hello")) return false;
    this.line.send(pack(command));
    return true;
  }

  private becomeConnecting(): void {
    this.become({ is: "connecting", tries: this.losses.length, code: this.losses.at(-1) ?? 0 });
  }

  private become(link: Link): void {
    this.link = link;
    this.hearing.linked(link);
  }
}

type Timer = ReturnType<typeof setTimeout> | undefined;
