/** Needs a person: everyone who may need someone of the team, the gravest first; and who is on duty. */
import { counted, word } from "../words";
import { needing, untaken } from "./items";
import { keyOf, useKeysInside } from "./keys";
import type { Station } from "./station";
import { Team } from "./team";
import { TicketCard, useTaking } from "./ticket-card";
import { useStation } from "./use-station";

export interface Count {
  text: string;
  alert: boolean;
}

export function needsCount({ desk, isCurrent }: Station): Count {
  const [all, open] = [needing(desk).length, untaken(desk).length];
  if (!isCurrent) return { text: word("console.unknown"), alert: false };
  if (all === 0) return { text: word("console.count_none"), alert: false };
  return { text: open > 0 ? counted("console.count_untaken", open, { all }) : counted("console.count_open", all), alert: open > 0 };
}

export function Needs() {
  const station = useStation();
  const tickets = needing(station.desk);
  const first = tickets.find((ticket) => ticket.state === "open");
  const { take, told } = useTaking();
  const list = useKeysInside<HTMLUListElement>((event) => {
    if (keyOf(event) === "g" && first) void take(first);
  });
  return (
    <>
      <header class="console__head">
        <h2>{word("console.tab_needs")}</h2>
        <span class="console__count">{needsCount(station).text}</span>
      </header>
      {told && <p class="console__told" role="status">{told}</p>}
      {!station.isCurrent && tickets.length === 0 ? (
        <p class="console__empty">{word("console.unknown_desk")}</p>
      ) : tickets.length === 0 ? (
        <p class="console__empty">{word("console.needs_none")}</p>
      ) : (
        <ul class="console__list" ref={list}>
          {tickets.map((ticket) => (
            <TicketCard key={ticket.ticket} ticket={ticket} take={take} keyed={ticket === first} />
          ))}
        </ul>
      )}
      <Team />
    </>
  );
}
