/** What is between this person and our team only: cards, help that was asked for, and private talks. */
import type { Event, HelpCard, Said, TicketTaken, Welcome } from "./protocol";
import type { Card, HelpAsked, State, Thread } from "./state";
import { inChannel } from "./within";
import { hex } from "./wire";

export function hearOfCare(state: State, event: Event): State {
  switch (event.type) {
    case "help_received":
      return state.help ? { ...state, help: { ...state.help, is: "received", ticket: event.ticket, staff: event.staff } } : state;
    case "help_card":
      return { ...state, cards: [...state.cards.filter((each) => each.card !== event.card), card(event)] };
    case "ticket_taken":
      return {
        ...state,
        threads: [...state.threads.filter((each) => each.ticket !== event.ticket), taken(event)],
        help: state.help && { ...state.help, nobody: false },
      };
    case "nobody_here":
      return { ...state, help: { ...(state.help ?? asked(event.ticket)), is: "received", ticket: event.ticket, nobody: true } };
    case "ticket_returned":
      return { ...state, threads: state.threads.map((each) => (each.ticket === event.ticket ? { ...each, is: "asked" } : each)) };
    case "ticket_settled":
      return {
        ...inChannel(state, `ticket:${event.ticket}`, (channel) => ({ ...channel, open: "closed" })),
        threads: state.threads.map((each) => (each.ticket === event.ticket ? { ...each, is: "over" } : each)),
        help: state.help?.ticket === event.ticket ? null : state.help,
      };
    default:
      return state;
  }
}

/** The welcome names the tickets that are not settled; whether someone has accepted, it does not say. */
export function welcomedThreads(threads: readonly Thread[], { tickets }: Welcome): readonly Thread[] {
  const known = threads.map((each): Thread => (tickets.includes(each.ticket) ? each : { ...each, is: "over" }));
  const unknown = tickets.filter((ticket) => !threads.some((each) => each.ticket === ticket));
  return [...known, ...unknown.map((ticket): Thread => ({ ticket, name: "", voice: "moderator", is: "asked" }))];
}

/** A page that did not ask itself learns that our team has been asked. */
export function welcomedHelp(help: HelpAsked | null, { tickets, staff }: Welcome): HelpAsked | null {
  const ticket = tickets.at(-1);
  if (help?.is === "sending" || (help && help.ticket === ticket)) return help;
  return ticket ? { ...asked(ticket), staff: staff.length } : null;
}

function asked(ticket: string): HelpAsked {
  return { clientId: "", channel: null, is: "received", late: false, ticket, staff: 0 };
}

/** Someone of the team has spoken in a thread: they are there. */
export function spokenIn(threads: readonly Thread[], { channel, voice, handle }: Said): readonly Thread[] {
  if (voice === "peer" || voice === "automatic") return threads;
  const thread = threads.find((each) => each.is === "asked" && channel === `ticket:${each.ticket}`);
  return thread ? threads.map((each) => (each === thread ? { ...each, name: handle, voice, is: "open" } : each)) : threads;
}

function card(event: HelpCard): Card {
  const { card: id, kind, channel, asked, ticket, at } = event;
  return { card: id, kind, channel, asked, ticket, at, clientId: event.client_id && hex(event.client_id), closed: false };
}

function taken({ ticket, name, voice }: TicketTaken): Thread {
  return { ticket, name, voice, is: "open" };
}
