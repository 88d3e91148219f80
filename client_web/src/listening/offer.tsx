/** More time, by consent of both: offered from the first notice on, above the composer, and never in its way. */
import { word } from "../words";
import type { Talk } from "./standing";
import { useVisit } from "./use-visit";

export function Offer({ talk }: { talk: Talk }) {
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
