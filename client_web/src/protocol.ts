// Generated from server/protocol by `make protocol`; do not edit.

export const VERSION = 1;

export type Role = "peer" | "listener" | "moderator" | "professional" | "supervisor" | "operator";

export type Voice =
  | "peer"
  | "listener"
  | "moderator"
  | "professional"
  | "supervisor"
  | "operator"
  | "automatic"
  | "practice";

export type Code =
  | "bad_frame"
  | "already"
  | "forbidden"
  | "no_room"
  | "no_message"
  | "not_joined"
  | "limit"
  | "empty"
  | "too_long"
  | "bad_chars"
  | "bad_handle"
  | "passphrase"
  | "rules"
  | "blocked"
  | "muted"
  | "removed"
  | "closed"
  | "slow_mode"
  | "rate"
  | "conflict"
  | "care_first"
  | "training"
  | "contact_first"
  | "attempts_first"
  | "gone"
  | "unavailable"
  | "overloaded"
  | "internal";

export type Resumption = "fresh" | "resumed" | "ahead" | "epoch" | "trimmed";

export type Unread = "failed" | "language";

export type ReportReason =
  | "worried"
  | "unkind"
  | "contact"
  | "sexual"
  | "harm"
  | "health_advice"
  | "age"
  | "spam"
  | "other";

export type StaffReason = "contact" | "unkind" | "harm" | "sexual" | "spam" | "health_advice" | "care" | "other";

export type Urgency = "concern" | "serious" | "imminent";

export type Decision = "allow" | "ask_edit" | "refuse";

export type Scope = "here" | "everywhere";

export type DutyState = "on" | "off";

export type RoomState = "open" | "closed";

export type Part = "store" | "keeping" | "screening";

export type CardAnswer = "ok" | "mistake";

export type CardKind = "offer" | "worry" | "held" | "friend";

export type TicketState = "open" | "acknowledged" | "in_contact" | "settled";

export type TicketOutcome = "safe_for_now" | "referred" | "declined" | "unreachable";

export type TicketSource = "screening" | "help_button" | "report" | "staff" | "listener";

export type ReportOutcome = "acted" | "no_action";

export type PageStep = "team" | "deputy" | "everyone" | "operator";

export type EmergencyCause = "underway" | "plan" | "lost";

export type CareStep =
  | "opened"
  | "again"
  | "taken"
  | "contact"
  | "attempt"
  | "offered"
  | "released"
  | "lapsed"
  | "overdue"
  | "answered"
  | "safe"
  | "emergency"
  | "called"
  | "nobody"
  | "settled";

export type Style = "listen" | "ideas" | "company";

export type Availability = "available" | "break" | "off";

export type ListenerState = "available" | "offered" | "in_session" | "wrap_up" | "break" | "off" | "limit";

export type SkipReason = "topic" | "too_close" | "need_a_moment" | "other";

export type OfferEnd = "accepted" | "skipped" | "lapsed" | "withdrawn";

export type QueueEnd = "left" | "lapsed" | "in_vain";

export type TalkEnd = "goodbye" | "listener_gone" | "listener_silent" | "peer_silent" | "stopped";

export type Abuse = "sexual" | "hostile" | "other";

export type Felt = "yes" | "partly" | "no";

export type PolicyStep = "proposed" | "withdrawn" | "in_force" | "rolled_back";

export type PolicyWhat =
  | "verdict"
  | "screener_added"
  | "screener_removed"
  | "rule_added"
  | "rule_removed"
  | "rule_changed"
  | "phrase_added"
  | "phrase_removed"
  | "allowed_added"
  | "allowed_removed"
  | "other_added"
  | "other_removed"
  | "other_changed"
  | "many_changed";

export type AskStep = "supervisor" | "everyone" | "operator";

export type Light = "green" | "amber" | "red";

export type Owes = "peer" | "listener";

export type TransferTo = "listener" | "supervisor";

export type TransferStep = "peer" | "receiver" | "both";

export type TransferEnd = "declined" | "lapsed" | "nobody" | "withdrawn" | "over";

export type Consent = "yes" | "no";

export type TrainingDue = "first" | "again";

export type Act = "say" | "worried" | "ask_supervisor" | "goodbye";

export type TransferSide = "peer" | "listener" | "receiver";

/** A place in a channel: everything up to and including `seq` of this `epoch` has been seen. */
export interface Position {
  epoch: number;
  seq: number;
}

/** A version of the policy, and what it changes of the one before; `more` changes than these are not told here. */
export interface PolicyNotice {
  number: number;
  name: string;
  step: PolicyStep;
  by: string;
  why: string;
  changes: readonly PolicyChange[];
  more: number;
  since: number;
}

/** What the server will take; `outbox_ms` is how long an unsent message is kept before it is "not sent". */
export interface Limits {
  text_characters: number;
  text_bytes: number;
  rooms: number;
  typing_ms: number;
  outbox_ms: number;
  outbox_messages: number;
}

/** A message that waits. `seq`: the room's top when it was written, for its context. */
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

/** One thing that happened to a ticket: what, by whom of the team (or nobody), and when. */
export interface Noted {
  what: CareStep;
  by: string;
  at: number;
}

/** Duty that one of the team wants to hand over, and to whom; until they accept, nothing has changed. */
export interface Passing {
  by: string;
  to: string;
}

/**
 * Someone may need a person.
 *
 * `text` is what was written, where a message led here; `says`: their answer to the help card, or `safe`. `fence`
 * rises with every holder: who acts on a ticket names it. `due`: by when the next thing should have happened, or 0.
 * `rings`: how often the desk was told again; `paged`: how far the pager has gone. `nobody_at`: when the person was
 * told that nobody is here, or 0. `offered_to`: who is asked to take it over. `noted`: the latest of what happened.
 * `drill`: an exercise; there is nobody behind it.
 */
export interface Ticket {
  ticket: string;
  source: TicketSource;
  state: TicketState;
  urgency: Urgency;
  channel: string | null;
  handle: string;
  text: string;
  rule: string;
  taken_by: string;
  says: string;
  outcome: TicketOutcome | null;
  times: number;
  since: number;
  changed: number;
  drill: boolean;
  note: string;
  fence: number;
  due: number;
  rings: number;
  paged: PageStep | null;
  nobody_at: number;
  offered_to: string;
  attempts: number;
  noted: readonly Noted[];
}

/** A reported message; `context` are the frames around it as they were, of up to twenty before and after. */
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

/** A mute that is in force. */
export interface MuteItem {
  mute: string;
  channel: string | null;
  handle: string;
  scope: Scope;
  reason: StaffReason;
  by: string;
  until: number;
}

/** A ban that is in force. */
export interface BanItem {
  ban: string;
  channel: string;
  handle: string;
  reason: StaffReason;
  by: string;
  until: number;
}

/** Someone whom one has blocked, by the name they had where that was done: in a room, or in a one-to-one. */
export interface BlockItem {
  block: string;
  channel: string;
  handle: string;
  scope: Scope;
  since: number;
}

/** What someone would like to talk about, how, and what they would rather not be asked about; all of it optional. */
export interface Wish {
  topic: string | null;
  style: Style | null;
  avoid: readonly string[];
}

/**
 * A place in the queue and its basis.
 *
 * `ahead`: people before you. `free`: listeners who could take someone now. `listeners`: all who are on duty, 0 when
 * nobody is: say so outright. `since`: when you asked. `first`: you come next, because a listener was lost to you.
 * `under_18`: you said so, and only who may meet you one to one is counted.
 */
