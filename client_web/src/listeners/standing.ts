/** Where a listener stands, as this page knows it: pure steps from what is heard to what is so. */
import { threadOf } from "../ask";
import type {
  AskItem, Duties, Event, ListeningState, Offer, OfferEnd, OneEnded, OneToOne, Training, TransferEnd, TransferOffer, TransferSide, TransferStep,
} from "../protocol";

/** Nobody has spoken for so many minutes; `mine`: it is I who owe a word. */
export interface Quiet {
  mine: boolean;
  minutes: number;
}

/** A one-to-one of mine. */
export interface Talk {
  one: OneToOne;
  quiet: Quiet | null;
  /** Minutes of the agreed time that were last told to be left. */
  left: number | null;
  /** I have said that I would go on; they have not yet. */
  agreed: boolean;
  /** I have said that I am worried, and who of the team has taken it; empty: nobody yet. Null: I have not. */
  worry: string | null;
  /** Supervisors who came in, openly. */
  entered: readonly string[];
  /** What they chose to share with me, in their own words; null until it was asked for. It goes with the talk. */
  shared: string | null;
}

/** What I asked a supervisor, about this one-to-one or about myself, in a thread of staff alone. */
export interface Question {
  channel: string;
  /** Who of them was on duty when I asked. */
  supervisors: readonly string[];
  /** Who has answered, or nobody yet. */
  by: string;
  /** The pager was asked to call someone. */
  called: boolean;
}

/** A one-to-one is to pass on: from me or to me, whom it waits for, and who has come. */
export interface Passing {
  side: TransferSide;
  step: TransferStep;
  name: string;
}

export interface Standing {
  /** Nothing is known before the server has said where I stand. */
  known: boolean;
  duties: Duties | null;
  offer: Offer | null;
  /** How the last offer ended, until the next one or until it is put aside. */
  passed: OfferEnd | null;
  talk: Talk | null;
  question: Question | null;
  /** I would like to talk about how I am: no one-to-one begins it or ends it. */
  own: Question | null;
  passing: Passing | null;
  /** Why it did not pass on: it stays mine. */
  stays: TransferEnd | null;
  /** What a colleague asks me to go on with. */
  wanted: TransferOffer | null;
  /** Who goes on with whom I was with, until it is put aside. */
  handed: string | null;
  /** Who supervises now; empty: nobody. */
  supervisors: readonly string[];
  /** How my last one-to-one ended, until it is put aside. */
  ended: OneEnded | null;
  /** What comes before any offer, and until when it holds. */
  training: Training | null;
}

const NO_TALK = { talk: null, question: null, passing: null, stays: null } as const;
export const UNKNOWN: Standing = {
  known: false, duties: null, offer: null, passed: null, ...NO_TALK, own: null, wanted: null, handed: null, supervisors: [], ended: null, training: null,
};

export function heard(standing: Standing, event: Event): Standing {
  switch (event.type) {
    case "listening_state":
      return stated(standing, event);
    case "training_changed":
      return { ...standing, training: event.training };
    case "duties_changed":
      return { ...standing, duties: event.duties };
    case "offered":
      return { ...standing, offer: event.offer, passed: null, ended: null, handed: null };
    case "offer_ended":
      return standing.offer?.offer === event.offer ? { ...standing, offer: null, passed: event.why } : standing;
    case "one_began":
      return standing.talk?.one.channel === event.one.channel ? standing : { ...standing, offer: null, passed: null, wanted: null, ended: null, handed: null, talk: begun(event.one) };
    case "worry_taken":
      return standing.talk?.one.channel === event.channel ? { ...standing, talk: { ...standing.talk, worry: event.name } } : standing;
    case "supervisor_asked":
      return asked(standing, { channel: event.channel, supervisors: event.supervisors, by: "", called: event.called });
    case "ask_called":
      return changed(standing, event.channel, { called: true });
    case "supervisor_wrote":
      return wrote(standing, event);
    case "summary_shared":
      return standing.talk ? { ...standing, talk: { ...standing.talk, shared: event.text } } : standing;
    case "one_ended":
      return standing.talk?.one.channel === event.one.channel ? { ...standing, ...NO_TALK, ended: event } : standing;
    case "transfer_offered":
      return { ...standing, wanted: event.offer };
    case "transfer_changed":
      return isMine(standing, event.channel) ? { ...standing, passing: { side: "listener", step: event.step, name: event.name }, stays: null } : standing;
    case "transfer_ended":
      if (standing.wanted?.channel === event.channel) return { ...standing, wanted: null };
      if (isMine(standing, event.channel) && isComing(standing)) return { ...standing, ...NO_TALK };
      return isMine(standing, event.channel) ? { ...standing, passing: null, stays: event.why } : standing;
    case "handed_on":
      return isMine(standing, event.one.channel) ? { ...standing, ...NO_TALK, handed: event.name } : standing;
    case "one_handed":
      return isMine(standing, event.channel) && standing.talk ? { ...standing, passing: null, talk: inTalk(standing.talk, event) } : standing;
    default:
      return standing.talk && "channel" in event && event.channel === standing.talk.one.channel
        ? { ...standing, talk: inTalk(standing.talk, event) }
        : standing;
  }
}

