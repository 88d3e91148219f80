/** A listener at work in this page: where they stand, the offer, the one-to-one, and every verb that a view can use. */
import { announce } from "../announce";
import type { Chat } from "../chat";
import { OFFER, Sound } from "../console/sound";
import { page } from "../page";
import type { Abuse, Availability, Event, Handbook, Role, SkipReason, TransferTo, Urgency } from "../protocol";
import type { Asking, Frame } from "../wire";
import { word } from "../words";
import { Foremost } from "./foremost";
import type { Mark, Marks } from "./marks";
import { heard, isComing, UNKNOWN, type Standing, type Talk } from "./standing";

const LISTENERS: ReadonlySet<Role> = new Set(["listener", "supervisor"]);
const AGAIN_MS = 2_000;
/** After these it is asked anew where I stand, and what the peer shares, which is nobody's to read who does not hold the talk. */
const ASKED_WITH: ReadonlySet<Event["type"]> = new Set(["welcome", "on_duty", "one_began"]);
const SHARED_WITH: ReadonlySet<Event["type"]> = new Set(["listening_state", "one_handed"]);

/** `done`, the code of a refusal, or `unanswered` where the line broke: then it may have happened. */
export type Outcome = string;

/** Topics that are not to be offered: ever, or not today. */
export interface Topics {
  ever: readonly string[];
  today: readonly string[];
}

export class Chair {
  standing: Standing = UNKNOWN;
  /** What the last act did, in words; stays until the next one. */
  said = "";
  /** What the operator gives to hand; null until it has come. */
  handbook: Handbook | null = null;
  /** What I make of the answers in this one-to-one. */
  marks: Marks = {};
  readonly foremost: Foremost;
  readonly sound = new Sound(() => this.changed());
  private rung = "";
  private opening = false;
  private readonly watchers = new Set<() => void>();

