/** The page's one conversation with the server: the state, who watches it, and every verb a view can use. */
import type { ComponentChildren } from "preact";
import { now } from "./clock";
import { Connection, type Link } from "./connection";
import { Delivery, NOT_NOW, spread } from "./delivery";
import { Memory, recall, revived, type Kept } from "./keeping";
import { full } from "./outbox";
import { page } from "./page";
import type { CardAnswer, Event, ReportReason, Scope } from "./protocol";
import { signIn, type Age } from "./session";
import { reduce, type Action } from "./reduce";
import type { State } from "./state";
import { freshId, unhex, type Asking, type Frame } from "./wire";

const EXPIRY_CHECK_MS = 10_000;
const PAGE_OF_HISTORY = 50;
const RETRY_MS = 2_000;
const TYPING_COUNTS_MS = 6_000;

export class Chat {
  state: State;
  /** What goes on beside the view that is open, for who waits for a listener or has one. */
  beside: (() => ComponentChildren) | null = null;
  private readonly memory: Memory;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<(frame: Frame) => void>();
  private readonly connection: Connection;
  private readonly delivery: Delivery;
  private typed = { channel: "", at: -Infinity };

  constructor(kept = recall()) {
    this.memory = new Memory(kept, () => this.toKeep());
    this.state = revived(kept);
    this.connection = new Connection(
      { open: () => new WebSocket(socketAddress()), signIn: () => signIn(this.memory.kept.age), build: page.build, inbox: kept.inbox },
      {
        heard: (frame) => this.heard(frame),
        linked: (link) => this.linked(link),
        settled: (channel) => this.do({ do: "settle", channel, now: Date.now() }),
      },
    );
    this.delivery = new Delivery(this, this.connection);
    setInterval(() => this.expire(), EXPIRY_CHECK_MS);
  }

  // -- watching ------------------------------------------------------------------------------------

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Every frame as it comes, after the state has taken it in; for views that keep more than the state does. */
  listen(listener: (frame: Frame) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Something beside the state has changed that views show. */
  show(): void {
    for (const watcher of this.watchers) watcher();
  }

  do(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action);
    if (this.state === before) return;
    this.show();
    this.memory.soon();
    this.delivery.push();
  }

  // -- coming and going ----------------------------------------------------------------------------

  get age(): Age | null {
    return this.memory.kept.age;
  }

  /** Where this person was before a reload. */
  get rooms(): readonly string[] {
    return this.memory.kept.rooms;
  }

  /** Whether what is written here outlives a reload. */
  get keeps(): boolean {
    return this.memory.keeps;
  }

  /** Whether a screen reader hears what is new in a room. */
  get announcing(): boolean {
    return this.memory.kept.announcing;
  }

  announce(announcing: boolean): void {
    this.remember({ announcing });
  }

  answerAge(age: Age): void {
    this.remember({ age });
  }

  /** Sign in where that was not done, and connect; safe to ask twice. */
  async open(): Promise<void> {
    if (this.state.link.is !== "closed" && this.state.link.is !== "stopped") return;
    this.linked({ is: "connecting", tries: 0, code: 0 });
    await signIn(this.memory.kept.age).catch(() => false); // what is wrong, the socket will say
    this.connection.start();
  }

  enter(channel: string): void {
    if (this.state.channels[channel]?.entering.is === "in") return;
    this.do({ do: "enter", channel });
    void this.open();
    if (this.state.link.is === "open") void this.join(channel);
  }

  leave(channel: string): void {
    this.do({ do: "leave", channel });
    void this.connection.leave(channel);
  }

  hurry(): void {
    this.connection.hurry();
  }

  /** For quick exit: at once, without a word. */
  stop(): void {
    this.memory.end();
    this.connection.stop();
    this.watchers.clear();
  }

  // -- saying --------------------------------------------------------------------------------------

  /** False where no more can be kept; the words stay where they are. */
  say(channel: string, text: string): boolean {
    if (full(this.state.outbox, this.state.limits.outbox_messages)) {
      this.do({ do: "notice", channel, code: "full" });
      return false;
    }
    const replaces = this.state.editing[channel] ?? null;
    const item = { clientId: freshId(), channel, text, rules: page.rules.version, replaces, since: Date.now(), at: now() };
    this.do({ do: "write", item });
    this.typed.at = -Infinity; // with the message the server counts me no more
    return true;
  }

  typing(channel: string): void {
    const moment = performance.now();
    const again = this.typed.channel === channel && moment - this.typed.at < this.state.limits.typing_ms;
    if (again || this.state.channels[channel]?.entering.is !== "in") return;
    this.typed = { channel, at: moment };
    this.connection.tell({ type: "typing", channel });
  }

  /** Whether the server counts me among those who are writing here. */
  isTyping(channel: string): boolean {
    return this.typed.channel === channel && performance.now() - this.typed.at < TYPING_COUNTS_MS;
  }

