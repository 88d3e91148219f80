// Generated from server/protocol by `make protocol`; do not edit.

export type Role = "peer" | "listener" | "moderator" | "professional" | "supervisor" | "operator";
export type Voice = "peer" | "listener" | "moderator" | "professional" | "supervisor" | "operator" | "automatic";
export type Code = "bad_frame" | "already" | "forbidden" | "no_room" | "no_message" | "not_joined" | "limit" | "empty" | "too_long" | "bad_chars" | "bad_handle" | "rules" | "blocked" | "muted" | "removed" | "closed" | "slow_mode" | "rate" | "conflict" | "gone" | "unavailable" | "internal";
export type Resumption = "fresh" | "resumed" | "ahead" | "epoch" | "trimmed";
export type ReportReason = "worried" | "unkind" | "contact" | "sexual" | "harm" | "health_advice" | "age" | "spam" | "other";
export type StaffReason = "contact" | "unkind" | "harm" | "sexual" | "spam" | "health_advice" | "care" | "other";
export type Urgency = "concern" | "serious" | "imminent";
export type Decision = "allow" | "ask_edit" | "refuse";
export type Scope = "here" | "everywhere";
export type DutyState = "on" | "off";
export type RoomState = "open" | "closed";
export type CardAnswer = "ok" | "mistake";
export type CardKind = "offer" | "worry" | "held" | "friend";
export type TicketState = "open" | "taken" | "settled";
export type TicketOutcome = "safe_for_now" | "referred" | "declined" | "unreachable";
export type TicketSource = "screening" | "help_button" | "report" | "staff";
export type ReportOutcome = "acted" | "no_action";

export interface Position {
  epoch: number;
  seq: number;
}

export interface Limits {
  text_characters: number;
  text_bytes: number;
  rooms: number;
  typing_ms: number;
  outbox_ms: number;
  outbox_messages: number;
}

export interface Hold {
  hold: string;
  channel: string;
  handle: string;
  text: string;
  why: string;
  rule: string;
  care: boolean;
  urgency: Urgency | null;
  seq: number;
  since: number;
  due: number;
}

export interface Ticket {
  ticket: string;
  source: TicketSource;
  state: TicketState;
  urgency: Urgency;
  channel: string | null;
  handle: string;
  seq: number;
  text: string;
  rule: string;
  taken_by: string;
  says: string;
  outcome: TicketOutcome | null;
  times: number;
  since: number;
  changed: number;
}

export interface ReportItem {
  report: string;
  channel: string;
  seq: number;
  handle: string;
  text: string;
  reason: ReportReason;
  note: string;
  times: number;
  context: readonly [number, Event][];
  since: number;
}

export interface MuteItem {
  mute: string;
  channel: string | null;
  handle: string;
  scope: Scope;
  reason: StaffReason;
  by: string;
  until: number;
}

export interface Hello {
  type: "hello";
  version: number;
  build?: string;
  inbox?: Position | null;
  ref: number;
}

export interface Ping {
  type: "ping";
  ref: number;
}

export interface Join {
  type: "join";
  channel: string;
  since?: Position | null;
  ref: number;
}

export interface Leave {
  type: "leave";
  channel: string;
  ref: number;
}

export interface Rename {
  type: "rename";
  channel: string;
  handle?: string | null;
  ref: number;
}

export interface Post {
  type: "post";
  channel: string;
  client_id: Uint8Array;
  text: string;
  rules?: number;
  replaces?: Uint8Array | null;
  ref: number;
}

export interface Withdraw {
  type: "withdraw";
  channel: string;
  client_id: Uint8Array;
  ref: number;
}

export interface Typing {
  type: "typing";
  channel: string;
  ref: number;
}

export interface History {
  type: "history";
  channel: string;
  before: number;
  limit?: number;
  ref: number;
}

export interface Report {
  type: "report";
  channel: string;
  seq: number;
  reason: ReportReason;
  note?: string;
  ref: number;
}