/** I have come in to go on with them; until it is handed on, they are a colleague's. */
export function isComing({ passing }: Standing): boolean {
  return passing?.side === "receiver";
}

function isMine({ talk }: Standing, channel: string): boolean {
  return talk?.one.channel === channel;
}

/** All that is so: what it does not name is over. */
function stated(standing: Standing, { duties, offer, ones, worries, supervisors, transfer, wanted, asks, training }: ListeningState): Standing {
  const one = ones.find((each) => !each.over);
  const same = one !== undefined && standing.talk?.one.channel === one.channel;
  const worry = worries.find((each) => each.channel === one?.channel)?.name ?? null;
  const talk = one === undefined ? null : { ...(same && standing.talk ? standing.talk : begun(one)), one, worry };
  const found = (about: string | null): Question | null => {
    const ask = asks.find((each) => each.one === about);
    return ask ? question(ask, supervisors) : null;
  };
  const known = { ...standing, known: true, duties, offer, wanted, supervisors, training, own: found(null) };
  if (talk === null) return { ...known, ...NO_TALK };
  const passing = transfer?.channel === talk.one.channel ? { side: transfer.side, step: transfer.step, name: transfer.name } : null;
  return { ...known, talk, question: found(talk.one.channel), passing, stays: passing ? null : standing.stays };
}

function question({ channel, name, answered_by, called }: AskItem, supervisors: readonly string[]): Question {
  return { channel, supervisors: supervisors.filter((each) => each !== name), by: answered_by, called: called !== null };
}

function asked(standing: Standing, question: Question): Standing {
  const about = standing.talk && threadOf(standing.talk.one.channel);
  return question.channel === about ? { ...standing, question } : { ...standing, own: question };
}

function changed(standing: Standing, channel: string, change: Partial<Question>): Standing {
  const { question, own } = standing;
  if (question?.channel === channel) return { ...standing, question: { ...question, ...change } };
  return own?.channel === channel ? { ...standing, own: { ...own, ...change } } : standing;
}

/** Asked or not: whoever writes first of them opens the thread. */
function wrote(standing: Standing, { channel, one, name }: Extract<Event, { type: "supervisor_wrote" }>): Standing {
  if (one !== null && !isMine(standing, one)) return standing;
  const { question, own } = standing;
  if (question?.channel === channel || own?.channel === channel) return changed(standing, channel, { by: name });
  const opened = { channel, supervisors: [name], called: false, by: name };
  return one === null ? { ...standing, own: opened } : { ...standing, question: opened };
}

function begun(one: OneToOne): Talk {
  return { one, quiet: null, left: null, agreed: false, worry: null, entered: [], shared: null };
}

function inTalk(talk: Talk, event: Event): Talk {
  switch (event.type) {
    case "said":
      return talk.quiet ? { ...talk, quiet: null } : talk;
    case "one_nudged":
      return { ...talk, quiet: { mine: event.listener, minutes: event.minutes } };
    case "one_time":
      return { ...talk, left: event.minutes };
    case "one_extended":
      return { ...talk, one: { ...talk.one, ends: event.ends }, left: null, agreed: false };
    case "one_handed":
      return { ...talk, one: { ...talk.one, name: event.name, watched: event.watched } };
    case "one_entered":
      return talk.entered.includes(event.name) ? talk : { ...talk, entered: [...talk.entered, event.name] };
    default:
      return talk;
  }
}
