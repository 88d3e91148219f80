/** The wait: where one stands and on what that is based, the first words, and other ways that do not cost the place. */
import { useState } from "preact/hooks";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import type { Place } from "../protocol";
import { useLineBanner } from "../views/banners";
import { CardPlace } from "../views/card-place";
import { useChat, useLive, useNow } from "../views/context";
import { clockTime, counted, word } from "../words";
import { DraftField } from "./draft-field";
import { endedAbout, endedTitle } from "./ended-words";
import { OtherWays } from "./other-ways";
import { Shares } from "./shares";
import type { Ended } from "./standing";
import { Tools } from "./tools";
import { useVisit } from "./use-visit";
import { WishForm } from "./wish-form";

export function WaitPage() {
  const visit = useVisit();
  const [changing, setChanging] = useState(false);
  const line = useLineBanner(true);
  const { place, ended, known } = visit.standing;
  const { link } = useChat().state;
  const told = known && link.is === "open" ? place : null;
  const nobody = told?.listeners === 0;
  return (
    <main id="main" class="page page--text wait">
      {ended && <Lost ended={ended} />}
      <h1 tabIndex={-1}>{title(nobody, told?.under_18 ?? false)}</h1>
      {line}
      <Truth place={told} />
      <CardPlace channel="" flow={false} />
      <DraftField />
      <Shares />
      <OtherWays nobody={nobody} />
      <Tools />
      {changing && <WishForm submit={word("listening.save")} />}
      <div class="acts">
        {!changing && <button class="button" type="button" onClick={() => setChanging(true)}>{word("listening.change")}</button>}
        <button class="button" type="button" onClick={() => void visit.leave()}>{word("listening.leave")}</button>
      </div>
    </main>
  );
}

function title(nobody: boolean, young: boolean): string {
  if (!nobody) return word("listening.waiting_title");
  return word(young ? "listening.young_title" : "door.listener_none");
}

/** The numbers, and what they are of; never a guess, and never an old number. */
function Truth({ place }: { place: Place | null }) {
  const live = useLive();
  const time = useNow(60_000);
  if (!place || !live)
    return <p class="team__truth" role="status"><Lamp lit={false} />{word("listening.place_unknown")}</p>;
  return (
    <div class="wait__truth">
      <p class={`team__truth ${place.listeners > 0 ? "" : "wait__nobody"}`} role="status">
        <Lamp lit={place.listeners > 0} />
        {basis(place)}
      </p>
      <p class="quiet">{word("listening.since", { time: clockTime(place.since, time) })}</p>
    </div>
  );
}

function basis({ listeners, ahead, first, under_18 }: Place): string {
  if (listeners === 0) return word(under_18 ? "listening.young_nobody" : "listening.waiting_nobody");
  const on = counted("listening.on", listeners);
  if (first) return word("listening.first", { listeners: on });
  return word("listening.basis", { ahead: ahead === 0 ? word("listening.ahead_none") : counted("listening.ahead", ahead), listeners: on });
}

/** A listener was lost, and that is said before anything else. */
function Lost({ ended }: { ended: Ended }) {
  return (
    <section class="notice" role="status">
      <p class="wait__lost">
        <Icon name="info" />
        <b>{endedTitle(ended)}</b>
      </p>
      <p>{endedAbout(ended, 0, true)}</p>
    </section>
  );
}