export interface Place {
  ahead: number;
  free: number;
  listeners: number;
  since: number;
  first: boolean;
  under_18: boolean;
}

/** The next person, without a name. `until`: by when to accept. `urgency` is a label for the response, no score. */
export interface Offer {
  offer: string;
  wish: Wish;
  urgency: Urgency | null;
  waited_ms: number;
  until: number;
}

/**
 * A one-to-one as its two people see it. `ends`: when the agreed time is over; nothing is cut off then.
 *
 * `name` is the listener, `handle` the peer. `slowly`: the peer types slowly, and all times are doubled.
 * `watched`: a supervisor is asked to read along, as in everyone's first ones; tell both.
 */
export interface OneToOne {
  channel: string;
  name: string;
  handle: string;
  wish: Wish;
  since: number;
  ends: number;
  slowly: boolean;
  over: boolean;
  watched: boolean;
}

/**
 * A listener's own standing. `until`: the end of wrap-up, or 0. `skips`: how many are left in this hour.
 *
 * `today`: one-to-ones since midnight UTC, and `of` how many. `breaks`: how many they took today; nobody else is
 * told. `shift_ends`: when a longer break is due. `off_topics` are not offered ever, `not_today` not until the day is
 * over that began when it was said.
 */
export interface Duties {
  state: ListenerState;
  until: number;
  skips: number;
  today: number;
  of: number;
  breaks: number;
  shift_ends: number;
  off_topics: readonly string[];
  not_today: readonly string[];
}

/** A listener's worry about whom they are with; `name`: who of the team has taken it, or nobody yet. */
export interface Worry {
  channel: string;
  name: string;
}

/** Phrases for one moment of a talk. `{name}` is the listener, `{minutes}` the time that is left. */
export interface Moment {
  name: string;
  phrases: readonly string[];
}

/** A plain question about risk. `route`: how soon someone should look if the answer worries; it only suggests. */
export interface Question {
  id: string;
  text: string;
  about: string;
  route: Urgency;
}

/** What a peer wrote about a one-to-one with `name`; nothing says who. `passed`: the listener may read it. */
export interface FeedbackItem {
  feedback: string;
  name: string;
  felt: Felt;
  words: string;
  since: number;
  passed: boolean;
}

/** How often things were easier, the same or harder after a one-to-one than before, this month; in steps of ten. */
export interface Eased {
  easier: number;
  same: number;
  harder: number;
}

/** A room in which something of yours is kept; `until`: when the last of it goes. `held`: messages that wait. */
export interface KeptRoom {
  channel: string;
  handle: string;
  messages: number;
  held: number;
  until: number;
}

/** A one-to-one that is kept, with whom, and until when. */
export interface KeptOne {
  channel: string;
  name: string;
  since: number;
  over: boolean;
  messages: number;
  until: number;
}

/** A care ticket, as a fact. `until`: when it goes; 0 while it is open. */
export interface KeptTicket {
  since: number;
  state: TicketState;
  until: number;
}

/** Where you can't write or come in (none: anywhere), and until when. */
export interface KeptSanction {
  channel: string | null;
  until: number;
}

/** One difference: of which reason, rule, phrase, screener or file; where (a level, rooms, a field); from and to. */
export interface PolicyChange {
  what: PolicyWhat;
  of: string;
  where: string;
  before: string;
  after: string;
}

/**
 * What a receiver is told before they accept: no name of the peer, and the words that the peer has read.
 *
 * `until`: by when to accept.
 */
export interface TransferOffer {
  channel: string;
  by: string;
  to: TransferTo;
  wish: Wish;
  urgency: Urgency | null;
  summary: string;
  until: number;
}

/**
 * A listener asks for a supervisor. Nothing of what anyone wrote is in it.
 *
 * `one`: the one-to-one that it is about, whose thread of staff alone is `channel`; without one they would like to
 * talk about how they are themselves. `due`: by when someone should have answered. `answered_by`: who has, or nobody
 * yet. `called`: how far the pager has gone.
 */
export interface AskItem {
  channel: string;
  one: string | null;
  name: string;
  since: number;
  due: number;
  answered_by: string;
  called: AskStep | null;
}

/**
 * A limit of a listener's shift that one supervisor wants lifted; it is when a second one says so too.
 *
 * `until`: 0 while it waits for the second; then how long the limit does not count.
 */
export interface LiftItem {
  name: string;
  by: string;
  since: number;
  until: number;
}

/** A listener who is there, and where they stand. */
export interface ListenerRow {
  name: string;
  state: ListenerState;
  ones: number;
  at_once: number;
  today: number;
  of: number;
  shift_ends: number;
  lifted_until: number;
}

/**
 * A one-to-one that goes on, without a word of it and without the peer's name.
 *
 * `quiet_ms`: how long nobody has spoken; `owes`: whose word is awaited. `urgency`: of an open care ticket, a label
 * for the response. `ask`: a listener's question about it waits since then, or 0. `passing`: a transfer is under way.
 * `to_watch`: it is one of its listener's first, and nobody has begun to read along.
 */
export interface OneRow {
  channel: string;
  name: string;
  topic: string | null;
  since: number;
  ends: number;
  quiet_ms: number;
  owes: Owes;
  urgency: Urgency | null;
  ask: number;
  passing: boolean;
  to_watch: boolean;
}

/**
 * The four numbers. `active`: one-to-ones, of `listeners` who are there, `free` of whom could take someone now.
 *
 * `waiting`: people in the queue, `long` of them for more than five minutes, the longest for `longest_ms`.
 * `supervisors`: who is on duty. `high_risk`: open care tickets that are serious or imminent, `unheld` by nobody.
 */
export interface Numbers {
  active: number;
  listeners: number;
  free: number;
  listening: Light;
  waiting: number;
  long: number;
  longest_ms: number;
  queue: Light;
  supervisors: readonly string[];
  supervising: Light;
  high_risk: number;
  unheld: number;
  risk: Light;
}

/**
 * How a listener's training stands. `due`: it comes before any offer. `until`: when it is due again, or 0.
 *
 * `to_watch`: in so many of the next one-to-ones a supervisor is asked to read along.
 */
export interface Training {
  due: TrainingDue | null;
  until: number;
  to_watch: number;
}

/** A few plain paragraphs and a question; what is right comes with the answer. */
export interface Lesson {
  id: string;
  title: string;
  paragraphs: readonly string[];
  question: string;
  choices: readonly string[];
}

/** A talk to practise with. */
export interface PracticeTalk {
  id: string;
  title: string;
  about: string;
}

/** A line of the script. `voice` is always `practice`: show it as what it is. */
export interface PracticeLine {
  voice: Voice;
  text: string;
}

/** Something that can be done next. `words`: one way to say it; what a listener writes instead stays with them. */
export interface Move {
  id: string;
  act: Act;
  words: string;
}

/**
 * A transfer that is under way, as the peer, the first listener and who has come in for it find it.
 *
 * `name`: who is to go on, once that is known. `summary`: the words that the peer has read, or is to read now.
 */
export interface TransferState {
  channel: string;
  side: TransferSide;
  to: TransferTo;
  step: TransferStep;
  name: string;
  summary: string;
  until: number;
}

/** First on every socket, within ten seconds. `inbox` resumes what concerned this person. Answer: `welcome`. */
export interface Hello {
  type: "hello";
  version: number;
  build?: string;
  inbox?: Position | null;
  ref: number;
}

/** Is anyone there? Send it when nothing was heard for 20 s. Answer: `pong`. */
export interface Ping {
  type: "ping";
  ref: number;
}

