/** What can lie on a desk, and the frames that say so. */
import type { BanItem, DeskState, Hold, MuteItem, PolicyNotice, PolicyStep, ReportItem, Ticket } from "../../src/protocol";
import type { Frame } from "../../src/wire";

export function hold(id: string, changes: Partial<Hold> = {}): Hold {
  return {
    hold: id, channel: "room:night", handle: "calm-otter-55", text: "words", why: "contact", rule: "contact.phone", care: false,
    urgency: null, seq: 7, since: 1_000, due: 301_000, ...changes,
  };
}

export function ticket(id: string, changes: Partial<Ticket> = {}): Ticket {
  return {
    ticket: id, source: "screening", state: "open", urgency: "serious", channel: "room:night", handle: "quiet-heron-12", text: "words",
    rule: "care.1", taken_by: "", says: "", outcome: null, times: 1, since: 1_000, changed: 1_000, drill: false,
    note: "", fence: 0, due: 0, rings: 0, paged: null, nobody_at: 0, offered_to: "", attempts: 0, noted: [], ...changes,
  };
}

export function report(id: string, changes: Partial<ReportItem> = {}): ReportItem {
  return {
    report: id, channel: "room:night", seq: 5, handle: "slow-birch-70", text: "words", reason: "unkind", note: "", times: 1,
    context: [], since: 1_000, ...changes,
  };
}

export function mute(id: string, until: number, changes: Partial<MuteItem> = {}): MuteItem {
  return { mute: id, channel: "room:night", handle: "slow-birch-70", scope: "here", reason: "unkind", by: "Wren", until, ...changes };
}

export function ban(id: string, until: number, changes: Partial<BanItem> = {}): BanItem {
  return { ban: id, channel: "room:night", handle: "slow-birch-70", reason: "unkind", by: "Wren", until, ...changes };
}

export function policy(number: number, step: PolicyStep): PolicyNotice {
  return { number, name: "1", step, by: "Omar", why: "too strict", changes: [], more: 0, since: 1_000 };
}

export function deskState(seq: number, changes: Partial<DeskState> = {}): DeskState {
  return {
    type: "desk_state", ref: 1, position: { epoch: 1, seq }, holds: [], tickets: [], reports: [], mutes: [], bans: [], pager: [], seen: [],
    deputy: "", passing: [], emergency: "", policy: null, unscreened: [], ...changes,
  };
}

export const holdArrived = (seq: number, about: Hold): Frame => [seq, { type: "hold_arrived", hold: about, at: seq }];
export const holdSettled = (seq: number, id: string): Frame => [seq, { type: "hold_settled", hold: id, decision: "allow", by: "Wren", at: seq }];
export const ticketChanged = (seq: number, about: Ticket): Frame => [seq, { type: "ticket_changed", ticket: about, at: seq }];
export const reportArrived = (seq: number, about: ReportItem): Frame => [seq, { type: "report_arrived", report: about, at: seq }];
export const reportSettled = (seq: number, id: string): Frame => [seq, { type: "report_settled", report: id, outcome: "acted", by: "Wren", at: seq }];
export const muteChanged = (seq: number, about: MuteItem): Frame => [seq, { type: "mute_changed", mute: about, at: seq }];
export const banChanged = (seq: number, about: BanItem): Frame => [seq, { type: "ban_changed", ban: about, at: seq }];
export const pagerChanged = (seq: number, route: string, fails: boolean): Frame => [seq, { type: "pager_changed", route, fails, at: seq }];
export const unscreened = (seq: number, id: string): Frame => [seq, { type: "unscreened", channel: "room:night", id, why: "language", at: seq }];
export const pageSeen = (seq: number, about: string): Frame => [seq, { type: "page_seen", ticket: about, route: "phones", at: seq }];
export const policyChanged = (seq: number, number: number, step: PolicyStep): Frame => [seq, { type: "policy_changed", policy: policy(number, step), at: seq }];
