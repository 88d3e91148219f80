/** A warm hand-over: proposed with a few words, the person asked first, both listeners there, and nobody left alone. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Choices } from "../console/choices";
import { Fault } from "../console/fault";
import { Icon } from "../icons";
import type { TransferOffer, TransferTo } from "../protocol";
import { useNow } from "../views/context";
import { counted, word } from "../words";
import { ActDialog } from "./one-dialogs";
import { outcomeWords } from "./outcome";
import { isComing, type Talk } from "./standing";
import { useChair } from "./use-chair";
import { WishList } from "./wish";

const TO: readonly TransferTo[] = ["listener", "supervisor"];

export function PassDialog({ channel }: { channel: string }) {
  const chair = useChair();
  const [to, choose] = useState<TransferTo>("listener");
  const [summary, setSummary] = useState("");
  return (
    <ActDialog title={word("listener.pass_title")} about={word("listener.pass_about")} label={word("listener.pass_send")} send={() => chair.passOn(channel, to, summary.trim())}>
      <Choices name="to" legend={word("listener.pass_to")} all={TO} label={(each) => word(`listener.pass_to_${each}`)} chosen={to} choose={choose} />
      <div class="field">
        <label for="summary">{word("listener.pass_summary")}</label>
        <p class="field__hint" id="summary-hint">{word("listener.pass_summary_hint")}</p>
        <textarea class="input" id="summary" rows={3} maxLength={1_000} dir="auto" autocomplete="off" aria-describedby="summary-hint" value={summary} onInput={(event) => setSummary(event.currentTarget.value)} />
      </div>
    </ActDialog>
  );
}

/** Whom it waits for; and where it came to nothing, that it stays mine. */
export function PassingState({ talk: { one: { channel, name: holder } } }: { talk: Talk }) {
  const chair = useChair();
  const { passing, stays } = chair.standing;
  if (passing === null && stays === null) return null;
  if (isComing(chair.standing)) return <p class="one__passing" role="status">{word("listener.passing_coming", { name: holder })}</p>;
  const act = (what: "withdraw_transfer" | "finish_transfer"): void =>
    void chair.passing(channel, what).then((outcome) => outcome !== "done" && chair.say(outcomeWords(outcome)));
  return (
    <div class="one__passing" role="status">
      <p>{passing ? word(`listener.passing_${passing.step}`, { name: passing.name }) : word(`listener.stays_${stays ?? "over"}`)}</p>
      {passing && (
        <div class="acts">
          {passing.step === "both" && <button class="button button--act" type="button" onClick={() => act("finish_transfer")}>{word("listener.pass_finish", { name: passing.name })}</button>}
          <button class="button" type="button" onClick={() => act("withdraw_transfer")}>{word("listener.pass_withdraw")}</button>
        </div>
      )}
    </div>
  );
}

/** What a colleague asks: the words that the person has read, and no name. */
export function WantedCard({ wanted }: { wanted: TransferOffer }) {
  const chair = useChair();
  const heading = useRef<HTMLHeadingElement>(null);
  const [fault, setFault] = useState("");
  const seconds = Math.max(0, Math.ceil((wanted.until - useNow(1_000)) / 1_000));
  useEffect(() => heading.current?.focus(), []);
  const answer = async (what: "accept_transfer" | "decline_transfer"): Promise<void> => {
    const outcome = await chair.receive(wanted.channel, what);
    if (outcome !== "done") setFault(outcomeWords(outcome === "conflict" ? "offer_gone" : outcome));
  };
  return (
    <section class="offer" aria-labelledby="wanted">
      <h2 id="wanted" ref={heading} tabIndex={-1}>{word("listener.wanted_title", { name: wanted.by })}</h2>
      <p class="offer__clock">{seconds > 0 ? counted("listener.offer_seconds", seconds) : word("listener.offer_ending")}</p>
      <dl class="facts"><WishList wish={wanted.wish} /></dl>
      {wanted.summary && <blockquote class="item__note" dir="auto">{wanted.summary}</blockquote>}
      <Fault text={fault} />
      <div class="acts">
        <button class="button button--act" type="button" onClick={() => void answer("accept_transfer")}>{word("listener.wanted_accept")}</button>
        <button class="button" type="button" onClick={() => void answer("decline_transfer")}>{word("listener.wanted_decline")}</button>
      </div>
    </section>
  );
}

export function Handed() {
  const chair = useChair();
  const { handed } = chair.standing;
  if (handed === null) return null;
  return (
    <section class="panel" aria-labelledby="handed">
      <h2 id="handed"><Icon name="check" /> {word("listener.handed", { name: handed })}</h2>
      <p>{word("listener.after_about")}</p>
      <div class="acts">
        <button class="button" type="button" onClick={() => chair.put({ handed: null })}>{word("common.close")}</button>
      </div>
    </section>
  );
}