/**
 * Enter a room, or a care ticket's thread, and follow it; with `since`, resume.
 *
 * Answer: `joined`, then what was missed.
 */
export interface Join {
  type: "join";
  channel: string;
  since?: Position | null;
  ref: number;
}

/** Stop following a channel. Answer: `done`. */
export interface Leave {
  type: "leave";
  channel: string;
  ref: number;
}

/** Take another name in a room: the one given, or without one the next the server offers. Answer: `named`. */
export interface Rename {
  type: "rename";
  channel: string;
  handle?: string | null;
  ref: number;
}

/**
 * Say something. Repeat it with the same `client_id` until it is answered: it is shown once.
 *
 * `rules` is the version of the rules that was on screen; `replaces` names a held message of one's own that
 * this one takes the place of. Answer: `posted`, `held` or `refused`.
 */
export interface Post {
  type: "post";
  channel: string;
  client_id: Uint8Array;
  text: string;
  rules?: number;
  replaces?: Uint8Array | null;
  ref: number;
}

/** Take back a message of one's own that is held. Answer: `done`. */
export interface Withdraw {
  type: "withdraw";
  channel: string;
  client_id: Uint8Array;
  ref: number;
}

/** Someone is writing; at most one per three seconds is heard. No answer. */
export interface Typing {
  type: "typing";
  channel: string;
  ref: number;
}

/** Earlier messages, before a number, newest last. Moderators need not be in the room. Answer: `page`. */
export interface History {
  type: "history";
  channel: string;
  before: number;
  limit?: number;
  ref: number;
}

/** Tell the moderators about a message. The author never learns who reported. Answer: `reported`. */
export interface Report {
  type: "report";
  channel: string;
  seq: number;
  reason: ReportReason;
  note?: string;
  ref: number;
}

/** Ask for a person of the team, privately. Never slowed, muted or refused. Answer: `help_received`. */
export interface Help {
  type: "help";
  client_id: Uint8Array;
  channel?: string | null;
  ref: number;
}

/** Answer a help card: "I am OK" or "this was a mistake". Neither has any consequence. Answer: `done`. */
export interface Answer {
  type: "answer";
  card: string;
  says: CardAnswer;
  ref: number;
}

/**
 * Start or end duty. Duty also ends when this connection stops answering pings.
 *
 * `deputy`: and be the deputy, who is called first where a care ticket waits. Answer: `done`.
 */
export interface Duty {
  type: "duty";
  state: DutyState;
  deputy?: boolean;
  ref: number;
}

/** A hand was on the console; without one for 30 minutes duty ends. No answer. */
export interface Hand {
  type: "hand";
  ref: number;
}

/** Follow the staff desk. Answer: `desk_state`, then the desk's events. */
export interface Desk {
  type: "desk";
  ref: number;
}

/** Allow a held message, ask its author to edit it, or refuse it. Answer: `done`. */
export interface Decide {
  type: "decide";
  channel: string;
  hold: string;
  decision: Decision;
  reason?: StaffReason | null;
  note?: string;
  ref: number;
}

/** Take a message away for everyone. Its author is told why. Answer: `done`. */
export interface Remove {
  type: "remove";
  channel: string;
  seq: number;
  reason: StaffReason;
  note?: string;
  ref: number;
}

/** Undo a removal of one's own, within ten seconds. Answer: `done`. */
export interface Restore {
  type: "restore";
  channel: string;
  seq: number;
  ref: number;
}

/**
 * Stop the author of a message from writing, for 1 minute to 28 days.
 *
 * They go on reading; help stays. `hold` names a message that waits; then `seq` says nothing. Answer: `done`.
 */
export interface Mute {
  type: "mute";
  channel: string;
  seq: number;
  minutes: number;
  reason: StaffReason;
  scope?: Scope;
  note?: string;
  hold?: string | null;
  ref: number;
}

/** End a mute early. Answer: `done`. */
export interface Unmute {
  type: "unmute";
  mute: string;
  ref: number;
}

/**
 * Send the author of a message out of the room, for 1 hour to 30 days.
 *
 * Help, and their private thread with the team, stay theirs. `hold` names a message that waits; then `seq` says
 * nothing. `refused` with `care_first` while a care ticket of theirs has nobody: take it first. Answer: `done`.
 */
export interface Ban {
  type: "ban";
  channel: string;
  seq: number;
  reason: StaffReason;
  minutes?: number;
  note?: string;
  hold?: string | null;
  ref: number;
}

/** End a ban early. Answer: `done`. */
export interface Unban {
  type: "unban";
  ban: string;
  ref: number;
}

/** Let each person write once in so many seconds; 0 ends it. Answer: `done`. */
export interface SlowMode {
  type: "slow_mode";
  channel: string;
  seconds: number;
  ref: number;
}

/** Open or close a room for writing. Answer: `done`. */
export interface Gate {
  type: "gate";
  channel: string;
  state: RoomState;
  ref: number;
}

/**
 * Say "I'm worried": open a care ticket for the author of a message.
 *
 * `hold` names a message that waits; then `seq` says nothing. `note`: what you saw. `take`: and take the ticket
 * yourself, where your role may. Answer: `done`, or `holding`.
 */
export interface Escalate {
  type: "escalate";
  channel: string;
  seq: number;
  urgency: Urgency;
  hold?: string | null;
  note?: string;
  take?: boolean;
  ref: number;
}

/**
 * Take a care ticket, or accept one that its holder offers you. One person holds it; who holds one is on duty.
 *
 * The thread `ticket:<id>` opens for both. Answer: `holding`, or `refused` with `conflict`.
 */
export interface Take {
  type: "take";
  ticket: string;
  ref: number;
}

/**
 * Let the person of a ticket write without slow mode for an hour, in the room it came from. Nobody is told.
 *
 * Answer: `done`.
 */
export interface Spare {
  type: "spare";
  ticket: string;
  ref: number;
}

/**
 * Close a care ticket of yours with what became of it.
 *
 * `refused` with `contact_first` while nobody has spoken with the person and they have not answered, and with
 * `attempts_first` where someone is said to be unreachable before they were tried often enough. Answer: `done`.
 */
export interface Settle {
  type: "settle";
  ticket: string;
  outcome: TicketOutcome;
  fence: number;
  ref: number;
}

/** Close a report. Answer: `done`. */
export interface SettleReport {
  type: "settle_report";
  report: string;
  outcome: ReportOutcome;
  ref: number;
}

/**
 * Hide the author of a message, and yourself from them: in this room, or everywhere.
 *
 * Everywhere can show you who is who: whoever is missed in another room is the same person. Again with another
 * scope changes it. Either way you two are not brought together one to one. Answer: `done`.
 */
export interface Block {
  type: "block";
  channel: string;
  seq: number;
  scope?: Scope;
  ref: number;
}

/** End a block of one's own. Answer: `done`. */
export interface Unblock {
  type: "unblock";
  block: string;
  ref: number;
}

/** Whom one has blocked. Answer: `block_list`. */
export interface Blocks {
  type: "blocks";
  ref: number;
}

/** Say "I'm safe", by one tap. Our team is told; nothing is closed by it. Answer: `done`. */
export interface Safe {
  type: "safe";
  ref: number;
}

/**
 * Say that you are in contact with the person of a ticket you hold; your first line to them says it too.
 *
 * Answer: `done`.
 */
export interface Contact {
  type: "contact";
  ticket: string;
  fence: number;
  ref: number;
}

/**
 * Note that you tried to reach the person and could not. `due` of the ticket says when to try again.
 *
 * `refused` with `rate` before then. Answer: `done`.
 */
