/** Acts that need a reason or a measure; each names the act on its button, and is done in two or three keys. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Scope, StaffReason, Urgency } from "../protocol";
import { Dialog, useClose } from "../views/dialog";
import { word } from "../words";
import * as acts from "./acts";
import type { Because, Outcome } from "./acts";
import { Choices } from "./choices";
import { Fault } from "./fault";
import { cause, type Item } from "./items";
import { outcomeWords } from "./ticket-card";
import { useStation } from "./use-station";

export const REASONS: readonly StaffReason[] = ["contact", "unkind", "harm", "sexual", "spam", "health_advice", "care", "other"];
const URGENCIES: readonly Urgency[] = ["concern", "serious", "imminent"];
const MINUTES = ["10", "60", "1440"] as const;
const HOURS = ["60", "1440", "10080", "43200"] as const;
const SCOPES: readonly Scope[] = ["here", "everywhere"];
const NOTE_MOST = 1_000;
const CLOSED_MS = 60; // by then the dialog is gone and the page behind it can be focused again

/** What it is about, where the house has a word for it; else the moderator says. */
const LIKELY: Readonly<Record<string, StaffReason>> = {
  contact: "contact", unkind: "unkind", hate: "unkind", harm: "harm", sexual: "sexual", spam: "spam",
  method: "care", goodbye: "care", plan: "care", health_advice: "health_advice",
};

type Done = (act: string) => void;

interface ItemDialogProps {
  item: Item;
  done: Done;
}

export function ReasonDialog({ item, done, decision, act }: ItemDialogProps & { decision: "ask_edit" | "refuse"; act: string }) {
  const station = useStation();
  return (
    <ReasonForm
      title={word(`console.${act}_title`)}
      about={word(`console.${act}_about`)}
      label={word(`console.act_${act}`)}
      likely={LIKELY[cause(item)] ?? null}
      note={act === "take_edit" ? word("console.take_edit_note") : ""}
      send={(because) => acts.decide(station, item, decision, because)}
      done={() => done(act)}
    />
  );
}

export function MuteDialog({ item, done }: ItemDialogProps) {
  const station = useStation();
  const held = item.kind === "hold";
  return (
    <SilenceForm
      about={word(held ? "console.mute_hold_about" : "console.mute_about")}
      likely={LIKELY[cause(item)] ?? null}
      also={!held}
      send={(how) => acts.silence(station, item, how)}
      done={() => done("mute")}
    />
  );
}

export function WorryDialog({ item, done }: ItemDialogProps) {
  const station = useStation();
  const named = item.kind === "hold" ? item.about.urgency : null;
  return <WorryForm likely={named} send={(how) => acts.worry(station, item, how)} done={() => done("worry")} />;
}

interface ReasonProps {
  title: string;
  about: string;
  label: string;
  likely: StaffReason | null;
  note?: string;
  send: (because: Because) => Promise<Outcome>;
  done: () => void;
  /** Those that can be given for it. */
  reasons?: readonly StaffReason[];
  children?: ComponentChildren;
}

export function ReasonForm({ title, about, label, likely, note: draft = "", send, done, reasons = REASONS, children }: ReasonProps) {
  const [reason, choose] = useState<StaffReason | null>(likely);
  const [note, setNote] = useState(draft);
  const { fault, submit } = useSending(() => reason && send({ reason, note: note.trim() }), done);
  return (
    <ActDialog title={title} about={about} label={label} ready={reason !== null} fault={fault} submit={submit}>
      <Choices name="reason" legend={word("console.reason")} all={reasons} label={(each) => word(`console.reason_${each}`)} chosen={reason} choose={choose} across={2} keyed />
      {children}
      <NoteField label={word("console.note")} note={note} set={setNote} />
    </ActDialog>
  );
}

interface SilenceProps {
  about: string;
  likely: StaffReason | null;
  /** Whether the message can go as well. */
  also: boolean;
  send: (how: acts.Silence) => Promise<Outcome>;
  done: () => void;
}

export function SilenceForm({ about, likely, also, send, done }: SilenceProps) {
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>("10");
  const [scope, setScope] = useState<Scope>("here");
  const [gone, setGone] = useState(also);
  return (
    <ReasonForm
      title={word("console.mute_title")}
      about={about}
      label={word("console.act_mute")}
      likely={likely}
      send={(because) => send({ ...because, minutes: Number(minutes), scope, also: also && gone })}
      done={done}
    >
      <Choices name="minutes" legend={word("console.minutes")} all={MINUTES} label={(each) => word(`console.minutes_${each}`)} chosen={minutes} choose={setMinutes} across={3} />
      <Choices name="scope" legend={word("console.scope")} all={SCOPES} label={(each) => word(`console.scope_${each}`)} chosen={scope} choose={setScope} across={3} />
      {also && (
        <label class="choice">
          <input type="checkbox" checked={gone} onChange={(event) => setGone(event.currentTarget.checked)} />
          {word("console.mute_also")}
        </label>
      )}
    </ReasonForm>
  );
}

