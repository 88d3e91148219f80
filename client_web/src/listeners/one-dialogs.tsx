/** The three acts that need a word more: how worried, what kind of abuse, and goodbye. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Choices } from "../console/choices";
import { Fault } from "../console/fault";
import type { Abuse, Urgency } from "../protocol";
import { Dialog, useClose } from "../views/dialog";
import { word } from "../words";
import type { Outcome } from "./chair";
import { outcomeWords } from "./outcome";
import { useChair } from "./use-chair";

const URGENCIES: readonly Urgency[] = ["concern", "serious", "imminent"];
const KINDS: readonly Abuse[] = ["sexual", "hostile", "other"];

export function WorryDialog({ channel, likely = null }: { channel: string; likely?: Urgency | null }) {
  const chair = useChair();
  const [urgency, choose] = useState<Urgency | null>(likely);
  return (
    <ActDialog title={word("listener.worry_title")} about={word("listener.worry_about")} label={word("listener.worry_send")} send={() => urgency && chair.worry(channel, urgency)}>
      <Choices name="urgency" legend={word("listener.urgency")} all={URGENCIES} label={(each) => word(`listener.worry_${each}`)} chosen={urgency} choose={choose} keyed />
    </ActDialog>
  );
}

/** One press and a kind: nobody has to argue the case. */
export function AbuseDialog({ channel }: { channel: string }) {
  const chair = useChair();
  const [kind, choose] = useState<Abuse | null>(null);
  return (
    <ActDialog title={word("listener.abuse_title")} about={word("listener.abuse_about")} label={word("listener.abuse_send")} send={() => kind && chair.stop(channel, kind)}>
      <Choices name="abuse" legend={word("listener.abuse_kind")} all={KINDS} label={(each) => word(`listener.abuse_${each}`)} chosen={kind} choose={choose} keyed />
    </ActDialog>
  );
}

export function GoodbyeDialog({ channel, handle }: { channel: string; handle: string }) {
  const chair = useChair();
  return <ActDialog title={word("listener.goodbye_title")} about={word("listener.goodbye_about", { handle })} label={word("listener.goodbye_send")} stay={word("listener.goodbye_stay")} send={() => chair.goodbye(channel)} />;
}

interface ActDialogProps {
  title: string;
  about: string;
  label: string;
  stay?: string;
  /** Null while something must be chosen first. */
  send: () => Promise<Outcome> | null;
  children?: ComponentChildren;
}

/** Closes when it is done, else says why it was not. */
export function ActDialog({ title, about, label, stay = word("common.cancel"), send, children }: ActDialogProps) {
  const close = useClose();
  const [state, setState] = useState({ sending: false, fault: "" });
  const submit = async (): Promise<void> => {
    const sent = state.sending ? null : send();
    if (!sent) return;
    setState({ sending: true, fault: "" });
    const outcome = await sent;
    if (outcome === "done" || outcome === "gone") close();
    else setState({ sending: false, fault: outcomeWords(outcome) });
  };
  return (
    <Dialog title={title}>
      <p class="quiet">{about}</p>
      <form class="form" onSubmit={(event) => (event.preventDefault(), void submit())}>
        {children}
        <Fault text={state.fault} />
        <div class="acts">
          <button class="button button--act" type="submit">{label}</button>
          <button class="button" type="button" onClick={close}>{stay}</button>
        </div>
      </form>
    </Dialog>
  );
}
