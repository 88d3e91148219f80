/** A private talk with the person of a ticket, and closing it with what became of it. */
import { useContext, useState } from "preact/hooks";
import type { TicketOutcome } from "../protocol";
import { Composer } from "../views/composer";
import { DialogContext } from "../views/context";
import { Dialog, useClose } from "../views/dialog";
import { Log } from "../views/log";
import { useWatching } from "../views/room";
import { Writing } from "../views/writing";
import { word } from "../words";
import * as acts from "./acts";
import { Choices } from "./choices";
import { Cover } from "./cover";
import { Fault } from "./fault";
import { Ladder } from "./ladder";
import { outcomeWords, UrgencyTag } from "./ticket-card";
import { useStation } from "./use-station";
import { WorkHead } from "./work-head";

const OUTCOMES: readonly TicketOutcome[] = ["safe_for_now", "referred", "declined", "unreachable"];

export function ThreadView({ ticket: id }: { ticket: string }) {
  const station = useStation();
  const open = useContext(DialogContext);
  const ticket = station.desk.tickets[id];
  const channel = station.chat.state.channels[`ticket:${id}`];
  useWatching(`ticket:${id}`);
  const settle = (): void => open(<SettleDialog ticket={id} />);
  const title = word("console.thread", { handle: ticket?.handle || word("console.someone") });
  return (
    <>
      <WorkHead title={title} back="needs">
        <button class="button" type="button" onClick={settle}>{word("console.settle")}</button>
      </WorkHead>
      <div class="work__about">
        <p class="quiet">{word("console.thread_about")}</p>
        {ticket && <p><UrgencyTag urgency={ticket.urgency} /></p>}
        {ticket?.text && <Cover text={ticket.text} />}
        {ticket?.channel?.startsWith("room:") && <Sparing ticket={id} />}
        {ticket?.taken_by === station.name && <Noting ticket={id} />}
        {ticket?.taken_by === station.name && <Ladder ticket={ticket} />}
      </div>
      {channel?.entering.is === "in" || channel?.cameIn ? (
        <>
          <Log channel={channel} />
          <Writing channel={channel} />
          <Composer channel={channel} />
        </>
      ) : (
        <p class="console__empty" role="status">{channel?.entering.is === "refused" ? outcomeWords(channel.entering.code) : word("room.opening")}</p>
      )}
    </>
  );
}

function Sparing({ ticket }: { ticket: string }) {
  const { chat } = useStation();
  const [said, say] = useState("");
  const spare = async (): Promise<void> => {
    const outcome = await acts.spare(chat, ticket);
    say(outcome === "done" ? word("console.spared") : outcomeWords(outcome));
  };
  return (
    <>
      <button class="button button--quiet" type="button" onClick={() => void spare()}>{word("console.spare")}</button>
      <p class="quiet" role="status">{said}</p>
    </>
  );
}

const NOTES = ["contact", "attempt", "release"] as const;

/** What is so between us, where no line of ours shows it. */
function Noting({ ticket }: { ticket: string }) {
  const station = useStation();
  const [said, say] = useState("");
  const note = async (what: (typeof NOTES)[number]): Promise<void> => {
    const outcome = await acts.note(station, ticket, what);
    say(outcome === "done" ? word(`console.${what}_said`) : outcomeWords(outcome));
  };
  const inContact = station.desk.tickets[ticket]?.state === "in_contact";
  return (
    <>
      <div class="acts">
        {NOTES.filter((what) => what !== "contact" || !inContact).map((what) => (
          <button key={what} class="button button--quiet" type="button" onClick={() => void note(what)}>{word(`console.${what}`)}</button>
        ))}
      </div>
      <p class="quiet" role="status">{said}</p>
    </>
  );
}

function SettleDialog({ ticket }: { ticket: string }) {
  const station = useStation();
  const close = useClose();
  const [outcome, choose] = useState<TicketOutcome | null>(null);
  const [fault, setFault] = useState("");
  const send = async (): Promise<void> => {
    if (outcome === null) return;
    const said = await acts.settle(station, ticket, outcome);
    if (said === "done" || said === "gone") close();
    else setFault(outcomeWords(said));
  };
  return (
    <Dialog title={word("console.settle_title")}>
      <p>{word("console.settle_about")}</p>
      <form class="form" onSubmit={(event) => (event.preventDefault(), void send())}>
        <Choices name="outcome" legend={word("console.settle_legend")} all={OUTCOMES} label={(each) => word(`console.settled_${each}`)} chosen={outcome} choose={choose} />
        <Fault text={fault} />
        <div class="acts">
          <button class="button button--act" type="submit" aria-disabled={outcome === null}>{word("console.settle_send")}</button>
          <button class="button" type="button" onClick={close}>{word("console.settle_keep")}</button>
        </div>
      </form>
    </Dialog>
  );
}
