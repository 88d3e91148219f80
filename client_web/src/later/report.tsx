/** Telling the moderators about a message, or that I am worried about someone; and what became of telling. */
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import type { Message } from "../log";
import type { ReportReason } from "../protocol";
import { openHelp } from "../route";
import { word } from "../words";
import { useChat, useStaff } from "../views/context";
import { Dialog, useClose } from "../views/dialog";

// Worry first: it brings a person, and nobody should have to look for it.
const REASONS: readonly ReportReason[] = [
  "worried", "unkind", "contact", "sexual", "harm", "health_advice", "age", "spam", "other",
];

type Told = "worried" | "told" | "limit" | "failed";

export function ReportDialog({ message, channel }: { message: Message; channel: string }) {
  const chat = useChat();
  const [told, setTold] = useState<Told | null>(null);
  const tell = async (reason: ReportReason, note: string): Promise<void> => {
    const reply = await chat.report(channel, message.seq, reason, note);
    if (reply?.type === "reported") setTold(reply.worried ? "worried" : "told");
    else setTold(reply?.type === "refused" && (reply.code === "limit" || reply.code === "rate") ? "limit" : "failed");
  };
  if (told === "worried" || told === "told" || told === "limit") return <Receipt told={told} />;
  return (
    <Dialog title={word("report.title")}>
      <blockquote class="report__quote">
        <bdi class="name">{message.handle}</bdi>
        <p class="message__text" dir="auto">{message.text}</p>
      </blockquote>
      <ReportForm tell={tell} failed={told === "failed"} />
    </Dialog>
  );
}

function ReportForm({ tell, failed }: { tell: (reason: ReportReason, note: string) => Promise<void>; failed: boolean }) {
  const close = useClose();
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [note, setNote] = useState("");
  const send = (): void => void (reason && tell(reason, note.trim()));
  return (
    <form class="form" onSubmit={(event) => (event.preventDefault(), send())}>
      <fieldset class="choices">
        <legend>{word("report.why")}</legend>
        {REASONS.map((each) => (
          <label class="choice" key={each}>
            <input type="radio" name="reason" checked={reason === each} onChange={() => setReason(each)} />
            {word(`report.reason_${each}`)}
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for="report-note">{word("report.note")}</label>
        <textarea class="input" id="report-note" rows={2} maxLength={1_000} dir="auto" value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </div>
      <p class="quiet">{word("report.private")}</p>
      {failed && <p class="field__fault" role="alert"><Icon name="circle-alert" />{word("report.failed")}</p>}
      <div class="acts">
        <button class="button button--act" type="submit" aria-disabled={reason === null}>{word("report.send")}</button>
        <button class="button" type="button" onClick={close}>{word("report.keep")}</button>
      </div>
    </form>
  );
}

function Receipt({ told }: { told: "worried" | "told" | "limit" }) {
  const close = useClose();
  const staff = useStaff();
  const nobody = staff?.length === 0;
  const sentence = told === "worried" && nobody ? "report.worried_nobody" : `report.${told}`;
  const help = (): void => {
    close();
    openHelp();
  };
  return (
    <Dialog title={word("report.done")} key="receipt">
      <p role="status">{word(told === "told" && nobody ? "report.told_nobody" : sentence)}</p>
      <div class="acts">
        {told === "worried" && <button class="button" type="button" onClick={help}>{word("report.support")}</button>}
        <button class="button button--act" type="button" onClick={close}>{word("common.close")}</button>
      </div>
    </Dialog>
  );
}
