/** A supervisor at work in this page: what waits, how it goes everywhere, and what is read along. */
import { announce } from "../announce";
import type { Station } from "../console/station";
import { EMPTY, heard as said, type Log } from "../log";
import type { OneToOne, OverviewState } from "../protocol";
import type { Frame } from "../wire";
import { word } from "../words";
import { count, heard, NOTHING, oldest, type Waiting } from "./waiting";

const LOOK_MS = 10_000;
const RING_MS = 15_000;
const AGAIN_MS = 2_000;

/** A one-to-one that is read along. `fault`: why it can't be, in a code. */
export interface Reading {
  channel: string;
  one: OneToOne | null;
  log: Log;
  fault: string;
}

export class Supervision {
  waiting: Waiting = NOTHING;
  overview: OverviewState | null = null;
  reading: Reading | null = null;
  private rang = -Infinity;

  constructor(readonly station: Station) {
    station.chat.listen((frame) => this.heard(frame));
    setInterval(() => void this.look(), LOOK_MS);
    setInterval(() => this.ring(performance.now()), 1_000);
    if (station.chat.state.link.is === "open") this.arrive();
  }

  /** What is on screen is so now; else it may be old. */
  get isCurrent(): boolean {
    return this.station.chat.state.link.is === "open" && this.waiting.position !== null;
  }

  async look(): Promise<void> {
    if (document.hidden || this.station.chat.state.link.is !== "open") return;
    const reply = await this.station.chat.ask({ type: "overview" });
    if (reply?.type !== "overview_state") return;
    this.overview = reply;
    this.station.show();
  }

  /** Each time is on record. */
  async read(channel: string): Promise<void> {
    if (this.reading?.channel !== channel) this.put(channel, EMPTY, null, "");
    const reply = await this.station.chat.ask({ type: "watch", channel });
    if (reply?.type === "refused" && this.reading?.channel === channel) this.put(channel, EMPTY, null, reply.code);
  }

  stopReading(): void {
    const { reading, station } = this;
    this.reading = null;
    if (reading && !station.chat.state.channels[reading.channel]) station.chat.leave(reading.channel);
    station.show();
  }

  /** Openly, under one's own name: both are told. */
  goIn(channel: string): void {
    this.reading = null;
    this.station.chat.enter(channel);
    this.station.show();
  }

  dismiss(topic: string | null): void {
    this.waiting = { ...this.waiting, untaken: this.waiting.untaken.filter((each) => each !== topic) };
    this.station.show();
  }

  private arrive(): void {
    void this.follow();
    void this.look();
    if (this.reading) void this.read(this.reading.channel);
  }

  private async follow(): Promise<void> {
    const { chat } = this.station;
    const { link } = chat.state;
    const reply = await chat.ask({ type: "supervise" });
    if (reply?.type !== "supervision_state" && chat.state.link === link) setTimeout(() => void this.follow(), AGAIN_MS);
  }

  private heard(frame: Frame): void {
    const event = frame[1];
    if (event.type === "welcome") return this.arrive();
    if (event.type === "watching") this.put(event.channel, EMPTY, event.one, "");
    else if (event.type === "said" && event.channel === this.reading?.channel) this.readOn(frame);
    else if (event.type === "one_handed") void this.look();
    else if (event.type === "ask_closed" && this.waiting.asks[event.channel]?.one === null) this.station.chat.leave(event.channel);
    const before = this.waiting;
    this.waiting = heard(before, frame);
    if (this.waiting === before) return;
    if (event.type === "ask_changed" || event.type === "transfer_wanted" || event.type === "lift_changed") this.call(before);
    void this.look();
    this.station.show();
  }

  private readOn(frame: Frame): void {
    const { reading } = this;
    if (reading) this.put(reading.channel, said(reading.log, frame), reading.one, "");
  }

  private put(channel: string, log: Log, one: OneToOne | null, fault: string): void {
    this.reading = { channel, log, one, fault };
    this.station.show();
  }

  /** Something new wants someone. */
  private call(before: Waiting): void {
    const me = this.station.name;
    if (count(this.waiting, me) <= count(before, me)) return;
    this.rang = -Infinity;
    this.ring(performance.now());
    announce(word("supervising.called"), "assertive");
  }

  /** Again and again while a listener waits for an answer; only for who is on duty. */
  private ring(time: number): void {
    const calls = oldest(this.waiting, this.station.name).length + Object.keys(this.waiting.transfers).length;
    if (calls === 0 || !this.station.onDuty || time - this.rang < RING_MS) return;
    this.rang = time;
    this.station.sound.ring();
  }
}
