/** "I type slowly": one press, and everyone has twice the time. */
import { word } from "../words";
import { useVisit } from "./use-visit";

export function SlowlyAct() {
  const visit = useVisit();
  if (visit.standing.talk?.one.slowly) return <p class="quiet" role="status">{word("listening.slowly_on")}</p>;
  return (
    <button class="button" type="button" onClick={() => void visit.typeSlowly()}>
      {word("listening.slowly_do")}
    </button>
  );
}