export interface Help {
  type: "help";
  client_id: Uint8Array;
  channel?: string | null;
  ref: number;
}

export interface Answer {
  type: "answer";
  card: string;
  says: CardAnswer;
  ref: number;
}

export interface Duty {
  type: "duty";
  state: DutyState;
  ref: number;
}

export interface Hand {
  type: "hand";
  ref: number;
}

export interface Desk {
  type: "desk";
  ref: number;
}

export interface Decide {
  type: "decide";
  channel: string;
  hold: string;
  decision: Decision;
  reason?: StaffReason | null;
  note?: string;
  ref: number;
}

export interface Remove {
  type: "remove";
  channel: string;
  seq: number;
  reason: StaffReason;
  note?: string;
  ref: number;
}

export interface Restore {
  type: "restore";
  channel: string;
  seq: number;
  ref: number;
}

export interface Mute {
  type: "mute";
  channel: string;
  seq: number;
  minutes: number;
  reason: StaffReason;
  scope?: Scope;
  note?: string;
  ref: number;
}

export interface Unmute {
  type: "unmute";
  mute: string;
  ref: number;
}

export interface SlowMode {
  type: "slow_mode";
  channel: string;
  seconds: number;
  ref: number;
}

export interface Gate {
  type: "gate";
  channel: string;
  state: RoomState;
  ref: number;
}

export interface Escalate {
  type: "escalate";
  channel: string;
  seq: number;
  urgency: Urgency;
  ref: number;
}

export interface Take {
  type: "take";
  ticket: string;
  ref: number;
}

export interface Settle {
  type: "settle";
  ticket: string;
  outcome: TicketOutcome;
  ref: number;
}

export interface SettleReport {
  type: "settle_report";
  report: string;
  outcome: ReportOutcome;
  ref: number;
}

export interface Refused {
  type: "refused";
  ref: number;
  code: string;
  retry_ms: number | null;
  offers: readonly string[];
}

export interface Done {
  type: "done";
  ref: number;
}

export interface Pong {
  type: "pong";
  ref: number;
  now: number;
}

export interface Welcome {
  type: "welcome";
  ref: number;
  now: number;
  build: string;
  role: Role;
  name: string;
  inbox: Position;
  resumed: Resumption;
  rules: number;
  accepted: number;
  tickets: readonly string[];
  staff: readonly string[];
  on_duty: boolean;
  limits: Limits;
}

export interface Joined {
  type: "joined";
  ref: number;
  channel: string;
  handle: string;
  position: Position;
  resumed: Resumption;
  state: RoomState;
  slow_seconds: number;
  turn_ms: number;
  muted_until: number;
  held: readonly Held[];
}

export interface Named {
  type: "named";
  ref: number;
  channel: string;
  handle: string;
}

export interface Posted {
  type: "posted";
  ref: number;
  channel: string;
  client_id: Uint8Array;
  seq: number;
  id: string;
  text: string | null;
  dup: boolean;
  turn_ms: number;
}

export interface Page {
  type: "page";
  ref: number;
  channel: string;
  epoch: number;
  frames: readonly [number, Event][];
  more: boolean;
}

export interface Reported {
  type: "reported";
  ref: number;
  worried: boolean;
}

export interface HelpReceived {
  type: "help_received";
  ref: number;
  ticket: string;
  staff: number;
}

export interface DeskState {
  type: "desk_state";
  ref: number;
  position: Position;
  holds: readonly Hold[];
  tickets: readonly Ticket[];
  reports: readonly ReportItem[];
  mutes: readonly MuteItem[];
}

export interface Here {
  type: "here";
  channel: string;
  people: number;
  handles: readonly string[];
  staff: readonly string[];
}

export interface Writing {
  type: "writing";
  channel: string;
  people: number;
}

export interface OnDuty {
  type: "on_duty";
  staff: readonly string[];
}