  /** Take a held message back: its words return to the composer, unless it was decided a moment before. */
  async takeBack(clientId: string, channel: string): Promise<void> {
    const reply = await this.ask({ type: "withdraw", channel, client_id: unhex(clientId) });
    if (reply?.type === "done") this.do({ do: "take_back", clientId });
    else if (reply?.type !== "refused" || NOT_NOW.has(reply.code)) this.do({ do: "notice", channel, code: "take_back" });
  }

  /** The answer is `named`, or `refused` with names that are free. */
  rename(channel: string, handle: string | null): Promise<Event | null> {
    return this.ask({ type: "rename", channel, handle });
  }

  report(channel: string, seq: number, reason: ReportReason, note: string): Promise<Event | null> {
    return this.ask({ type: "report", channel, seq, reason, note });
  }

  /** Both ways, and only I am told; the room comes anew when it is so. */
  block(channel: string, seq: number, scope: Scope): Promise<Event | null> {
    return this.ask({ type: "block", channel, seq, scope });
  }

  async earlier(channel: string): Promise<void> {
    const log = this.state.channels[channel]?.log;
    if (!log) return;
    const reply = await this.ask({ type: "history", channel, before: log.from, limit: PAGE_OF_HISTORY });
    if (reply?.type === "page") this.do({ do: "page", channel, frames: reply.frames as unknown as Frame[], more: reply.more });
  }

  // -- care ----------------------------------------------------------------------------------------

  /** Ask for a person of the team; kept and repeated until they have it. */
  askForHelp(channel: string | null): void {
    if (this.state.help) return;
    this.do({ do: "ask_help", clientId: freshId(), channel });
    void this.open();
  }

  answerCard(card: string, says: CardAnswer): void {
    void this.ask({ type: "answer", card, says });
  }

  // -- below ---------------------------------------------------------------------------------------

  /** One command and its answer; null where none came. */
  ask(command: Asking): Promise<Event | null> {
    return this.connection.ask(command).catch(() => null);
  }

  tell(command: Asking): void {
    this.connection.tell(command);
  }

  /** Go into a channel on this line; try again for as long as the reason is ours. */
  async join(channel: string): Promise<void> {
    const reply = await this.connection.join(channel).catch(() => null); // a lost line joins when it is back
    if (reply?.type !== "refused") return;
    if (NOT_NOW.has(reply.code)) {
      const after = spread(reply.retry_ms ?? RETRY_MS, Math.random());
      setTimeout(() => this.state.channels[channel] && void this.join(channel), after);
    } else this.do({ do: "refuse_entry", channel, code: reply.code, ...(reply.retry_ms && { until: now() + reply.retry_ms }) });
  }

  private heard(frame: Frame): void {
    this.do({ do: "hear", frame, now: now() });
    for (const listener of this.listeners) listener(frame);
    if (frame[1].type === "welcome") this.meet(frame[1].build);
    if (frame[1].type === "welcome" && frame[1].rules > page.rules.version) this.renew(`rules ${frame[1].rules}`);
    if (frame[1].type === "welcome" || frame[1].type === "ticket_taken") this.enterThreads();
    if (frame[1].type === "banned") this.connection.forget(frame[1].channel);
    if (frame[1].type === "blocked") this.comeInAnew(frame[1].channel);
    if (frame[1].type === "unbanned" && this.state.channels[frame[1].channel]) void this.join(frame[1].channel);
  }

  /** Nobody shall speak half an hour late unasked: asked now and then, and always before anything can be sent. */
  private expire(): void {
    this.do({ do: "expire", now: Date.now() });
  }

  private linked(link: Link): void {
    if (link.is === "open") this.expire();
    this.do({ do: "link", link });
    if (link.is === "open") for (const channel of Object.keys(this.state.channels)) void this.join(channel);
    if (link.is === "stopped" && link.why === "version") this.renew("another version");
  }

  private comeInAnew(only: string | null): void {
    const rooms = Object.keys(this.state.channels).filter((id) => id === only || (only === null && id.startsWith("room:")));
    for (const id of rooms) {
      this.connection.forget(id);
      this.do({ do: "anew", channel: id });
      void this.join(id);
    }
  }

  private enterThreads(): void {
    for (const thread of this.state.threads) if (thread.is !== "over") this.enter(`ticket:${thread.ticket}`);
  }

  private meet(build: string): void {
    if (page.build && build && build !== page.build) this.renew(build);
  }

  /** A page older than the server loads itself anew, once for each reason; what was written is kept. */
  renew(reason: string): void {
    if (this.memory.kept.reloadedFor === reason) return;
    this.memory.set({ reloadedFor: reason });
    this.memory.now();
    if (this.memory.keeps) location.reload(); // else the words would go with the page
  }

  private remember(change: Partial<Kept>): void {
    this.memory.set(change);
    this.show();
  }

  private toKeep(): Partial<Kept> {
    const { outbox, drafts, editing, cards, help, threads, channels } = this.state;
    const rooms = Object.keys(channels).filter((channel) => channel.startsWith("room:"));
    return { outbox, drafts, editing, cards, help, threads, rooms, inbox: this.connection.inbox ?? this.memory.kept.inbox };
  }
}

function socketAddress(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;
}