export interface Attempt {
  type: "attempt";
  ticket: string;
  fence: number;
  ref: number;
}

/** Give a ticket back to the desk; its clocks begin anew, and the person is told. Answer: `done`. */
export interface Release {
  type: "release";
  ticket: string;
  fence: number;
  ref: number;
}

/** Offer a ticket to a colleague on duty. You hold it until they `take` it. Answer: `done`. */
export interface HandOver {
  type: "hand_over";
  ticket: string;
  fence: number;
  to: string;
  ref: number;
}

/**
 * Note that you have called an emergency service about the person of a ticket you hold: who and why is kept.
 *
 * The program calls nobody. `refused` with `forbidden` where the operator has written no policy for it, or the
 * ticket is not imminent. Answer: `done`.
 */
export interface Emergency {
  type: "emergency";
  ticket: string;
  fence: number;
  because: EmergencyCause;
  ref: number;
}

/** Be the deputy of those on duty, where nobody is. Answer: `done`, or `refused` with `conflict`. */
export interface Deputy {
  type: "deputy";
  ref: number;
}

/**
 * Ask a colleague who is on duty to take over yours, and the deputy's part where it is yours.
 *
 * Until they accept, it is yours. Answer: `done`.
 */
export interface PassDuty {
  type: "pass_duty";
  to: string;
  ref: number;
}

/** Take over the duty that a colleague asked you to take. You are on duty from here on. Answer: `done`. */
export interface AcceptDuty {
  type: "accept_duty";
  by: string;
  ref: number;
}

/**
 * Wait for a listener. Everything but `client_id` may be left out; again, it changes the wish and keeps the place.
 *
 * `draft` is what they will read at hello: it is screened at once, and may bring a `help_card`. `how_hard` moves a
 * place by a few minutes at most, and is shown to nobody. `slowly` doubles every time in which an answer is awaited.
 * Answer: `queued`. Then `queue_place` every few seconds, `queue_wait` at 2, 5 and 10 minutes, and `one_began`. A
 * place is kept for five minutes without a connection: send `listening` after a reload. `refused` with `conflict`
 * while in a one-to-one; with `blocked` where the draft cannot be taken: the place is then as it was.
 */
export interface Queue {
  type: "queue";
  client_id: Uint8Array;
  wish?: Wish;
  how_hard?: number;
  draft?: string;
  slowly?: boolean;
  ref: number;
}

/** Change what the listener will read first; screened as in `queue`. Answer: `done`; `gone` if you do not wait. */
export interface QueueDraft {
  type: "queue_draft";
  draft: string;
  ref: number;
}

/** Wait no longer. Answer: `done`, also where you did not wait. */
export interface LeaveQueue {
  type: "leave_queue";
  ref: number;
}

/**
 * End a one-to-one. Either of the two may, at any time. Answer: `done`; both hear `one_ended`.
 *
 * `apart`: and never bring us together again; a peer may say so, also when it is over. It is one of their `blocks`,
 * and ends by `unblock`. The other hears nothing of it.
 */
export interface Goodbye {
  type: "goodbye";
  channel: string;
  apart?: boolean;
  ref: number;
}

/** Agree to go on after the agreed time. When both have, `one_extended` says until when. Answer: `done`. */
export interface Extend {
  type: "extend";
  channel: string;
  ref: number;
}

/** I type slowly: from now on all times in which an answer is awaited are doubled. Answer: `done`. */
export interface TypeSlowly {
  type: "type_slowly";
  channel: string;
  ref: number;
}

/**
 * Say that you are available, on a break or off, and what not to offer: `off_topics` ever, `not_today` for 24 h.
 *
 * Send it again to change it: what is left out counts no longer. What goes on in a one-to-one is not touched. Offers
 * come only to who is available, is connected, has no other one-to-one, is not in wrap-up and within the limits of a
 * shift. Answer: `done`; `duties` follows. `refused` with `training` where that is due before one can be available.
 */
export interface Listen {
  type: "listen";
  availability: Availability;
  off_topics?: readonly string[];
  not_today?: readonly string[];
  ref: number;
}

/** Take the person that was offered. Answer: `done`, and `one_began`; `refused` with `conflict` when too late. */
export interface Accept {
  type: "accept";
  offer: string;
  ref: number;
}

/** Let an offer pass, with a reason; twice an hour, without any consequence. Answer: `done`; then `rate`. */
export interface Skip {
  type: "skip";
  offer: string;
  reason: SkipReason;
  ref: number;
}

/**
 * I'm worried about this person: open a care ticket. The one-to-one goes on, and is not closed by any clock.
 *
 * Answer: `done`; `worry_taken` when someone of the team has it. The wrap-up after it is the longer one.
 */
export interface Worried {
  type: "worried";
  channel: string;
  urgency?: Urgency;
  ref: number;
}

/**
 * This is abusive: stop it at once. The moderators get what was said; you get a break; you never meet again.
 *
 * The other hears a neutral `one_ended`, with help. Answer: `done`.
 */
export interface Abusive {
  type: "abusive";
  channel: string;
  abuse: Abuse;
  ref: number;
}

/**
 * Did you feel heard? After a one-to-one of your own, for a day; said again, it changes what was said.
 *
 * The listener never learns what one person tapped. `words` are screened like all words, and go to a supervisor, who
 * may pass them on; they may bring a `help_card`. Answer: `done`; `refused` with `conflict` before it is over, with
 * `blocked` where the words cannot be taken.
 */
export interface FeltHeard {
  type: "felt_heard";
  channel: string;
  felt: Felt;
  words?: string;
  ref: number;
}

/**
 * How hard is it now? Counted beside what was said in the queue, for everyone together; kept of nobody.
 *
 * Counted once, and only where it was said before. Answer: `done`.
 */
export interface RateAgain {
  type: "rate_again";
  channel: string;
  how_hard: number;
  ref: number;
}

/** What can be known of how one's own one-to-ones felt. Answer: `felt_numbers`. */
export interface OwnNumbers {
  type: "own_numbers";
  ref: number;
}

/** What peers wrote about one-to-ones and nobody has looked at, oldest first. Answer: `feedback_list`. */
export interface Feedbacks {
  type: "feedbacks";
  ref: number;
}

/** Pass what a peer wrote on to the listener, or lay it aside: then it is gone. Answer: `done`. */
export interface SettleFeedback {
  type: "settle_feedback";
  feedback: string;
  pass_on: boolean;
  ref: number;
}

/** What the operator gives listeners to hand, in a language. Answer: `handbook`. */
export interface OpenHandbook {
  type: "open_handbook";
  lang?: string;
  ref: number;
}

/**
 * I have asked this question. That it was asked, and by whom, is on record; what was answered is not.
 *
 * Answer: `done`; `refused` with `gone` where there is no such question.
 */
export interface RiskAsked {
  type: "risk_asked";
  channel: string;
  question: string;
  ref: number;
}

/** What is kept of me, and until when? Answer: `data_kept`. */
export interface MyData {
  type: "my_data";
  ref: number;
}

/**
 * Take a message of one's own away from everyone, in a room or a one-to-one: its text is gone at once.
 *
 * `hold` names a message that waits; then `seq` says nothing. Answer: `done`.
 */
export interface DeleteMine {
  type: "delete_mine";
  channel: string;
  seq: number;
  hold?: string | null;
  ref: number;
}

/**
 * Take away every name, everything said one to one and in rooms, what was told in the inbox, and the return words.
 *
 * A one-to-one ends with it. Blocks, sanctions, the age band and this sign-in stay, and so does a care ticket, without
 * a word. Answer: `done` once it cannot be lost; then `wiped`, within a minute.
 */
