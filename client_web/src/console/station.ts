/** A moderator at work in this page: the desk, the shift, and what is open; it lives on while help or a dialog is on screen. */
import { announce } from "../announce";
import type { Chat } from "../chat";
import { page } from "../page";
import type { Event, Role } from "../protocol";
import type { Frame } from "../wire";
import { word } from "../words";
import { called, SILENT } from "./calls";
import { EMPTY, heard, type Desk } from "./desk";
import { untaken } from "./items";
import { keepHand, recalledShift } from "./kept-shift";
import * as shifts from "./shift";
import { Sound } from "./sound";

const CARERS: ReadonlySet<Role> = new Set(["moderator", "professional", "supervisor", "operator"]);
const MODERATORS: ReadonlySet<Role> = new Set(["moderator", "supervisor", "operator"]);
const TICK_MS = 1_000;
const AGAIN_MS = 2_000;
export const UNDO_MS = 10_000;

/** What the middle of the page holds. */
export type Work =
  | { is: "decide" }
  | { is: "thread"; ticket: string }
  | { is: "room"; channel: string }
  | { is: "supervise" }
  | { is: "reading"; channel: string }
  | { is: "ask"; channel: string };
export type Tab = "needs" | "decide" | "rooms" | "supervise";

/** A removal that can still be taken back. */
export interface Undo {
  channel: string;
  seq: number;
  handle: string;
  until: number;
}

export class Station {
  desk: Desk = EMPTY;
  shift = recalledShift(performance.now());
  work: Work = { is: "decide" };
  tab: Tab = "needs";
  undo: Undo | null = null;
  /** What the last act did, in words; stays until the next one. */
  said = "";
  passed: ReadonlySet<string> = new Set();
  /** What others ended meanwhile, and who; nobody's name where its author took it back. */
  readonly endedBy = new Map<string, string>();
  /** Hard ones taken in this shift: after a few, a break is offered. */
  hard = 0;
  readonly sound = new Sound(() => this.changed());
  private calls = SILENT;
  private due: shifts.Due = "nothing";
  private readonly watchers = new Set<() => void>();

