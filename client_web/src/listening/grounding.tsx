/** Five things to see, four to touch, three to hear, two to smell, one to taste: one step at a time, in one's own time. */
import { useState } from "preact/hooks";
import { word } from "../words";

const STEPS = 5;

export function Grounding() {
  const [step, setStep] = useState(STEPS);
  const done = step === 0;
  return (
    <>
      <p>{word("tools.ground_about")}</p>
      <p class="ground__step" role="status">{word(done ? "tools.ground_done" : `tools.ground_${step}`)}</p>
      <button class="button" type="button" onClick={() => setStep(done ? STEPS : step - 1)}>
        {word(done ? "tools.ground_again" : "tools.ground_next")}
      </button>
    </>
  );
}
