/** What is asked of this person just now, above the composer and never in its way: more time, or someone else who goes on. */
import { useNow } from "../views/context";
import { word } from "../words";
import { isNearlyOver, type Talk, type Transfer } from "./standing";
import { useVisit } from "./use-visit";

const LOOK_MS = 5_000;
const TOLD_MS = 120_000; // how a question ended is not news for longer

export function Offers({ talk }: { talk: Talk }) {
  const { transfer } = talk;
  return (
    <>
      {transfer && <TransferOffer transfer={transfer} name={talk.one.name} />}
      {isNearlyOver(talk) && <MoreTime talk={talk} />}
    </>
  );
}

/** By consent of both, from the first notice on. */
function MoreTime({ talk }: { talk: Talk }) {
  const visit = useVisit();
  return (
    <div class="talk__offer" role="status">
      {talk.agreed ? (
        <p>{word("listening.extend_said", { name: talk.one.name })}</p>
      ) : (
        <button class="button" type="button" onClick={() => void visit.extend()}>{word("listening.extend")}</button>
      )}
    </div>
  );
}

/** Asked first, with the very words that would be passed on; silence is a no. */
function TransferOffer({ transfer, name }: { transfer: Transfer; name: string }) {
  const visit = useVisit();
  const time = useNow(LOOK_MS);
  if (time > transfer.until + TOLD_MS) return null;
  if (transfer.is === "agreed") return <p class="talk__offer" role="status">{word("listening.transfer_said", { name })}</p>;
  if (transfer.is === "over" || transfer.until <= time) return <p class="talk__offer" role="status">{word("listening.transfer_ended", { name })}</p>;
  return (
    <div class="talk__offer talk__transfer" role="status">
      <p><b>{word("listening.transfer", { name })}</b> {whom(transfer)}</p>
      {transfer.summary && (
        <div>
          <p class="quiet">{word("listening.transfer_summary")}</p>
          <blockquote class="report__quote"><p class="message__text" dir="auto">{transfer.summary}</p></blockquote>
        </div>
      )}
      <p class="quiet">{word("listening.transfer_about", { name })}</p>
      <div class="acts">
        <button class="button" type="button" onClick={() => void visit.consent("yes")}>{word("listening.transfer_yes")}</button>
        <button class="button" type="button" onClick={() => void visit.consent("no")}>{word("listening.transfer_no", { name })}</button>
      </div>
    </div>
  );
}

function whom({ name, to }: Transfer): string {
  return name ? word("listening.transfer_named", { other: name }) : word(`listening.transfer_${to}`);
}
