/** The private card that answers a message: automatic, dismissible, seen by nobody else, and never in the way. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { announce } from "../announce";
import { Icon } from "../icons";
import type { CardAnswer } from "../protocol";
import type { Card } from "../state";
import { word, wordIfAny } from "../words";
import { useChat, useStaff } from "./context";
import { toTalk } from "./focus";
import { Asking, NextHour } from "./help";
import { HelpLines } from "./help-lines";

/** `flow`: on a narrow page it stands above the composer and scrolls inside. */
export function HelpCard({ card, flow }: { card: Card; flow: boolean }) {
  const chat = useChat();
  const [answered, setAnswered] = useState(false);
  useEffect(() => announce(`${word(`card.${card.kind}_title`)} ${word("card.automatic")}`), [card.card]);
  const answer = (says: CardAnswer): void => {
    chat.answerCard(card.card, says);
    setAnswered(true);
  };
  return (
    <section class={`help-card ${flow ? "help-card--flow" : ""}`} aria-label={word("card.label")} tabIndex={flow ? 0 : undefined}>
      <Head card={card} />
      {answered ? <p role="status">{word("card.refused")}</p> : <Offers card={card} answer={answer} />}
    </section>
  );
}

function Head({ card }: { card: Card }) {
  const chat = useChat();
  return (
    <>
      <div class="help-card__head">
        <h2>{word(`card.${card.kind}_title`)}</h2>
        <button
          class="button button--icon help-card__close"
          type="button"
          aria-label={word("common.close")}
          onClick={() => (chat.do({ do: "close_card", card: card.card }), toTalk())}
        >
          <Icon name="x" />
        </button>
      </div>
      <p class="small">{word("card.automatic")}</p>
    </>
  );
}

function Offers({ card, answer }: { card: Card; answer: (says: CardAnswer) => void }) {
  const here = (useStaff()?.length ?? 0) > 0;
  const { help, threads } = useChat().state;
  const asking = here || help !== null || threads.some((thread) => thread.is === "open");
  return (
    <>
      <p>{done(card, here)}</p>
      {asking && <Asking channel={card.channel} ask="card.ask" />}
      <HelpLines brief />
      <Fold title={word("help.hour")}>
        <NextHour />
      </Fold>
      {card.kind !== "friend" && (
        <Fold title={word("card.none")}>
          <div class="acts">
            <button class="button" type="button" onClick={() => answer("ok")}>{word("card.ok")}</button>
            <button class="button" type="button" onClick={() => answer("mistake")}>{word("card.mistake")}</button>
          </div>
        </Fold>
      )}
    </>
  );
}

function Fold({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details class="fold">
      <summary>
        <Icon name="chevron-right" />
        {title}
      </summary>
      <div class="fold__inside">{children}</div>
    </details>
  );
}

/** What was done, told as it is: that someone has been asked is said only where someone has. */
function done({ kind, asked, channel }: Card, here: boolean): string {
  const body = kind === "offer" || (kind === "worry" && !asked) ? "offer_body" : `${kind}_body${here ? "" : "_nobody"}`;
  return (channel?.startsWith("room:") ? null : wordIfAny(`listening.card_${body}`)) ?? word(`card.${body}`);
}
