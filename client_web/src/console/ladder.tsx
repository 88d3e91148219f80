/** What can be done for someone, the gentlest step first. The last is taken by a person, and only as the operator wrote. */
import { useContext, useState } from "preact/hooks";
import { Icon } from "../icons";
import type { EmergencyCause, Ticket } from "../protocol";
import { DialogContext } from "../views/context";
import { Dialog, useClose } from "../views/dialog";
import { word } from "../words";
import * as acts from "./acts";
import { Choices } from "./choices";
import { Fault } from "./fault";
import { ColleagueDialog } from "./team";
import { outcomeWords } from "./ticket-card";
import { useStation } from "./use-station";

const STEPS = ["stay", "plan", "hand_over", "emergency"] as const;
const CAUSES: readonly EmergencyCause[] = ["underway", "plan", "lost"];
type Step = (typeof STEPS)[number];

export function Ladder({ ticket }: { ticket: Ticket }) {
  return (
    <details class="fold">
      <summary>
        <Icon name="chevron-right" />
        {word("console.ladder")}
      </summary>
      <ol class="fold__inside ladder">
        {STEPS.map((step) => (
          <li key={step}>
            <p><strong>{word(`console.ladder_${step}`)}</strong></p>
            <About step={step} ticket={ticket} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function About({ step, ticket }: { step: Step; ticket: Ticket }) {
  switch (step) {
    case "emergency":
      return <Emergency ticket={ticket} />;
    case "hand_over":
      return <HandOver ticket={ticket} />;
    default:
      return <p>{word(`console.ladder_${step}_about`)}</p>;
  }
}

function HandOver({ ticket }: { ticket: Ticket }) {
  const station = useStation();
  const open = useContext(DialogContext);
  const ask = (): void =>
    open(
      <ColleagueDialog
        title={word("console.hand_over_title")}
        about={word("console.hand_over_about")}
        send={(name) => acts.handOver(station, ticket.ticket, name)}
      />,
    );
  return (
    <>
      <p>{word("console.ladder_hand_over_about")}</p>
      {ticket.offered_to && <p class="quiet" role="status">{word("console.offered_to", { name: ticket.offered_to })}</p>}
      <button class="button button--small" type="button" onClick={ask}>{word("console.hand_over")}</button>
    </>
  );
}

/** Nothing here calls anyone: a named person does, and says why. */
function Emergency({ ticket }: { ticket: Ticket }) {
  const { desk } = useStation();
  const open = useContext(DialogContext);
  const noted = ticket.noted.findLast((each) => each.what === "emergency");
  if (!desk.emergency) return <p>{word("console.ladder_emergency_none")}</p>;
  if (ticket.urgency !== "imminent") return <p>{word("console.ladder_emergency_not_yet")}</p>;
  return (
    <>
      <p class="ladder__policy">{desk.emergency}</p>
      <p>{word("console.ladder_emergency_about")}</p>
      {noted && <p class="quiet" role="status">{word("console.emergency_noted", { name: noted.by })}</p>}
      <button class="button button--small" type="button" onClick={() => open(<EmergencyDialog ticket={ticket.ticket} />)}>
        {word("console.emergency_note")}
      </button>
    </>
  );
}

function EmergencyDialog({ ticket }: { ticket: string }) {
  const station = useStation();
  const close = useClose();
  const [cause, choose] = useState<EmergencyCause | null>(null);
  const [fault, setFault] = useState("");
  const send = async (): Promise<void> => {
    if (cause === null) return;
    const outcome = await acts.emergency(station, ticket, cause);
    if (outcome === "done") close();
    else setFault(outcomeWords(outcome));
  };
  return (
    <Dialog title={word("console.emergency_title")}>
      <p>{word("console.emergency_about")}</p>
      <form class="form" onSubmit={(event) => (event.preventDefault(), void send())}>
        <Choices name="cause" legend={word("console.emergency_legend")} all={CAUSES} label={(each) => word(`console.emergency_${each}`)} chosen={cause} choose={choose} />
        <Fault text={fault} />
        <div class="acts">
          <button class="button button--act" type="submit" aria-disabled={cause === null}>{word("console.emergency_send")}</button>
          <button class="button" type="button" onClick={close}>{word("common.cancel")}</button>
        </div>
      </form>
    </Dialog>
  );
}