  constructor(readonly chat: Chat) {
    this.foremost = new Foremost(() => this.changed(), globalThis.document?.hidden !== true);
    chat.listen((frame) => this.heard(frame));
    if (chat.state.link.is === "open" && this.mayListen) void this.askWhere();
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  // -- who is here -------------------------------------------------------------------------------

  get name(): string {
    return this.chat.state.me?.name ?? "";
  }

  get mayListen(): boolean {
    const { me } = this.chat.state;
    return me !== null && LISTENERS.has(me.role);
  }

  /** What is on screen is so now; else it may be old. */
  get isCurrent(): boolean {
    return this.chat.state.link.is === "open" && this.standing.known;
  }

  get topics(): Topics {
    const { duties } = this.standing;
    return { ever: duties?.off_topics ?? [], today: duties?.not_today ?? [] };
  }

  // -- verbs -------------------------------------------------------------------------------------

  listen(availability: Availability, { ever, today } = this.topics): Promise<Outcome> {
    if (availability === "available" && !this.sound.on) this.sound.turn(true);
    this.put({ passed: null });
    return this.run({ type: "listen", availability, off_topics: ever, not_today: today }).then((outcome) => {
      if (outcome === "training") void this.askWhere(); // its time was over since we asked last
      return outcome;
    });
  }

  accept(offer: string): Promise<Outcome> {
    return this.run({ type: "accept", offer });
  }

  skip(offer: string, reason: SkipReason): Promise<Outcome> {
    return this.run({ type: "skip", offer, reason });
  }

  extend(channel: string): Promise<Outcome> {
    return this.run({ type: "extend", channel }, () => this.mark(channel, { agreed: true }));
  }

  /** Nothing ends by it: whoever is worried stays. */
  worry(channel: string, urgency: Urgency): Promise<Outcome> {
    return this.run({ type: "worried", channel, urgency }, () => this.mark(channel, { worry: this.standing.talk?.worry ?? "" }));
  }

  /** That it was asked goes on record; nothing else of it leaves this page. */
  asked(channel: string, question: string): Promise<Outcome> {
    this.marks = { ...this.marks, [question]: "asked" };
    this.changed();
    return this.run({ type: "risk_asked", channel, question });
  }

  marked(question: string, mark: Mark): void {
    this.marks = { ...this.marks, [question]: mark };
    this.changed();
  }

  /** The peer never hears of it; null: about myself. Asked again while nobody has answered, it is the same question. */
  askSupervisor(channel: string | null): Promise<Outcome> {
    return this.run({ type: "ask_supervisor", channel });
  }

  /** It needs no answer any more; what was said about myself is gone with it. */
  async closeAsk(channel: string): Promise<Outcome> {
    const outcome = await this.run({ type: "close_ask", channel });
    if (outcome === "done") await this.askWhere();
    return outcome;
  }

  stop(channel: string, abuse: Abuse): Promise<Outcome> {
    return this.run({ type: "abusive", channel, abuse });
  }

  /** The peer is asked first, and I stay until someone has come. */
  passOn(channel: string, to: TransferTo, summary: string): Promise<Outcome> {
    return this.run({ type: "transfer", channel, to, summary });
  }

  passing(channel: string, what: "withdraw_transfer" | "finish_transfer"): Promise<Outcome> {
    return this.run({ type: what, channel });
  }

  /** A colleague's: gone on with, or let pass without a reason. */
  receive(channel: string, what: "accept_transfer" | "decline_transfer"): Promise<Outcome> {
    return this.run({ type: what, channel }, () => this.put({ wanted: null }));
  }

  goodbye(channel: string): Promise<Outcome> {
    return this.run({ type: "goodbye", channel });
  }

  /** How the last one-to-one ended was read. */
  put(change: Partial<Pick<Standing, "passed" | "ended" | "wanted" | "handed">>): void {
    this.standing = { ...this.standing, ...change };
    this.changed();
  }

  say(said: string): void {
    this.said = said;
    this.changed();
  }

  /** A hand is on this page: from here on it is this tab that rings. */
  touch(): void {
    this.foremost.touch();
    this.sound.touch();
  }

  turnSound(on: boolean): void {
    this.sound.turn(on);
    if (on) this.sound.ring(OFFER);
    this.changed();
  }

  async openHandbook(): Promise<void> {
    if (this.handbook !== null || this.opening) return;
    this.opening = true;
    const reply = await this.chat.ask({ type: "open_handbook", lang: page.lang });
    this.opening = false;
    if (reply?.type !== "handbook") return void setTimeout(() => void this.openHandbook(), AGAIN_MS);
    this.handbook = reply;
    this.changed();
  }

  // -- below -------------------------------------------------------------------------------------

  private async run(command: Asking, done: () => void = () => undefined): Promise<Outcome> {
    this.said = "";
    const reply = await this.chat.ask(command);
    if (reply === null) return "unanswered";
    if (reply.type === "refused") return reply.code;
    done();
    return "done";
  }

  private heard([, event]: Frame): void {
    if (ASKED_WITH.has(event.type) && this.mayListen) void this.askWhere();
    const before = this.standing;
    this.standing = heard(before, event);
    if (this.standing === before) return;
    this.follow(before, event);
    this.ring();
    this.changed();
  }

  /** On every new line: it also says that this tab is here for one-to-ones. */
  private async askWhere(): Promise<void> {
    const { link } = this.chat.state;
    const reply = await this.chat.ask({ type: "listening" });
    if (reply?.type !== "listening_state" && this.chat.state.link === link) setTimeout(() => void this.askWhere(), AGAIN_MS);
  }

  /** Into what is mine, and out of what is over: nothing that was said there stays here. */
  private follow(before: Standing, event: Event): void {
    const { talk } = this.standing;
    if (before.talk?.one.channel !== talk?.one.channel) this.marks = {};
    const is = threads(this.standing);
    for (const channel of threads(before)) if (!is.has(channel)) this.leave(channel);
    for (const channel of is) if (!this.chat.state.channels[channel]) this.chat.enter(channel);
    if (talk?.shared === null && SHARED_WITH.has(event.type)) void this.chat.ask({ type: "shared_summary", channel: talk.one.channel });
    if (event.type === "transfer_ended" && isComing(before)) this.say(word("listener.stays_theirs"));
    if (event.type === "supervisor_wrote" && is.has(event.channel)) announce(word("listener.supervisor_wrote", { name: event.name }), "assertive");
    if (event.type === "one_ended" && this.standing.ended) announce(word(`listener.ended_${event.why}`), "assertive");
    if (event.type === "worry_taken" && this.standing.talk) announce(worryWords(this.standing.talk), "assertive");
    if (event.type === "offer_ended" && event.why !== "accepted") announce(word(`listener.offer_${event.why}`));
  }

  private leave(channel: string): void {
    const { outbox } = this.chat.state;
    for (const item of outbox.filter((each) => each.channel === channel)) this.chat.do({ do: "forget", clientId: item.clientId });
    this.chat.do({ do: "draft", channel, text: "" });
    this.chat.leave(channel);
  }

  /** Once for each offer, and only in the tab that was touched last; in words everywhere. */
  private ring(): void {
    const offer = this.standing.offer?.offer ?? this.standing.wanted?.channel ?? "";
    if (offer === "" || offer === this.rung) return;
    this.rung = offer;
    announce(word("listener.offer_called"), "assertive");
    if (this.foremost.here) this.sound.ring(OFFER);
  }

  private mark(channel: string, change: { agreed: true } | { worry: string }): void {
    const { talk } = this.standing;
    if (talk?.one.channel !== channel) return;
    this.standing = { ...this.standing, talk: { ...talk, ...change } };
    this.changed();
  }

  private changed(): void {
    for (const watcher of this.watchers) watcher();
  }
}

/** The channels that this page is in: the talk, what was asked about it, and what was asked about myself. */
function threads({ talk, question, own }: Standing): Set<string> {
  return new Set([talk?.one.channel, question?.channel, own?.channel].filter((channel) => channel !== undefined));
}

/** Who has it, or that nobody has yet: then please stay. */
export function worryWords({ worry }: Talk): string {
  return worry ? word("listener.worry_taken", { name: worry }) : word("listener.worry_open");
}