export interface Wipe {
  type: "wipe";
  ref: number;
}

/**
 * Give me new words by which I come back on another device; those before open nothing any more.
 *
 * They are told once and not kept. Typed at `POST /return`, they serve once. Answer: `return_words`.
 */
export interface GiveReturnWords {
  type: "give_return_words";
  language?: string;
  ref: number;
}

/** End the return words, and with them the summary that is kept beside them. Answer: `done`. */
export interface ForgetReturnWords {
  type: "forget_return_words";
  ref: number;
}

/**
 * Keep a few words of one's own beside the return words, or with none let them go; screened like all words.
 *
 * `share`: the next listener may read them, once. Answer: `done`; `refused` with `conflict` without return words.
 */
export interface KeepSummary {
  type: "keep_summary";
  text: string;
  share?: boolean;
  ref: number;
}

/** What the peer of a one-to-one of yours wants you to know. Answer: `summary_shared`, empty where there is none. */
export interface SharedSummary {
  type: "shared_summary";
  channel: string;
  ref: number;
}

/**
 * Ask a supervisor about a one-to-one of yours, or without `channel` to talk about how you are yourself.
 *
 * Of the first the peer never hears. The second has nothing to do with anyone's one-to-one and goes on when it is
 * over. Write in the thread that is named in the answer: `join` it, then `post`. Someone should answer by `due`; else
 * the pager calls the next. Once answered, it can be asked anew. Answer: `supervisor_asked`; nobody on duty is said
 * there, and the pager calls at once.
 */
export interface AskSupervisor {
  type: "ask_supervisor";
  channel?: string | null;
  ref: number;
}

/**
 * What you asked a supervisor needs no answer any more. Answer: `done`, also where it was closed already.
 *
 * It closes by itself with the one-to-one; where it was about yourself, a day after a supervisor's last word. Then its
 * words are gone.
 */
export interface CloseAsk {
  type: "close_ask";
  channel: string;
  ref: number;
}

/** Follow what supervisors are told. Answer: `supervision_state`, then the events of supervision. */
export interface Supervise {
  type: "supervise";
  ref: number;
}

/** How it goes in every one-to-one, now; ask every ten seconds. Answer: `overview_state`. */
export interface Overview {
  type: "overview";
  ref: number;
}

/**
 * Read along in a one-to-one. Both were told from the start that a supervisor may; each time is on record.
 *
 * Nothing can be said there by it: `join` comes in openly, and to write to the listener alone `join` the thread
 * `ask:<id>`. Answer: `watching`, then what was said.
 */
export interface Watch {
  type: "watch";
  channel: string;
  since?: Position | null;
  ref: number;
}

/**
 * Let a listener go on beyond the limits of their shift for an hour. It takes two supervisors, and is on record.
 *
 * The second one's word, within ten minutes, makes it so. Answer: `done`; `lift_changed` says how it stands.
 */
export interface LiftLimit {
  type: "lift_limit";
  name: string;
  ref: number;
}

/** Let a listener have so many one-to-ones at a time; it is on record. Answer: `done`. */
export interface SetAtOnce {
  type: "set_at_once";
  name: string;
  at_once: number;
  ref: number;
}

/**
 * Propose that someone else goes on in your one-to-one. `summary` is for them; the peer reads it before.
 *
 * You stay until someone has come and you `finish_transfer`, two minutes at most; if nobody does, it stays yours.
 * Answer: `done`; `transfer_changed` says how it goes. `refused` with `conflict` while there is one already.
 */
export interface Transfer {
  type: "transfer";
  channel: string;
  to?: TransferTo;
  summary?: string;
  ref: number;
}

/** Go on yourself after all. Answer: `done`. */
export interface WithdrawTransfer {
  type: "withdraw_transfer";
  channel: string;
  ref: number;
}

/**
 * Take over what was offered to you by `transfer_offered`, or to supervisors by `transfer_wanted`.
 *
 * Answer: `done`, and `one_began`: join the channel. The first listener is there until they hand it on.
 * `refused` with `conflict` when too late, in wrap-up, or with a one-to-one of your own.
 */
export interface AcceptTransfer {
  type: "accept_transfer";
  channel: string;
  ref: number;
}

/** Let it pass, without a reason. Someone else is asked while there is time. Answer: `done`. */
export interface DeclineTransfer {
  type: "decline_transfer";
  channel: string;
  ref: number;
}

/** Hand it on now: whoever came is their listener from here. Answer: `done`, and `handed_on`. */
export interface FinishTransfer {
  type: "finish_transfer";
  channel: string;
  ref: number;
}

/** Offer to go on in a one-to-one of someone else's. The peer is asked first. Answer: `done`. */
export interface TakeOver {
  type: "take_over";
  channel: string;
  ref: number;
}

/** Say whether someone else may go on with you. With `no` everything stays as it is. Answer: `done`. */
export interface AnswerTransfer {
  type: "answer_transfer";
  channel: string;
  says: Consent;
  ref: number;
}

/** The whole training, in a language. Answer: `course`. */
export interface OpenCourse {
  type: "open_course";
  lang?: string;
  ref: number;
}

/** Choose an answer; as often as you like. Answer: `lesson_answered`; `refused` with `gone`: open it anew. */
export interface AnswerLesson {
  type: "answer_lesson";
  lesson: string;
  choice: number;
  lang?: string;
  ref: number;
}

/**
 * Talk with the practice partner. `moves` is all that was done so far: the server keeps nothing of it.
 *
 * Answer: `practice_turn`; `refused` with `gone` where the script is another one by now.
 */
export interface Practise {
  type: "practise";
  practice: string;
  moves?: readonly string[];
  lang?: string;
  ref: number;
}

/**
 * Where do I stand with one-to-ones? Send it after every `welcome`: it also says that this tab is here for them.
 *
 * Answer: `listening_state`.
 */
export interface Listening {
  type: "listening";
  ref: number;
}

/** No. `code` says why; `retry_ms` when asking again can help; `offers` are free names where one was refused. */
export interface Refused {
  type: "refused";
  ref: number;
  code: string;
  retry_ms: number | null;
  offers: readonly string[];
}

/** Yes, it is so. */
export interface Done {
  type: "done";
  ref: number;
}

/** Someone is here. `away` repeats the last `condition`: that may have been lost. */
export interface Pong {
  type: "pong";
  ref: number;
  now: number;
  away: readonly Part[];
}

/** The socket is open. `inbox` is where the own inbox stands; what came after the given position follows. */
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
  away: readonly Part[];
  limits: Limits;
}

/**
 * You are in. History or what was missed follows as numbered frames up to `seq`.
 *
 * `turn_ms`: until slow mode lets you write. `muted_until`: 0, or when you may write again.
 * `held`: messages of yours that wait for a moderator here.
 */
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

/** Your name in this room. */
export interface Named {
  type: "named";
  ref: number;
  channel: string;
  handle: string;
}

/**
 * It is in the channel and kept.
 *
 * `text` is given where the server changed it; `dup`: this client id was used before, for other words.
 */
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

/** Numbered frames, oldest first; `more` is false where nothing earlier is kept. */
export interface Page {
  type: "page";
  ref: number;
  channel: string;
  epoch: number;
  frames: readonly [number, Event][];
  more: boolean;
}

/** The report is with the moderators. `worried`: it went to the care list. */
export interface Reported {
  type: "reported";
  ref: number;
  worried: boolean;
}

