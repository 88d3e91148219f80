/** Where a listener stands, as this page knows it: pure steps from what is heard to what is so. */
import type { Duties, Event, ListeningState, Offer, OfferEnd, OneEnded, OneToOne, Training, TransferEnd, TransferOffer, TransferStep } from "../protocol";

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
}

/** What I asked a supervisor about this one-to-one, in a thread of staff alone. */
export interface Question {
  channel: string;
  /** Who of them was on duty when I asked. */
  supervisors: readonly string[];
  /** Who has answered, or nobody yet. */
  by: string;
  /** The pager was asked to call someone. */
  called: boolean;
}

/** My one-to-one is to pass on: whom it waits for, and who has come. */
export interface Passing {
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
  known: false, duties: null, offer: null, passed: null, ...NO_TALK, wanted: null, handed: null, supervisors: [], ended: null, training: null,
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
      return { ...standing, question: { channel: event.channel, supervisors: event.supervisors, by: "", called: event.called } };
    case "ask_called":
      return standing.question?.channel === event.channel ? { ...standing, question: { ...standing.question, called: true } } : standing;
    case "supervisor_wrote":
      return standing.talk?.one.channel === event.one ? { ...standing, question: answered(standing, event.channel, event.name) } : standing;
    case "one_ended":
      return standing.talk?.one.channel === event.one.channel ? { ...standing, ...NO_TALK, ended: event } : standing;
    case "transfer_offered":
      return { ...standing, wanted: event.offer };
    case "transfer_changed":
      return isMine(standing, event.channel) ? { ...standing, passing: { step: event.step, name: event.name }, stays: null } : standing;
    case "transfer_ended":
      if (standing.wanted?.channel === event.channel) return { ...standing, wanted: null };
      return isMine(standing, event.channel) ? { ...standing, passing: null, stays: event.why } : standing;
    case "handed_on":
      return isMine(standing, event.one.channel) ? { ...standing, ...NO_TALK, handed: event.name } : standing;
    default:
      return standing.talk && "channel" in event && event.channel === standing.talk.one.channel
        ? { ...standing, talk: inTalk(standing.talk, event) }
        : standing;
  }
}

function isMine({ talk }: Standing, channel: string): boolean {
  return talk?.one.channel === channel;
}

function stated(standing: Standing, { duties, offer, ones, worries, supervisors, training }: ListeningState): Standing {
  const one = ones.find((each) => !each.over);
  const same = one !== undefined && standing.talk?.one.channel === one.channel;
  const worry = worries.find((each) => each.channel === one?.channel)?.name ?? null;
  const talk = one === undefined ? null : { ...(same && standing.talk ? standing.talk : begun(one)), one, worry };
  return { ...standing, known: true, duties, offer, talk, supervisors, training, ...(talk ? null : NO_TALK) };
}

/** Asked or not: whoever writes first of them opens the thread. */
function answered({ question }: Standing, channel: string, by: string): Question {
  return { channel, supervisors: question?.supervisors ?? [by], called: question?.called ?? false, by };
}

function begun(one: OneToOne): Talk {
  return { one, quiet: null, left: null, agreed: false, worry: null, entered: [] };
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
