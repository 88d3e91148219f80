/** One person who may need someone: severity first, what they know, covered text, and who has taken it. */
import { useState } from "preact/hooks";
import { Lamp } from "../drawings";
import { Icon, type IconName } from "../icons";
import { roomOf } from "../page";
import type { Ticket, TicketSource, Urgency } from "../protocol";
import { useNow } from "../views/context";
import { counted, word, wordIfAny } from "../words";
import * as acts from "./acts";
import { age, clock } from "./ages";
import { Cover } from "./cover";
import { isHeld } from "./items";
import { keysOn } from "./keys";
import { useStation } from "./use-station";

const ICONS: Readonly<Record<Urgency, IconName>> = { imminent: "bell-ring", serious: "circle-alert", concern: "circle-dot" };
/** Nothing is shown to them before someone comes. */
const UNTOLD: ReadonlySet<TicketSource> = new Set(["report", "staff"]);
type Take = (ticket: Ticket) => Promise<void>;

export function useTaking(): { take: Take; told: string } {
  const station = useStation();
  const [told, tell] = useState("");
  const take = async (ticket: Ticket): Promise<void> => {
    tell("");
    const outcome = await acts.take(station, ticket.ticket);
    if (outcome !== "done") tell(outcomeWords(outcome));
  };
  return { take, told };
}

export function TicketCard({ ticket, take, keyed }: { ticket: Ticket; take: Take; keyed: boolean }) {
  const open = ticket.state === "open";
  const station = useStation();
  const time = useNow(open ? 1_000 : 30_000);
  return (
    <li class={`item ${open ? "item--untaken" : ""}`} aria-label={word(`console.urgency_${ticket.urgency}`)}>
      <p class="item__head">
        <UrgencyTag urgency={ticket.urgency} />
        {ticket.drill && <span class="tag">{word("console.drill")}</span>}
        <time class="item__age">{open ? clock(time - ticket.since) : age(time - ticket.since)}</time>
      </p>
      <h3 class="item__who"><bdi>{ticket.handle || word("console.someone")}</bdi></h3>
      <p class="item__about">{aboutWords(ticket, isHeld(station.desk, ticket), station.desk.seen.includes(ticket.ticket))}</p>
      {ticket.text && <Cover text={ticket.text} />}
      {open ? <Untaken ticket={ticket} take={take} keyed={keyed} /> : <Taken ticket={ticket} take={take} />}
    </li>
  );
}

export function UrgencyTag({ urgency }: { urgency: Urgency }) {
  return (
    <span class={`tag tag--${urgency}`}>
      <Icon name={ICONS[urgency]} />
      {word(`console.urgency_${urgency}`)}
    </span>
  );
}

function Untaken({ ticket, take, keyed }: { ticket: Ticket; take: Take; keyed: boolean }) {
  const { wanted } = useStation().shift;
  return (
    <>
      <p class="item__state">
        <Lamp lit={false} />
        {word("console.nobody_yet")}
      </p>
      <button class="button button--act button--wide" type="button" onClick={() => void take(ticket)}>
        {word(wanted ? "console.take" : "console.take_and_start")}
        {keyed && keysOn() && <kbd class="key" aria-hidden="true">G</kbd>}
      </button>
    </>
  );
}

function Taken({ ticket, take }: { ticket: Ticket; take: Take }) {
  const station = useStation();
  const mine = ticket.taken_by === station.name;
  return (
    <>
      <p class="item__state">
        <Lamp lit />
        {takenWords(ticket, station.name)}
      </p>
      {ticket.offered_to === station.name && (
        <button class="button button--act button--wide" type="button" onClick={() => void take(ticket)}>{word("console.take_over")}</button>
      )}
      {mine && (
        <button class="button button--wide" type="button" onClick={() => station.set({ work: { is: "thread", ticket: ticket.ticket }, tab: "needs" })}>
          {word("console.open_thread")}
          <Waiting ticket={ticket.ticket} />
        </button>
      )}
    </>
  );
}

/** Who has it, whether they have spoken with the person, and who is asked to take it over. */
function takenWords({ state, taken_by: name, offered_to: to }: Ticket, me: string): string {
  const who = state === "acknowledged" ? "acknowledged_by" : "taken_by";
  if (to === me && to !== "") return word("console.offered_to_me", { name });
  const has = name === me ? word(`console.${who}_me`) : word(`console.${who}`, { name });
  return to ? `${has} ${word("console.offered_to", { name: to })}` : has;
}

function Waiting({ ticket }: { ticket: string }) {
  const unread = useStation().chat.state.channels[`ticket:${ticket}`]?.unread ?? 0;
  return unread > 0 ? <span class="item__new">{counted("room.new", unread)}</span> : null;
}

/** Where it came from, what they know of it, and what they answered. */
function aboutWords(ticket: Ticket, held: boolean, seen: boolean): string {
  const room = ticket.channel?.startsWith("room:") ? roomOf(ticket.channel.slice("room:".length))?.name : undefined;
  const parts = [
    room && word("console.in_room", { room }),
    word(`console.source_${ticket.source}`),
    held && word("console.source_held"),
    ticket.state === "open" && UNTOLD.has(ticket.source) && word("console.untold"),
    ticket.drill && word("console.drill_about"),
    seen && ticket.state === "open" && word("console.seen_by_phone"),
    ticket.says && wordIfAny(`console.says_${ticket.says}`),
    ticket.state === "open" && ticket.nobody_at > 0 && word("console.told_nobody"),
    ticket.state === "open" && ticket.paged && word(`console.paged_${ticket.paged}`),
    ticket.note,
    ticket.times > 1 && counted("console.times", ticket.times),
  ];
  return parts.filter(Boolean).join(" ");
}

export function outcomeWords(code: string): string {
  return wordIfAny(`console.outcome_${code}`) ?? word("console.outcome_other");
}
