/** In for 4, out for 6. The number is the guide; a bar that fills goes with it only where motion is welcome. */
import { useEffect, useState } from "preact/hooks";
import { word } from "../words";

const IN = 4;
const OUT = 6;

export function Breathing() {
  const [second, setSecond] = useState<number | null>(null);
  const running = second !== null;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setSecond((before) => (before === null ? null : (before + 1) % (IN + OUT))), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return (
    <>
      <p>{word("tools.breathe_about")}</p>
      {running && <Breath second={second} />}
      <button class="button" type="button" onClick={() => setSecond(running ? null : 0)}>
        {word(running ? "tools.breathe_stop" : "tools.breathe_start")}
      </button>
    </>
  );
}

function Breath({ second }: { second: number }) {
  const inward = second < IN;
  const count = inward ? second + 1 : second - IN + 1;
  return (
    <div class="breath">
      <p class="breath__words" aria-live="polite">{word(inward ? "tools.breathe_in" : "tools.breathe_out")}</p>
      <p class="breath__count" aria-hidden="true">{count}</p>
      <div class={`breath__bar ${inward ? "is-in" : "is-out"}`} aria-hidden="true" />
    </div>
  );
}