interface AbsenceProps {
  send: (how: acts.Absence) => Promise<Outcome>;
  done: () => void;
}

/** Nobody is sent out for what concerns care. */
export function AbsenceForm({ send, done }: AbsenceProps) {
  const [minutes, setMinutes] = useState<(typeof HOURS)[number]>("1440");
  const [gone, setGone] = useState(true);
  return (
    <ReasonForm
      title={word("console.ban_title")}
      about={word("console.ban_about")}
      label={word("console.act_ban")}
      likely={null}
      reasons={REASONS.filter((each) => each !== "care")}
      send={(because) => send({ ...because, minutes: Number(minutes), also: gone })}
      done={done}
    >
      <Choices name="minutes" legend={word("console.minutes")} all={HOURS} label={(each) => word(`console.minutes_${each}`)} chosen={minutes} choose={setMinutes} across={2} />
      <label class="choice">
        <input type="checkbox" checked={gone} onChange={(event) => setGone(event.currentTarget.checked)} />
        {word("console.mute_also")}
      </label>
    </ReasonForm>
  );
}

export function WorryForm({ likely, send, done }: { likely: Urgency | null; send: (how: acts.Worry) => Promise<Outcome>; done: () => void }) {
  const [urgency, choose] = useState<Urgency | null>(likely);
  const [note, setNote] = useState("");
  const [take, setTake] = useState(false);
  const { fault, submit } = useSending(() => urgency && send({ urgency, note: note.trim(), take }), done);
  return (
    <ActDialog title={word("console.worry_title")} about={word("console.worry_about")} label={word("console.worry_send")} ready={urgency !== null} fault={fault} submit={submit}>
      <Choices name="urgency" legend={word("console.urgency")} all={URGENCIES} label={(each) => word(`console.urgency_${each}_about`)} chosen={urgency} choose={choose} keyed />
      <NoteField label={word("console.worry_note")} note={note} set={setNote} />
      <label class="choice">
        <input type="checkbox" checked={take} onChange={(event) => setTake(event.currentTarget.checked)} />
        {word("console.worry_take")}
      </label>
    </ActDialog>
  );
}

function NoteField({ label, note, set }: { label: string; note: string; set: (note: string) => void }) {
  return (
    <div class="field">
      <label for="staff-note">{label}</label>
      <textarea class="input" id="staff-note" rows={2} maxLength={NOTE_MOST} dir="auto" value={note} onInput={(event) => set(event.currentTarget.value)} />
    </div>
  );
}

interface ActDialogProps {
  title: string;
  about: string;
  label: string;
  ready: boolean;
  fault: string;
  submit: () => void;
  children: ComponentChildren;
}

function ActDialog({ title, about, label, ready, fault, submit, children }: ActDialogProps) {
  const close = useClose();
  return (
    <Dialog title={title}>
      <p class="quiet">{about}</p>
      <form class="form" onSubmit={(event) => (event.preventDefault(), submit())}>
        {children}
        <Fault text={fault} />
        <div class="acts">
          <button class="button button--act" type="submit" aria-disabled={!ready}>{label}</button>
          <button class="button" type="button" onClick={close}>{word("common.cancel")}</button>
        </div>
      </form>
    </Dialog>
  );
}

/** Sends once; closes when nothing is left to do, else says why it was not done. */
function useSending(send: () => Promise<Outcome> | null | undefined | "", done: () => void): { fault: string; submit: () => void } {
  const station = useStation();
  const close = useClose();
  const [state, setState] = useState({ sending: false, fault: "" });
  const submit = async (): Promise<void> => {
    const sent = state.sending ? null : send();
    if (!sent) return;
    setState({ sending: true, fault: "" });
    const outcome = await sent;
    if (outcome !== "done" && outcome !== "conflict") return setState({ sending: false, fault: outcomeWords(outcome) });
    close();
    setTimeout(catchFocus, CLOSED_MS);
    if (outcome === "done") done();
    else station.set({ said: outcomeWords(outcome) });
  };
  return { fault: state.fault, submit: () => void submit() };
}

/** The button that opened the dialog can be gone with its message: then go on where one works. */
function catchFocus(): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>(".work__head h2, .decide .item, #decide")?.focus({ preventScroll: true });
}