/** The request is kept and cannot be lost. `staff`: how many of the team are on duty now. */
export interface HelpReceived {
  type: "help_received";
  ref: number;
  ticket: string;
  staff: number;
}

/**
 * All that is open at the desk, as of `position`; the desk's later events follow.
 *
 * `pager`: the routes of the pager that fail. `seen`: open tickets that someone has seen by phone, a moment ago.
 * `unscreened`: those of the desk's last events that tell of one.
 * `emergency`: what the operator's people do when a life is in danger; empty where nobody has written it.
 * `policy`: the version of the screening policy that is proposed, or that came into force lately.
 */
export interface DeskState {
  type: "desk_state";
  ref: number;
  position: Position;
  holds: readonly Hold[];
  tickets: readonly Ticket[];
  reports: readonly ReportItem[];
  mutes: readonly MuteItem[];
  bans: readonly BanItem[];
  pager: readonly string[];
  seen: readonly string[];
  deputy: string;
  passing: readonly Passing[];
  emergency: string;
  policy: PolicyNotice | null;
  unscreened: readonly Unscreened[];
}

/** Someone said something. Only the sender knows the `client_id` as theirs. */
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

/**
 * The message with number `gone` was taken away, by a moderator or (`own`) by its author; show that, and nothing
 * of it.
 */
export interface Removed {
  type: "removed";
  channel: string;
  gone: number;
  own: boolean;
  at: number;
}

/** A removal was undone: the message with number `back` is shown again, in its place. */
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

/** Slow mode or the room's door changed. */
export interface RoomChanged {
  type: "room_changed";
  channel: string;
  state: RoomState;
  slow_seconds: number;
  at: number;
}

/** Who is here; up to twenty `handles` by alphabet, beyond that only `people`, in steps. May be lost. */
export interface Here {
  type: "here";
  channel: string;
  people: number;
  handles: readonly string[];
  staff: readonly string[];
}

/** How many people are writing. May be lost. */
export interface Writing {
  type: "writing";
  channel: string;
  people: number;
}

/** Who of the team is on duty now, by heartbeat; empty means nobody. */
export interface OnDuty {
  type: "on_duty";
  staff: readonly string[];
}

/** Which parts of the service are away now; none means that all is well. Told when it changes. */
export interface Condition {
  type: "condition";
  away: readonly Part[];
}

/**
 * A message of yours waits for a moderator, until `due`; also the answer to its post (`ref` above 0).
 *
 * `why` is a code for the words; `care`: it is held because someone may be in danger, not for a rule.
 */
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

/** Your held message was allowed (and is in the room), refused, sent back to edit, or withdrawn (no decision). */
export interface HoldEnded {
  type: "hold_ended";
  channel: string;
  client_id: Uint8Array;
  hold: string;
  decision: Decision | null;
  text: string;
  reason: StaffReason | null;
  note: string;
  at: number;
}

/** A private, automatic card. `asked`: a person of the team has been asked to look (`ticket`). */
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

/** You can't write in `channel` (none: anywhere) until then. You can read, get help and write to a moderator. */
export interface Muted {
  type: "muted";
  channel: string | null;
  until: number;
  reason: StaffReason;
  note: string;
  at: number;
}

/** You can write again. */
export interface Unmuted {
  type: "unmuted";
  channel: string | null;
  at: number;
}

/** You are out of `channel` until then, and hear nothing more of it. Help and your private thread are still here. */
export interface Banned {
  type: "banned";
  channel: string;
  until: number;
  reason: StaffReason;
  note: string;
  at: number;
}

/** A sign-in of yours has ended; its sockets are closed with 1008, on every process. */
export interface SignedOut {
  type: "signed_out";
  sign_in: string;
  at: number;
}

/** You can join the room again. */
export interface Unbanned {
  type: "unbanned";
  channel: string;
  at: number;
}

/** A moderator took a message of yours down, and why. */
export interface YoursRemoved {
  type: "yours_removed";
  channel: string;
  gone: number;
  text: string;
  reason: StaffReason;
  note: string;
  at: number;
}

/** A moderator has looked at what you reported. Nobody learns that it was you. */
export interface ReportHandled {
  type: "report_handled";
  channel: string;
  seq: number;
  outcome: ReportOutcome;
  at: number;
}

/** Someone of the team has accepted and is joining you privately; join `ticket:<ticket>`. */
export interface TicketTaken {
  type: "ticket_taken";
  ticket: string;
  name: string;
  voice: Voice;
  at: number;
}

/** The private thread has ended. */
export interface TicketSettled {
  type: "ticket_settled";
  ticket: string;
  at: number;
}

/** A message was delivered that was not screened as others are: a screener failed, or knows another language. */
export interface Unscreened {
  type: "unscreened";
  channel: string;
  id: string;
  why: Unread;
  at: number;
}

export interface HoldArrived {
  type: "hold_arrived";
  hold: Hold;
  at: number;
}

/** Decided by `by`, or withdrawn by its author (no decision). */
export interface HoldSettled {
  type: "hold_settled";
  hold: string;
  decision: Decision | null;
  by: string;
  at: number;
}

/**
 * A ticket was opened, changed hands, was answered, repeated, told again or settled.
 *
 * It replaces what was known of it.
 */
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

/** A mute began, or ended early (`until` in the past). */
export interface MuteChanged {
  type: "mute_changed";
  mute: MuteItem;
  at: number;
}

/** A ban began, or ended early (`until` in the past). */
export interface BanChanged {
  type: "ban_changed";
  ban: BanItem;
  at: number;
}

/** Someone who was called has seen it by phone, by this route of the pager. Nobody has taken it by that. */
export interface PageSeen {
  type: "page_seen";
  ticket: string;
  route: string;
  at: number;
}

/** A route of the pager began to fail, or works again; the others go on. */
export interface PagerChanged {
  type: "pager_changed";
  route: string;
  fails: boolean;
  at: number;
}

/** A version of the screening policy was proposed or withdrawn, or has come into force in every room. */
export interface PolicyChanged {
  type: "policy_changed";
  policy: PolicyNotice;
  at: number;
}

/** Whom one has blocked, oldest first. */
export interface BlockList {
  type: "block_list";
  ref: number;
  blocks: readonly BlockItem[];
}

/** You have blocked someone, or no longer do: `join` anew what is named (none: all), without `since`. */
export interface Blocked {
  type: "blocked";
  channel: string | null;
  at: number;
}

/** The ticket is yours; name this `fence` in what you do with it. */
export interface Holding {
  type: "holding";
  ref: number;
  ticket: string;
  fence: number;
}

/** No one from our team is here right now: please don't wait for us. The request is kept; no more is promised. */
export interface NobodyHere {
  type: "nobody_here";
  ticket: string;
  at: number;
}

/** Whoever was with you had to go. The private thread stays, and our team is asked again. */
export interface TicketReturned {
  type: "ticket_returned";
  ticket: string;
  at: number;
}

/**
 * Who is deputy while they are on duty, and who wants to hand over duty to whom.
 *
 * `relieved`: their duty was accepted by a colleague; they can go.
 */
export interface DutyChanged {
  type: "duty_changed";
  deputy: string;
  passing: readonly Passing[];
  relieved: string;
  at: number;
}

/** You wait. */
export interface Queued {
  type: "queued";
  ref: number;
  place: Place;
}

/** The truth about the queue, every few seconds while you wait. May be lost. */
export interface QueuePlace {
  type: "queue_place";
  place: Place;
}

/** You have waited for so many `minutes` (2, 5, 10): offer other ways, rooms and lines, and go on waiting. */
export interface QueueWait {
  type: "queue_wait";
  minutes: number;
  at: number;
}

