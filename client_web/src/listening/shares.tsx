/** What the next listener may read of this person, as it will be read, before it is; and the way to keep it to oneself. */
import { word } from "../words";
import { useVisit } from "./use-visit";

/** `name`: who may read it now; then it is said and not asked any more. */
export function Shares({ name = "" }: { name?: string }) {
  const visit = useVisit();
  const { shares } = visit.standing;
  if (!shares) return null;
  return (
    <section class={name ? "side__part" : "wait__way"} aria-labelledby="shares">
      <h2 id="shares" class={name ? "presence__title" : "wait__title"}>{name ? word("listening.shares_now", { name }) : word("listening.shares")}</h2>
      <blockquote class="report__quote"><p class="message__text" dir="auto">{shares}</p></blockquote>
      {!name && (
        <div class="acts">
          <button class="button" type="button" onClick={() => void visit.keepToMyself()}>{word("listening.shares_not")}</button>
        </div>
      )}
    </section>
  );
}
