/** The desk on screen: one's own standing always, and under it what there is now: a one-to-one, an offer, or a quiet chair. */
import { useEffect } from "preact/hooks";
import { word } from "../words";
import { OwnThread } from "./ask";
import { CheckIn } from "./check-in";
import { OfferCard } from "./offer-card";
import { OneView } from "./one";
import { Handed, WantedCard } from "./passing";
import { StandingBar } from "./standing-bar";
import { useChair } from "./use-chair";
import { After, Passed } from "./wrap-up";

export function Workplace() {
  const chair = useChair();
  useHand();
  useEffect(() => void chair.openHandbook(), [chair]);
  const { talk, offer, wanted } = chair.standing;
  if (talk) return <OneView key={talk.one.channel} talk={talk} />;
  return (
    <main id="main" class="listener">
      <h1 class="unseen" tabIndex={-1}>{word("listener.heading")}</h1>
      <StandingBar />
      <div class="listener__page">
        {offer && <OfferCard key={offer.offer} offer={offer} />}
        {wanted && <WantedCard key={wanted.channel} wanted={wanted} />}
        <Passed />
        <Handed />
        <OwnThread />
        <After />
        <p class="console__told" role="status">{chair.said}</p>
        {chair.isCurrent ? <CheckIn /> : <p class="quiet" role="status">{word("listener.unknown")}</p>}
      </div>
    </main>
  );
}

/** Any touch of this page makes it the one that rings. */
function useHand(): void {
  const chair = useChair();
  useEffect(() => {
    const touched = (): void => chair.touch();
    addEventListener("pointerdown", touched);
    addEventListener("keydown", touched);
    return () => {
      removeEventListener("pointerdown", touched);
      removeEventListener("keydown", touched);
    };
  }, [chair]);
}
