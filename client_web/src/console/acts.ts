/** What a moderator can do, as commands; each says how it ended, and takes the thing off the desk where that is due. */
import type { Chat } from "../chat";
import type { Decision, EmergencyCause, Event, Scope, StaffReason, TicketOutcome, Urgency } from "../protocol";
import type { Asking } from "../wire";
import type { Item } from "./items";
import { UNDO_MS, type Station } from "./station";

/** `done`, the code of a refusal, or `unanswered` where the line broke: then it may have happened. */
export type Outcome = string;

export interface Because {
  reason: StaffReason;
  note: string;
}

export interface Silence extends Because {
  minutes: number;
  scope: Scope;
  /** Its message goes as well. */
  also: boolean;
}

/** A message that is in a room. */
export interface Target {
  channel: string;
  seq: number;
  handle: string;
}

export async function decide(station: Station, item: Item, decision: Decision, because?: Because): Promise<Outcome> {
  if (item.kind === "hold") {
    const { channel, hold } = item.about;
    return run(station.chat, { type: "decide", channel, hold, decision, reason: because?.reason ?? null, note: because?.note ?? "" });
  }
  if (decision === "allow") return closeReport(station, item, false);
  const gone = await remove(station, item.about, because as Because);
  return gone === "done" || gone === "no_message" ? closeReport(station, item, true) : gone;
}

export async function silence(station: Station, item: Item, how: Silence): Promise<Outcome> {
  const { minutes, scope, reason, note } = how;
  const hold = item.kind === "hold" ? item.about.hold : null;
  const { channel, seq } = item.about;
  const muted = await run(station.chat, { type: "mute", channel, seq, hold, minutes, scope, reason, note });
  if (muted !== "done") return muted;
  if (item.kind === "hold") return decide(station, item, "refuse", how);
  return how.also ? decide(station, item, "refuse", how) : closeReport(station, item, true);
}

export interface Absence extends Because {
  minutes: number;
  /** Its message goes as well. */
  also: boolean;
}

/** Its author leaves the room for a time. */
export async function sendOut(station: Station, target: Target, how: Absence): Promise<Outcome> {
  const { channel, seq } = target;
  const { minutes, reason, note } = how;
  const banned = await run(station.chat, { type: "ban", channel, seq, minutes, reason, note });
  return banned === "done" && how.also ? remove(station, target, how) : banned;
}

/** At a message in a room. */
export async function silenceAuthor(station: Station, target: Target, how: Silence): Promise<Outcome> {
  const { channel, seq } = target;
  const { minutes, scope, reason, note } = how;
  const muted = await run(station.chat, { type: "mute", channel, seq, minutes, scope, reason, note });
  return muted === "done" && how.also ? remove(station, target, how) : muted;
}

/** What was seen, how urgent it is, and whether whoever says it comes themselves. */
export interface Worry {
  urgency: Urgency;
  note: string;
  take: boolean;
}

/** A held message goes on waiting: what becomes of it is another question than what its author needs. */
export async function worry(station: Station, item: Item, how: Worry): Promise<Outcome> {
  const { channel, seq } = item.about;
  const told = await escalate(station, { channel, seq, hold: item.kind === "hold" ? item.about.hold : null }, how);
  return told === "done" && item.kind === "report" ? closeReport(station, item, true) : told;
}

export async function escalate(station: Station, about: { channel: string; seq: number; hold?: string | null }, how: Worry): Promise<Outcome> {
  if (how.take) station.startDuty(); // whoever comes is here
  const reply = await station.chat.ask({ type: "escalate", ...about, ...how });
  if (reply?.type === "holding") goTo(station, reply.ticket);
  return outcomeOf(reply);
}

export async function remove(station: Station, { channel, seq, handle }: Target, { reason, note }: Because): Promise<Outcome> {
  const outcome = await run(station.chat, { type: "remove", channel, seq, reason, note });
  if (outcome === "done") station.set({ undo: { channel, seq, handle, until: performance.now() + UNDO_MS } });
  return outcome;
}

export async function undo(station: Station): Promise<Outcome> {
  const { undo } = station;
  if (undo === null) return "gone";
  station.set({ undo: null });
  return run(station.chat, { type: "restore", channel: undo.channel, seq: undo.seq });
}

/** On success the private thread is open, for both. */
export async function take(station: Station, ticket: string): Promise<Outcome> {
  station.startDuty(); // whoever comes is here
  const outcome = await run(station.chat, { type: "take", ticket });
  if (outcome !== "done") return outcome;
  goTo(station, ticket);
  return outcome;
}

function goTo(station: Station, ticket: string): void {
  const hard = station.desk.tickets[ticket]?.urgency === "concern" ? 0 : 1;
  station.chat.enter(`ticket:${ticket}`);
  station.set({ work: { is: "thread", ticket }, tab: "needs", hard: station.hard + hard });
}

/** They need not wait their turn in the room; nobody is told. */
export function spare(chat: Chat, ticket: string): Promise<Outcome> {
  return run(chat, { type: "spare", ticket });
}

export function settle(station: Station, ticket: string, outcome: TicketOutcome): Promise<Outcome> {
  return run(station.chat, { type: "settle", ticket, outcome, fence: fenceOf(station, ticket) });
}

/** What its holder says of a ticket: that they speak with the person, could not reach them, or give it back. */
export function note(station: Station, ticket: string, what: "contact" | "attempt" | "release"): Promise<Outcome> {
  return run(station.chat, { type: what, ticket, fence: fenceOf(station, ticket) });
}

/** It stays with its holder until the colleague takes it. */
export function handOver(station: Station, ticket: string, to: string): Promise<Outcome> {
  return run(station.chat, { type: "hand_over", ticket, fence: fenceOf(station, ticket), to });
}

/** A person has called; the program only notes who and why. */
export function emergency(station: Station, ticket: string, because: EmergencyCause): Promise<Outcome> {
  return run(station.chat, { type: "emergency", ticket, fence: fenceOf(station, ticket), because });
}

export function beDeputy(chat: Chat): Promise<Outcome> {
  return run(chat, { type: "deputy" });
}

export function passDuty(chat: Chat, to: string): Promise<Outcome> {
  return run(chat, { type: "pass_duty", to });
}

/** From here on this person is on duty, too. */
export async function acceptDuty(station: Station, by: string): Promise<Outcome> {
  station.startDuty();
  return run(station.chat, { type: "accept_duty", by });
}

function fenceOf({ desk }: Station, ticket: string): number {
  return desk.tickets[ticket]?.fence ?? 0;
}

export async function run(chat: Chat, command: Asking): Promise<Outcome> {
  return outcomeOf(await chat.ask(command));
}

function outcomeOf(reply: Event | null): Outcome {
  if (reply === null) return "unanswered";
  return reply.type === "refused" ? reply.code : "done";
}

function closeReport(station: Station, item: Item, acted: boolean): Promise<Outcome> {
  return run(station.chat, { type: "settle_report", report: item.id, outcome: acted ? "acted" : "no_action" });
}
