/** Three questions for afterwards, each optional. The answers are the listener's own: they are on this page and nowhere else. */
import { useState } from "preact/hooks";
import { Choices } from "../console/choices";
import { listed, word } from "../words";
import { WouldLikeToTalk } from "./ask";
import { useChair } from "./use-chair";

const HOW = ["steady", "shaken", "heavy"] as const;
const HELPS = ["nothing", "break", "someone"] as const;

export function Debrief() {
  const chair = useChair();
  const [how, setHow] = useState<(typeof HOW)[number] | null>(null);
  const [stays, setStays] = useState("");
  const [helps, setHelps] = useState<(typeof HELPS)[number] | null>(null);
  return (
    <form class="form" onSubmit={(event) => (event.preventDefault(), chair.put({ ended: null }))}>
      <p class="quiet">{word("listener.debrief_about")}</p>
      <Choices name="how" legend={word("listener.debrief_how")} all={HOW} label={(each) => word(`listener.debrief_how_${each}`)} chosen={how} choose={setHow} across={3} />
      <div class="field">
        <label for="stays">{word("listener.debrief_stays")}</label>
        <textarea class="input" id="stays" rows={2} dir="auto" autocomplete="off" value={stays} onInput={(event) => setStays(event.currentTarget.value)} />
      </div>
      <Choices name="helps" legend={word("listener.debrief_helps")} all={HELPS} label={(each) => word(`listener.debrief_helps_${each}`)} chosen={helps} choose={setHelps} across={3} />
      {helps === "someone" && <Reach />}
      {(how === "heavy" || helps === "break") && (
        <div class="acts">
          <button class="button" type="button" onClick={() => void chair.listen("break")}>{word("listener.say_break")}</button>
        </div>
      )}
      <div class="acts">
        <button class="button" type="submit">{word("listener.debrief_done")}</button>
      </div>
    </form>
  );
}

/** Whom one can talk with, only as far as it is so; one press asks them. What was answered here stays here. */
function Reach() {
  const { standing, handbook, name } = useChair();
  const names = standing.supervisors.filter((each) => each !== name);
  if (standing.own !== null) return <p role="status">{word("listener.reach_asked")}</p>;
  return (
    <>
      <p role="status">
        {names.length > 0 ? word("listener.reach", { names: listed(names) }) : word("listener.reach_nobody")}{" "}
        {handbook?.on_call && <><b>{word("listener.on_call")}</b> {handbook.on_call}</>}
      </p>
      <WouldLikeToTalk />
    </>
  );
}
