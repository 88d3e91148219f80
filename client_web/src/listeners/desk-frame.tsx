/** The desk around whatever is on it: one's own standing always, and before anything else someone who waits. */
import type { ComponentChildren } from "preact";
import { OfferCard } from "./offer-card";
import { WantedCard } from "./passing";
import { StandingBar } from "./standing-bar";
import { useChair } from "./use-chair";

export function DeskFrame({ children }: { children: ComponentChildren }) {
  const { offer, wanted } = useChair().standing;
  return (
    <main id="main" class="listener">
      <StandingBar />
      <div class="listener__page">
        {offer && <OfferCard key={offer.offer} offer={offer} />}
        {wanted && <WantedCard key={wanted.channel} wanted={wanted} />}
        {children}
      </div>
    </main>
  );
}