/** You no longer wait, and why. */
export interface QueueEnded {
  type: "queue_ended";
  why: QueueEnd;
  at: number;
}

/** A listener's own standing changed. */
export interface DutiesChanged {
  type: "duties_changed";
  duties: Duties;
  at: number;
}

/** Someone waits, and you are next: `accept` or `skip`. Ring only in the tab that was touched last. */
export interface Offered {
  type: "offered";
  offer: Offer;
  at: number;
}

/** The offer is over. `lapsed`: you are on a break now, so that nobody waits for an empty chair. */
export interface OfferEnded {
  type: "offer_ended";
  offer: string;
  why: OfferEnd;
  at: number;
}

/** You have each other: `join` the channel. The peer's draft is its first message. */
export interface OneBegan {
  type: "one_began";
  one: OneToOne;
  at: number;
}

/**
 * Someone of the team has taken what you are worried about, under this name; stay until they are with the person.
 *
 * Without a name it is back at the desk, and others are asked: please stay.
 */
export interface WorryTaken {
  type: "worry_taken";
  channel: string;
  name: string;
  at: number;
}

/**
 * The one-to-one is over, and why; `waits`: you are at the head of the queue again, with our apology.
 *
 * What a goodbye card needs: `name`, the `wish` and when it began. `again`: until when a peer who fell silent comes in
 * at the head by sending `queue`. For `stopped` a neutral word and help are enough. The peer can read it until it is
 * deleted.
 */
export interface OneEnded {
  type: "one_ended";
  one: OneToOne;
  why: TalkEnd;
  waits: boolean;
  again: number;
  at: number;
}

/** Nobody has spoken for so many `minutes`; `listener`: it is they who owe a word, else a soft check on the peer. */
export interface OneNudged {
  type: "one_nudged";
  channel: string;
  listener: boolean;
  minutes: number;
  at: number;
}

/** So many `minutes` of the agreed time are left; at 0 it is over, and nothing is cut off. */
export interface OneTime {
  type: "one_time";
  channel: string;
  minutes: number;
  at: number;
}

/** There is time until `ends` now. */
export interface OneExtended {
  type: "one_extended";
  channel: string;
  ends: number;
  at: number;
}

/** Someone of the team has come in, openly, by this name: a supervisor, or a listener who is to go on. */
export interface OneEntered {
  type: "one_entered";
  channel: string;
  name: string;
  voice: Voice;
  at: number;
}

/**
 * How people felt after one-to-ones with you, in steps of five: no single answer can be told from it.
 *
 * All 0 until there are five. `words`: what a supervisor has passed on to you.
 */
export interface FeltNumbers {
  type: "felt_numbers";
  ref: number;
  yes: number;
  partly: number;
  no: number;
  words: readonly FeedbackItem[];
}

/** All that waits for a supervisor, and how things were after one-to-ones this month. */
export interface FeedbackList {
  type: "feedback_list";
  ref: number;
  feedbacks: readonly FeedbackItem[];
  eased: Eased;
}

/** A supervisor has passed on to you what someone wrote; ask for `own_numbers`. */
export interface FeedbackPassed {
  type: "feedback_passed";
  feedback: string;
  at: number;
}

/** `alone`: what to do while nobody of the team is there; `on_call`: whom to reach then, or nothing. */
export interface Handbook {
  type: "handbook";
  ref: number;
  moments: readonly Moment[];
  questions: readonly Question[];
  alone: readonly string[];
  on_call: string;
}

/**
 * All that is kept of you. `until`: when you are forgotten, if you don't come back before.
 *
 * `told`: things that you were told in your inbox, the last of them until `told_until`. `words_until`: how long your
 * return words open, or 0. `summary` is what is kept beside them, and `shares`: the next listener may read it.
 */
export interface DataKept {
  type: "data_kept";
  ref: number;
  until: number;
  sign_ins: number;
  age: boolean;
  rooms: readonly KeptRoom[];
  ones: readonly KeptOne[];
  tickets: readonly KeptTicket[];
  sanctions: readonly KeptSanction[];
  blocks: number;
  reports: number;
  feedback: number;
  waits: boolean;
  told: number;
  told_until: number;
  words_until: number;
  summary: string;
  shares: boolean;
}

/** Your words: nobody can tell you them again. `until`: how long they open if you don't come back before. */
export interface ReturnWords {
  type: "return_words";
  ref: number;
  words: readonly string[];
  until: number;
}

/** In the peer's own words; empty where they share nothing. */
export interface SummaryShared {
  type: "summary_shared";
  ref: number;
  text: string;
}

/** What your inbox had under number `gone` is no longer there. */
export interface Erased {
  type: "erased";
  gone: number;
  at: number;
}

/** All of it is gone: begin anew. */
export interface Wiped {
  type: "wiped";
  at: number;
}

/**
 * It is asked, in `channel`. `supervisors`: who of them is on duty; nobody: say so, and show what to do meanwhile.
 *
 * `called`: the pager was asked to call someone.
 */
export interface SupervisorAsked {
  type: "supervisor_asked";
  ref: number;
  channel: string;
  supervisors: readonly string[];
  due: number;
  called: boolean;
}

/**
 * All that waits for a supervisor, as of `position`; the later events follow.
 *
 * Of what listeners would like to talk about for themselves, also what was answered and still goes on.
 */
export interface SupervisionState {
  type: "supervision_state";
  ref: number;
  position: Position;
  asks: readonly AskItem[];
  transfers: readonly TransferOffer[];
  lifts: readonly LiftItem[];
}

/** How it goes now: four numbers with their lights, who listens, and every one-to-one, most pressing first. */
export interface OverviewState {
  type: "overview_state";
  ref: number;
  now: number;
  numbers: Numbers;
  listeners: readonly ListenerRow[];
  ones: readonly OneRow[];
}

/** You read along. What was said follows, as after `joined`. */
export interface Watching {
  type: "watching";
  ref: number;
  channel: string;
  one: OneToOne;
  position: Position;
  resumed: Resumption;
}

/** A supervisor writes to you alone, in `channel`: join it. `one`: what it is about; its peer hears nothing. */
export interface SupervisorWrote {
  type: "supervisor_wrote";
  channel: string;
  one: string | null;
  name: string;
  at: number;
}

/** Nobody has answered your question yet, and the pager was asked to call someone: whom, at this step. */
export interface AskCalled {
  type: "ask_called";
  channel: string;
  step: AskStep;
  at: number;
}

/** A supervisor lets you have so many one-to-ones at a time. */
export interface AtOnceChanged {
  type: "at_once_changed";
  at_once: number;
  by: string;
  at: number;
}

/** A listener asks, was answered, or the pager went further; it replaces what was known. Ring while it waits. */
export interface AskChanged {
  type: "ask_changed";
  ask: AskItem;
  at: number;
}

/** Nobody needs to answer any more: the one-to-one is over, or whoever asked says so. */
export interface AskClosed {
  type: "ask_closed";
  channel: string;
  at: number;
}

/** Someone waits with this topic, and nobody who is there takes it. They are not told why. */
export interface TopicUntaken {
  type: "topic_untaken";
  topic: string;
  at: number;
}

/** Someone under 18 waits, and nobody who is there may meet them one to one. They were told so at once. */
export interface AgeUntaken {
  type: "age_untaken";
  at: number;
}

/** One supervisor wants a limit lifted, or a second one has agreed. */
export interface LiftChanged {
  type: "lift_changed";
  lift: LiftItem;
  at: number;
}

