/** One person's way to a listener in this page: the wait, the talk and goodbye; it lives on whatever view is open. */
import { announce } from "../announce";
import type { Chat } from "../chat";
import type { Channel } from "../channel";
import type { Consent, Event, OneToOne } from "../protocol";
import { unhex, type Frame } from "../wire";
import { word } from "../words";
import { Draft } from "./draft";
import * as keeping from "./kept";
import type { Kept } from "./kept";
import { agreed, consented, heard, isOfListening, NOWHERE, slowed, type Standing } from "./standing";

const AGAIN_MS = 3_000;

/** What became of telling how it was. */
export type Told = "done" | "late" | "blocked";

export type Asked = "no" | "asking" | "not_now" | "blocked";

export class Visit {
  kept: Kept = keeping.recall();
  standing: Standing = keeping.revived(this.kept);
  asked: Asked = this.kept.asking ? "asking" : "no";
  readonly draft: Draft;

  constructor(readonly chat: Chat) {
    this.draft = new Draft(this.kept.draft, this.kept.saved, {
      most: () => chat.state.limits.text_characters,
      ask: (draft) => chat.ask({ type: "queue_draft", draft }),
      gone: () => void this.look(),
      changed: () => this.keep({}),
    });
    chat.listen((frame) => this.heard(frame));
    if (this.isConcerned) void chat.open();
    if (this.isConcerned && chat.state.link.is === "open") void this.look();
  }

  /** Whether this tab has to do with one-to-ones: only then the server is asked about them. */
  get isConcerned(): boolean {
    const { place, talk, ended } = this.standing;
    return this.asked === "asking" || place !== null || talk !== null || ended !== null;
  }

  /** The talk that is going on, or the one that has ended and can still be read. */
  get channel(): Channel | undefined {
    const one = this.standing.talk?.one ?? this.standing.ended?.one;
    return one && this.chat.state.channels[one.channel];
  }

  // -- waiting -------------------------------------------------------------------------------------

  wish(change: Partial<Pick<Kept, "wish" | "howHard" | "slowly">>): void {
    this.keep(change);
  }

  /** Wait, or change what was told and keep the place; what is asked without a line is asked as soon as there is one. */
  wait(): void {
    this.asked = "asking";
    this.keep({ asking: true });
    void this.chat.open();
    if (this.chat.state.link.is === "open") void this.queue();
  }

  async leave(): Promise<void> {
    const reply = await this.chat.ask({ type: "leave_queue" });
    if (reply?.type !== "done") return;
    this.hear([0, { type: "queue_ended", why: "left", at: 0 }]);
  }

  /** My next listener reads nothing of what I kept. */
  async keepToMyself(): Promise<void> {
    const reply = await this.chat.ask({ type: "keep_summary", text: this.standing.shares, share: false });
    if (reply?.type === "done") await this.look();
  }

  // -- the talk ------------------------------------------------------------------------------------

  async extend(): Promise<void> {
    if (await this.isDone((channel) => ({ type: "extend", channel }))) this.become(agreed(this.standing));
  }

  async typeSlowly(): Promise<void> {
    if (await this.isDone((channel) => ({ type: "type_slowly", channel }))) this.become(slowed(this.standing));
  }

  /** Whether someone else may go on with me. */
  async consent(says: Consent): Promise<void> {
    if (await this.isDone((channel) => ({ type: "answer_transfer", channel, says }))) this.become(consented(this.standing, says));
  }

  /** `apart`: and never again; it can be said later, too. True where it is so. */
  async goodbye(apart: boolean): Promise<boolean> {
    const done = await this.isDone((channel) => ({ type: "goodbye", channel, apart }));
    if (done && apart) this.keep({ apart });
    return done;
  }

  /** We may be brought together again after all. */
  async bringTogether(): Promise<void> {
    const channel = this.standing.ended?.one.channel;
    const list = await this.chat.ask({ type: "blocks" });
    const block = list?.type === "block_list" ? list.blocks.find((each) => each.channel === channel)?.block : undefined;
    const ended = block === undefined ? list : await this.chat.ask({ type: "unblock", block });
    if (ended?.type === "done" || ended?.type === "block_list") this.keep({ apart: false });
  }

  // -- afterwards ----------------------------------------------------------------------------------

  /** How it was, as far as the person has said so. */
  async tell(): Promise<Told> {
    const { felt, feltWords, howHardAfter } = this.kept;
    const channel = this.standing.ended?.one.channel;
    if (!channel) return "late";
    const heard = felt && (await this.chat.ask({ type: "felt_heard", channel, felt, words: feltWords.trim() }));
    if (heard?.type === "refused" && heard.code === "blocked") return "blocked";
    const rated = howHardAfter > 0 ? await this.chat.ask({ type: "rate_again", channel, how_hard: howHardAfter }) : heard;
    return (!felt || heard?.type === "done") && rated?.type === "done" ? "done" : "late";
  }

  /** The goodbye card is put away; what was said is no longer on this page. */
  done(): void {
    if (this.channel) this.chat.leave(this.channel.id);
    this.draft.clear();
    this.kept = keeping.nothing();
    keeping.forget();
    this.asked = "no";
    this.become(NOWHERE);
  }

  waitAgain(): void {
    const { wish, slowly } = this.kept;
    this.done();
    this.keep({ wish, slowly });
    this.wait();
  }