  constructor(readonly chat: Chat) {
    if (this.shift.wanted) this.sound.turn(true);
    chat.listen((frame) => this.heard(frame));
    setInterval(() => this.tick(performance.now()), TICK_MS);
    if (chat.state.link.is === "open" && this.isStaff) this.arrive();
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  set(change: Partial<Pick<Station, "work" | "tab" | "undo" | "said" | "passed" | "hard">>): void {
    const elsewhere = change.work || change.tab ? { said: "" } : {};
    Object.assign(this, elsewhere, change);
    this.changed();
  }

  /** Something beside the desk has changed that its views show. */
  show(): void {
    this.changed();
  }

  // -- who is here -------------------------------------------------------------------------------

  get name(): string {
    return this.chat.state.me?.name ?? "";
  }

  get isStaff(): boolean {
    const { me } = this.chat.state;
    return me !== null && CARERS.has(me.role);
  }

  get isSupervisor(): boolean {
    return this.chat.state.me?.role === "supervisor";
  }

  get mayDecide(): boolean {
    const { me } = this.chat.state;
    return me !== null && MODERATORS.has(me.role);
  }

  // -- duty --------------------------------------------------------------------------------------

  /** What is on screen is so now; else it may be old. */
  get isCurrent(): boolean {
    return this.chat.state.link.is === "open" && this.desk.position !== null;
  }

  /** Only the server's own word counts, and only on a line that is open. */
  get onDuty(): boolean {
    const { link, staff } = this.chat.state;
    return this.shift.wanted && link.is === "open" && staff !== null && staff.includes(this.name);
  }

  get isAsking(): boolean {
    return this.due === "ask";
  }

  startDuty(): void {
    if (this.shift.wanted) return;
    this.shift = shifts.started(performance.now());
    keepHand(Date.now());
    this.sound.turn(true);
    this.tellDuty();
    this.enterRooms();
    this.changed();
  }

  endDuty(): void {
    if (!this.shift.wanted) return;
    this.shift = shifts.OFF;
    keepHand(null);
    this.due = "nothing";
    this.hard = 0;
    void this.chat.ask({ type: "duty", state: "off" });
    this.leaveRooms();
    this.changed();
  }

  /** A hand was on the console. */
  touch(): void {
    const { shift, tell } = shifts.touched(this.shift, performance.now());
    this.shift = shift;
    this.sound.touch();
    if (tell) this.chat.tell({ type: "hand" });
    if (tell) keepHand(Date.now());
    if (this.due === "ask") this.tick(performance.now());
  }

  turnSound(on: boolean): void {
    this.sound.turn(on);
    if (on) this.sound.ring();
    this.changed();
  }

  // -- below -------------------------------------------------------------------------------------

  private heard(frame: Frame): void {
    const event = frame[1];
    if (event.type === "welcome" && this.isStaff) this.arrive();
    const desk = heard(this.desk, frame);
    if (desk === this.desk) return;
    this.desk = desk;
    if (event.type === "desk_state") this.goBackIn();
    this.settle(event);
    this.changed();
  }

  /** On every new line: all that is open, anew; and duty again, where it was on. */
  private arrive(): void {
    void this.askDesk();
    this.tellDuty();
    if (this.shift.wanted) this.enterRooms();
    else this.leaveRooms();
  }

  /** On duty every room is seen live, and our name is shown in it. */
  private enterRooms(): void {
    const { rooms } = this.chat.state.limits;
    for (const { id } of page.rooms.slice(0, rooms)) this.enter(`room:${id}`);
  }

  /** Off duty nobody shall find our name in a room, but for one that we have gone into. */
  private leaveRooms(): void {
    const inside = this.work.is === "room" ? this.work.channel : "";
    for (const id of Object.keys(this.chat.state.channels))
      if (id.startsWith("room:") && id !== inside) this.chat.leave(id);
  }

  private enter(channel: string): void {
    if (!this.chat.state.channels[channel]) this.chat.enter(channel); // those that are known join by themselves
  }

  private async askDesk(): Promise<void> {
    const { link } = this.chat.state;
    const reply = await this.chat.ask({ type: "desk" });
    if (reply?.type !== "desk_state" && this.chat.state.link === link) setTimeout(() => void this.askDesk(), AGAIN_MS);
  }

  private tellDuty(): void {
    if (this.shift.wanted) void this.chat.ask({ type: "duty", state: "on" });
  }

  /** Into the threads of tickets that are mine. */
  private goBackIn(): void {
    for (const { ticket, state, taken_by } of Object.values(this.desk.tickets))
      if (state !== "open" && taken_by === this.name) this.enter(`ticket:${ticket}`);
  }

  private settle(event: Event): void {
    if (event.type === "hold_settled" && event.by !== this.name) this.endedBy.set(event.hold, event.by);
    if (event.type === "duty_changed" && event.relieved !== "" && event.relieved === this.name) this.endDuty();
    if (event.type === "report_settled" && event.by !== this.name) this.endedBy.set(event.report, event.by);
    if (event.type !== "ticket_changed" || event.ticket.state !== "settled") return;
    const { ticket } = event.ticket;
    if (this.chat.state.channels[`ticket:${ticket}`]) this.chat.leave(`ticket:${ticket}`);
    if (this.work.is === "thread" && this.work.ticket === ticket) this.work = { is: "decide" };
  }

  private tick(time: number): void {
    const due = shifts.due(this.shift, time);
    const over = this.undo !== null && time >= this.undo.until;
    if (due === "end") this.endDuty();
    else if (due !== this.due || over) {
      this.due = due;
      this.undo = over ? null : this.undo;
      this.changed();
    }
    this.call(time);
  }

  /** By sound and in words; both only for who is on duty. */
  private call(time: number): void {
    const { calls, fresh, ring } = called(this.calls, untaken(this.desk), time);
    if (!this.onDuty) return;
    this.calls = calls;
    if (ring) this.sound.ring();
    for (const { urgency } of fresh) announce(word(`console.called_${urgency}`), urgency === "concern" ? "polite" : "assertive");
  }

  private changed(): void {
    for (const watcher of this.watchers) watcher();
  }
}