/**
 * The peer's: your listener would like someone else to go on with you. Ask them, and send `answer_transfer`.
 *
 * `summary` is all that is passed on. `name`: who it is, where it is known. Without an answer nothing changes.
 */
export interface TransferAsked {
  type: "transfer_asked";
  channel: string;
  to: TransferTo;
  name: string;
  summary: string;
  until: number;
  at: number;
}

/** A colleague asks you to go on with someone: `accept_transfer` or `decline_transfer`. Ring as for an offer. */
export interface TransferOffered {
  type: "transfer_offered";
  offer: TransferOffer;
  at: number;
}

/** How a transfer of yours goes: whom it waits for, and until when. `name`: who has accepted. */
export interface TransferChanged {
  type: "transfer_changed";
  channel: string;
  step: TransferStep;
  name: string;
  until: number;
  at: number;
}

/** It came to nothing: the first listener stays. Told to whoever had heard of it. */
export interface TransferEnded {
  type: "transfer_ended";
  channel: string;
  why: TransferEnd;
  at: number;
}

/** The first listener's: `name` goes on with them, and you have left. Thank you; your wrap-up begins. */
export interface HandedOn {
  type: "handed_on";
  one: OneToOne;
  name: string;
  at: number;
}

/** From here on `name` listens; whoever did before has left. `watched`: as in their first ones, see `OneToOne`. */
export interface OneHanded {
  type: "one_handed";
  channel: string;
  name: string;
  watched: boolean;
  at: number;
}

/** A listener asks for a supervisor to go on with someone; the first who accepts does. */
export interface TransferWanted {
  type: "transfer_wanted";
  offer: TransferOffer;
  at: number;
}

/** Nobody is needed for it any more: a supervisor has accepted, or it came to nothing. */
export interface TransferSettled {
  type: "transfer_settled";
  channel: string;
  at: number;
}

/** `done`: lessons and practices that are behind you since the whole was last gone through. */
export interface Course {
  type: "course";
  ref: number;
  lessons: readonly Lesson[];
  practices: readonly PracticeTalk[];
  done: readonly string[];
}

/** Whether it was right, and why; after the last one that was missing, `training_changed` follows. */
export interface LessonAnswered {
  type: "lesson_answered";
  ref: number;
  right: boolean;
  about: string;
}

/**
 * What the script answers to the last move. `helps`: it led on; else the same can be tried again. `about`: why.
 *
 * Before the first move `about` is empty. `over`: it has ended; the practice is behind you.
 */
export interface PracticeTurn {
  type: "practice_turn";
  ref: number;
  lines: readonly PracticeLine[];
  helps: boolean;
  about: string;
  moves: readonly Move[];
  over: boolean;
}

/** You have gone through all of it, or it is on record that you did so elsewhere. */
export interface TrainingChanged {
  type: "training_changed";
  training: Training;
  at: number;
}

/**
 * All of it. `place` and `draft` while you wait; `ones`: your one-to-ones; `transfer`: one of them passes on.
 *
 * `shares`: what the next listener may read of you, or yours may now. Of a listener the rest. `wanted`: what a
 * colleague asks you to go on with. `asks`: what you asked of supervisors. `supervisors`: who of them is on duty now;
 * ask again when `on_duty` has changed. `training`: of who may listen.
 */
export interface ListeningState {
  type: "listening_state";
  ref: number;
  place: Place | null;
  wish: Wish | null;
  draft: string;
  ones: readonly OneToOne[];
  duties: Duties | null;
  offer: Offer | null;
  worries: readonly Worry[];
  supervisors: readonly string[];
  transfer: TransferState | null;
  wanted: TransferOffer | null;
  asks: readonly AskItem[];
  shares: string;
  training: Training | null;
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
  | Ban
  | Unban
  | SlowMode
  | Gate
  | Escalate
  | Take
  | Spare
  | Settle
  | SettleReport
  | Block
  | Unblock
  | Blocks
  | Safe
  | Contact
  | Attempt
  | Release
  | HandOver
  | Emergency
  | Deputy
  | PassDuty
  | AcceptDuty
  | Queue
  | QueueDraft
  | LeaveQueue
  | Goodbye
  | Extend
  | TypeSlowly
  | Listen
  | Accept
  | Skip
  | Worried
  | Abusive
  | FeltHeard
  | RateAgain
  | OwnNumbers
  | Feedbacks
  | SettleFeedback
  | OpenHandbook
  | RiskAsked
  | MyData
  | DeleteMine
  | Wipe
  | GiveReturnWords
  | ForgetReturnWords
  | KeepSummary
  | SharedSummary
  | AskSupervisor
  | CloseAsk
  | Supervise
  | Overview
  | Watch
  | LiftLimit
  | SetAtOnce
  | Transfer
  | WithdrawTransfer
  | AcceptTransfer
  | DeclineTransfer
  | FinishTransfer
  | TakeOver
  | AnswerTransfer
  | OpenCourse
  | AnswerLesson
  | Practise
  | Listening;

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
  | Said
  | Removed
  | Restored
  | RoomChanged
  | Here
  | Writing
  | OnDuty
  | Condition
  | Held
  | HoldEnded
  | HelpCard
  | Muted
  | Unmuted
  | Banned
  | SignedOut
  | Unbanned
  | YoursRemoved
  | ReportHandled
  | TicketTaken
  | TicketSettled
  | Unscreened
  | HoldArrived
  | HoldSettled
  | TicketChanged
  | ReportArrived
  | ReportSettled
  | MuteChanged
  | BanChanged
  | PageSeen
  | PagerChanged
  | PolicyChanged
  | BlockList
  | Blocked
  | Holding
  | NobodyHere
  | TicketReturned
  | DutyChanged
  | Queued
  | QueuePlace
  | QueueWait
  | QueueEnded
  | DutiesChanged
  | Offered
  | OfferEnded
  | OneBegan
  | WorryTaken
  | OneEnded
  | OneNudged
  | OneTime
  | OneExtended
  | OneEntered
  | FeltNumbers
  | FeedbackList
  | FeedbackPassed
  | Handbook
  | DataKept
  | ReturnWords
  | SummaryShared
  | Erased
  | Wiped
  | SupervisorAsked
  | SupervisionState
  | OverviewState
  | Watching
  | SupervisorWrote
  | AskCalled
  | AtOnceChanged
  | AskChanged
  | AskClosed
  | TopicUntaken
  | AgeUntaken
  | LiftChanged
  | TransferAsked
  | TransferOffered
  | TransferChanged
  | TransferEnded
  | HandedOn
  | OneHanded
  | TransferWanted
  | TransferSettled
  | Course
  | LessonAnswered
  | PracticeTurn
  | TrainingChanged
  | ListeningState;

export const CLOSE = {
  NORMAL: 1000,
  GOING_AWAY: 1001,
  PROTOCOL: 1002,
  BINARY_ONLY: 1003,
  BAD_TEXT: 1007,
  SIGNED_OUT: 1008,
  TOO_BIG: 1009,
  FAULT: 1011,
  RESTART: 1012,
  OVERLOADED: 1013,
  BAD_FRAME: 4400,
  NO_SESSION: 4401,
  BANNED: 4403,
  NO_HELLO: 4408,
  REPLACED: 4409,
  TOO_SLOW: 4410,
  VERSION: 4412,
  FLOOD: 4429,
  STATE_LOST: 4440,
} as const;

/** Close codes after which a client must not come back by itself. */
export const STAY_AWAY: ReadonlySet<number> = new Set([1008, 4400, 4401, 4403, 4409, 4412]);