export interface Said {
  type: "said";
  channel: string;
  id: string;
  client_id: Uint8Array;
  handle: string;
  voice: Voice;
  text: string;
  at: number;
}

export interface Removed {
  type: "removed";
  channel: string;
  gone: number;
  at: number;
}

export interface Restored {
  type: "restored";
  channel: string;
  back: number;
  id: string;
  handle: string;
  voice: Voice;
  text: string;
  said_at: number;
  at: number;
}

export interface RoomChanged {
  type: "room_changed";
  channel: string;
  state: RoomState;
  slow_seconds: number;
  at: number;
}

export interface Held {
  type: "held";
  channel: string;
  client_id: Uint8Array;
  hold: string;
  text: string;
  why: string;
  care: boolean;
  due: number;
  ref: number;
  turn_ms: number;
  at: number;
}

export interface HoldEnded {
  type: "hold_ended";
  channel: string;
  client_id: Uint8Array;
  hold: string;
  decision: Decision | null;
  seq: number;
  text: string;
  reason: StaffReason | null;
  note: string;
  at: number;
}

export interface HelpCard {
  type: "help_card";
  card: string;
  kind: CardKind;
  channel: string | null;
  client_id: Uint8Array | null;
  asked: boolean;
  ticket: string | null;
  at: number;
}

export interface Muted {
  type: "muted";
  channel: string | null;
  until: number;
  reason: StaffReason;
  note: string;
  at: number;
}

export interface Unmuted {
  type: "unmuted";
  channel: string | null;
  at: number;
}

export interface YoursRemoved {
  type: "yours_removed";
  channel: string;
  gone: number;
  text: string;
  reason: StaffReason;
  note: string;
  at: number;
}

export interface TicketTaken {
  type: "ticket_taken";
  ticket: string;
  name: string;
  voice: Voice;
  at: number;
}

export interface TicketSettled {
  type: "ticket_settled";
  ticket: string;
  at: number;
}

export interface HoldArrived {
  type: "hold_arrived";
  hold: Hold;
  at: number;
}

export interface HoldSettled {
  type: "hold_settled";
  hold: string;
  decision: Decision | null;
  by: string;
  at: number;
}

export interface TicketChanged {
  type: "ticket_changed";
  ticket: Ticket;
  at: number;
}

export interface ReportArrived {
  type: "report_arrived";
  report: ReportItem;
  at: number;
}

export interface ReportSettled {
  type: "report_settled";
  report: string;
  outcome: ReportOutcome;
  by: string;
  at: number;
}

export interface MuteChanged {
  type: "mute_changed";
  mute: MuteItem;
  at: number;
}

export type Command =
  | Hello
  | Ping
  | Join
  | Leave
  | Rename
  | Post
  | Withdraw
  | Typing
  | History
  | Report
  | Help
  | Answer
  | Duty
  | Hand
  | Desk
  | Decide
  | Remove
  | Restore
  | Mute
  | Unmute
  | SlowMode
  | Gate
  | Escalate
  | Take
  | Settle
  | SettleReport;

export type Event =
  | Refused
  | Done
  | Pong
  | Welcome
  | Joined
  | Named
  | Posted
  | Page
  | Reported
  | HelpReceived
  | DeskState
  | Here
  | Writing
  | OnDuty
  | Said
  | Removed
  | Restored
  | RoomChanged
  | Held
  | HoldEnded
  | HelpCard
  | Muted
  | Unmuted
  | YoursRemoved
  | TicketTaken
  | TicketSettled
  | HoldArrived
  | HoldSettled
  | TicketChanged
  | ReportArrived
  | ReportSettled
  | MuteChanged;

export const VERSION = 1;
/** Close codes after which a client must not come back by itself. */
export const STAY_AWAY: ReadonlySet<number> = new Set([1008, 4400, 4401, 4403, 4409, 4412]);
