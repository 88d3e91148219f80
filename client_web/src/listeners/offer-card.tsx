/** The next person, without a name and without a word of theirs: what they would like, how long they have waited, and by when to answer. */
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { age } from "../console/ages";
import { Choices } from "../console/choices";
import { Fault } from "../console/fault";
import type { Offer, SkipReason } from "../protocol";
import { DialogContext, useNow } from "../views/context";
import { Dialog, useClose } from "../views/dialog";
import { counted, word } from "../words";
import { outcomeWords } from "./outcome";
import { useChair } from "./use-chair";
import { WishList } from "./wish";

const REASONS: readonly SkipReason[] = ["topic", "too_close", "need_a_moment", "other"];

export function OfferCard({ offer }: { offer: Offer }) {
  const chair = useChair();
  const open = useContext(DialogContext);
  const heading = useRef<HTMLHeadingElement>(null);
  const [fault, setFault] = useState("");
  const seconds = Math.max(0, Math.ceil((offer.until - useNow(1_000)) / 1_000));
  useEffect(() => heading.current?.focus(), []);
  const accept = async (): Promise<void> => {
    const outcome = await chair.accept(offer.offer);
    if (outcome !== "done") setFault(outcomeWords(outcome === "conflict" ? "offer_gone" : outcome));
  };
  return (
    <section class="offer" aria-labelledby="offer">
      <h2 id="offer" ref={heading} tabIndex={-1}>{word("listener.offer_title")}</h2>
      <p class="offer__clock">{seconds > 0 ? counted("listener.offer_seconds", seconds) : word("listener.offer_ending")}</p>
      <dl class="facts">
        <WishList wish={offer.wish} />
        <div>
          <dt>{word("listener.waited")}</dt>
          <dd>{age(offer.waited_ms)}</dd>
        </div>
        {offer.urgency && (
          <div>
            <dt>{word("listener.urgency")}</dt>
            <dd>{word(`listener.urgency_${offer.urgency}`)}</dd>
          </div>
        )}
      </dl>
      <Fault text={fault} />
      <div class="acts">
        <button class="button button--act" type="button" onClick={() => void accept()}>{word("listener.say_hello")}</button>
        <button class="button" type="button" onClick={() => open(<SkipDialog offer={offer.offer} />)}>{word("listener.skip")}</button>
      </div>
      <p class="quiet">{word("listener.offer_about")}</p>
    </section>
  );
}

function SkipDialog({ offer }: { offer: string }) {
  const chair = useChair();
  const close = useClose();
  const [reason, choose] = useState<SkipReason | null>(null);
  const [fault, setFault] = useState("");
  const left = chair.standing.duties?.skips ?? 0;
  const gone = chair.standing.offer?.offer !== offer;
  useEffect(() => void (gone && close()), [gone]);
  const send = async (): Promise<void> => {
    if (reason === null) return;
    const outcome = await chair.skip(offer, reason);
    if (outcome === "done") close();
    else setFault(outcomeWords(outcome === "rate" ? "no_skips" : outcome === "conflict" ? "offer_gone" : outcome));
  };
  return (
    <Dialog title={word("listener.skip_title")}>
      <p class="quiet">{left > 0 ? counted("listener.skip_about", left) : word("listener.skip_none")}</p>
      <form class="form" onSubmit={(event) => (event.preventDefault(), void send())}>
        <Choices name="skip" legend={word("listener.skip_why")} all={REASONS} label={(each) => word(`listener.skip_${each}`)} chosen={reason} choose={choose} keyed />
        <Fault text={fault} />
        <div class="acts">
          <button class="button button--act" type="submit" aria-disabled={reason === null}>{word("listener.skip_send")}</button>
          <button class="button" type="button" onClick={close}>{word("common.cancel")}</button>
        </div>
      </form>
    </Dialog>
  );
}
