/** What wants a supervisor now: a listener who asks, someone to go on with, a limit to lift, a topic that nobody takes. */
import { useState } from "preact/hooks";
import { clock } from "../console/ages";
import { run } from "../console/acts";
import type { AskItem, LiftItem, TransferOffer } from "../protocol";
import { topicName } from "../topics";
import { useNow } from "../views/context";
import { word } from "../words";
import { outcomeWords } from "./parts";
import type { Supervision } from "./supervision";
import { goingOn, oldest } from "./waiting";

export function Calls({ supervision }: { supervision: Supervision }) {
  const { transfers, lifts, untaken } = supervision.waiting;
  const [asks, going] = [oldest(supervision.waiting, supervision.station.name), goingOn(supervision.waiting)];
  const all = asks.length + going.length + Object.keys(transfers).length + Object.keys(lifts).length + untaken.length;
  if (all === 0) return <p class="console__empty">{word("supervising.calls_none")}</p>;
  return (
    <ul class="console__list">
      {asks.map((ask) => <Ask key={ask.channel} ask={ask} supervision={supervision} />)}
      {Object.values(transfers).map((offer) => <Transfer key={offer.channel} offer={offer} supervision={supervision} />)}
      {Object.values(lifts).map((lift) => <Lift key={lift.name} lift={lift} supervision={supervision} />)}
      {going.map((ask) => <GoesOn key={ask.channel} ask={ask} supervision={supervision} />)}
      {untaken.map((topic) => (
        <li key={topic} class="item">
          <p>{topic === null ? word("supervising.untaken_young") : word("supervising.untaken", { topic: topicName(topic) })}</p>
          <div class="acts">
            <button class="button" type="button" onClick={() => supervision.dismiss(topic)}>{word("supervising.untaken_seen")}</button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Ask({ ask, supervision }: { ask: AskItem; supervision: Supervision }) {
  const time = useNow(1_000);
  const { station } = supervision;
  const { one } = ask;
  return (
    <li class="item item--untaken">
      <p class="item__head">
        <strong class="item__who">{word(one ? "supervising.asks" : "supervising.asks_own", { name: ask.name })}</strong>
        <time class="item__age">{clock(time - ask.since)}</time>
      </p>
      <p class="item__about">{aboutAsk(ask)}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={() => station.set({ work: { is: "ask", channel: ask.channel }, tab: "supervise" })}>
          {word("supervising.answer", { name: ask.name })}
        </button>
        {one && (
          <button class="button" type="button" onClick={() => station.set({ work: { is: "reading", channel: one }, tab: "supervise" })}>
            {word("supervising.read")}
          </button>
        )}
      </div>
    </li>
  );
}

function aboutAsk({ one, called }: AskItem): string {
  const about = one ? "supervising.asks_about" : "supervising.asks_own_about";
  if (called === null) return word(about);
  return one ? word(`supervising.called_${called}`) : `${word(about)} ${word(`supervising.called_${called}`)}`;
}

/** Answered, and there to be found again until the listener closes it. */
function GoesOn({ ask, supervision }: { ask: AskItem; supervision: Supervision }) {
  const { station } = supervision;
  return (
    <li class="item">
      <p>{word("supervising.own_goes_on", { name: ask.name, by: ask.answered_by })}</p>
      {ask.name !== station.name && (
        <div class="acts">
          <button class="button" type="button" onClick={() => station.set({ work: { is: "ask", channel: ask.channel }, tab: "supervise" })}>
            {word("supervising.write_to", { name: ask.name })}
          </button>
        </div>
      )}
    </li>
  );
}

function Transfer({ offer, supervision }: { offer: TransferOffer; supervision: Supervision }) {
  const time = useNow(1_000);
  const [said, say] = useState("");
  const { station } = supervision;
  const accept = async (): Promise<void> => {
    const outcome = await run(station.chat, { type: "accept_transfer", channel: offer.channel });
    if (outcome !== "done") return say(outcomeWords(outcome));
    supervision.goIn(offer.channel);
    station.set({ work: { is: "reading", channel: offer.channel }, tab: "supervise" });
  };
  return (
    <li class="item item--untaken">
      <p class="item__head">
        <strong class="item__who">{word("supervising.wanted", { name: offer.by })}</strong>
        <time class="item__age">{clock(offer.until - time)}</time>
      </p>
      {offer.summary && <p class="item__note" dir="auto">{offer.summary}</p>}
      <p class="item__about">{word("supervising.wanted_about")}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={() => void accept()}>{word("supervising.go_on")}</button>
      </div>
      <p class="quiet" role="status">{said}</p>
    </li>
  );
}

function Lift({ lift, supervision }: { lift: LiftItem; supervision: Supervision }) {
  const { station } = supervision;
  const [said, say] = useState("");
  const mine = lift.by === station.name;
  const agree = async (): Promise<void> => {
    const outcome = await run(station.chat, { type: "lift_limit", name: lift.name });
    if (outcome !== "done") say(outcomeWords(outcome));
  };
  return (
    <li class="item">
      <p>{word(mine ? "supervising.lift_mine" : "supervising.lift_wanted", { name: lift.name, by: lift.by })}</p>
      {!mine && (
        <div class="acts">
          <button class="button" type="button" onClick={() => void agree()}>{word("supervising.lift_agree")}</button>
        </div>
      )}
      <p class="quiet" role="status">{said}</p>
    </li>
  );
}