  keep(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change, draft: this.draft.text, saved: this.draft.saved };
    keeping.keep(this.kept);
    this.chat.show();
  }

  // -- below ---------------------------------------------------------------------------------------

  private heard(frame: Frame): void {
    if (frame[1].type === "welcome" && this.isConcerned) void this.look();
    if (frame[1].type === "help_card") this.dismissRepeated(frame[1]);
    if (isOfListening(frame[1])) this.hear(frame);
  }

  private hear(frame: Frame): void {
    const before = this.standing;
    this.become(heard(before, frame));
    const { talk, ended, place } = this.standing;
    if (talk && talk.one.channel !== before.talk?.one.channel) this.began(talk.one);
    else if (talk) this.enter(talk.one);
    if (ended && ended.one.channel !== before.ended?.one.channel) this.ended(ended.one);
    if (frame[1].type === "listening_state" && place) this.bring(frame[1].draft);
    if (frame[1].type === "transfer_asked" && talk) announce(word("listening.transfer", { name: talk.one.name }), "assertive");
    if (frame[1].type === "one_ended" && frame[1].waits) void this.look();
    if (frame[1].type === "queue_ended" && frame[1].why === "left") this.forgetWait();
  }

  /** On every new line; again, for as long as no answer comes. What is still to be asked is asked after it. */
  private async look(): Promise<void> {
    const { link } = this.chat.state;
    const reply = await this.chat.ask({ type: "listening" });
    if (this.chat.state.link !== link) return; // the next line looks anew
    if (reply?.type !== "listening_state") setTimeout(() => void this.look(), AGAIN_MS);
    else if (this.asked === "asking") await this.queue();
  }

  private async queue(): Promise<void> {
    const { clientId, wish, howHard, slowly } = this.kept;
    const words = this.draft.over > 0 ? this.draft.saved : this.draft.text;
    const reply = await this.chat.ask({
      type: "queue", client_id: unhex(clientId), wish, how_hard: howHard, draft: words, slowly,
    });
    if (reply === null) return; // the next line asks again
    if (reply.type === "queued") this.draft.take(words);
    if (reply.type === "queued") void this.look(); // what is shared with whoever comes is not told by the place
    else if (reply.type === "refused" && reply.code === "blocked") this.draft.refuse(words);
    this.asked = reply.type === "queued" ? "no" : reply.type === "refused" && reply.code === "blocked" ? "blocked" : "not_now";
    if (reply.type === "refused" && reply.code === "conflict") void this.look(); // with someone already, in another tab
    this.keep({ asking: false });
  }

  private began(one: OneToOne): void {
    this.enter(one);
    announce(word("listening.strip_here", { name: one.name }), "assertive");
    void this.draft.rest().then((rest) => {
      const written = this.chat.state.drafts[one.channel];
      if (rest && !written) this.chat.do({ do: "draft", channel: one.channel, text: rest });
      this.draft.clear();
      this.keep({ howHardAfter: 0, apart: false, felt: null, feltWords: "", summary: null, unsent: "" });
    });
  }

  private enter({ channel }: OneToOne): void {
    if (!this.chat.state.channels[channel]) this.chat.enter(channel);
  }

  /** Nothing that was typed is lost with the talk. */
  private ended(one: OneToOne): void {
    this.enter(one);
    const { outbox, drafts } = this.chat.state;
    const waiting = outbox.filter(({ channel, fate }) => channel === one.channel && fate.is !== "posted").map(({ text }) => text);
    const unsent = [...waiting, drafts[one.channel] ?? ""].filter(Boolean).join("\n");
    this.keep({ unsent: unsent || this.kept.unsent, clientId: keeping.nothing().clientId });
  }

  /** The server's draft, where this page has none: written in another tab. */
  private bring(draft: string): void {
    if (draft && !this.draft.text) this.draft.text = draft;
    this.draft.saved = draft;
    this.draft.soon(0);
    this.keep({});
  }

  private forgetWait(): void {
    this.asked = "no";
    this.draft.clear();
    this.keep({ asking: false, waiting: false, clientId: keeping.nothing().clientId });
    if (!this.standing.talk && !this.standing.ended) keeping.forget();
  }

  /** Who closed the card on a draft is not shown it again for the next words of the same draft, unless it is graver. */
  private dismissRepeated({ card, kind, channel }: Extract<Event, { type: "help_card" }>): void {
    const closed = this.chat.state.cards.some((each) => each.closed && each.channel === null && each.kind === kind && each.card !== card);
    if (channel === null && closed) this.chat.do({ do: "close_card", card });
  }

  private async isDone(command: (channel: string) => Parameters<Chat["ask"]>[0]): Promise<boolean> {
    const one = this.standing.talk?.one ?? this.standing.ended?.one;
    return one !== undefined && (await this.chat.ask(command(one.channel)))?.type === "done";
  }

  private become(standing: Standing): void {
    if (standing === this.standing) return;
    this.standing = standing;
    const { talk, ended, place } = standing;
    if (this.isConcerned) this.keep({ talk, ended, waiting: place !== null });
    else this.chat.show();
  }
}

const visits = new WeakMap<Chat, Visit>();

/** Made once for the page: it outlives every view. */
export function visitOf(chat: Chat): Visit {
  const visit = visits.get(chat) ?? new Visit(chat);
  visits.set(chat, visit);
  return visit;
}
