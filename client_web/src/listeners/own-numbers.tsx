/** What can be known of how people felt afterwards: in steps that show no single answer, and only when asked for. */
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import type { FeltNumbers } from "../protocol";
import { counted, word } from "../words";
import { useChair } from "./use-chair";

export function OwnNumbers() {
  const { chat } = useChair();
  const [numbers, setNumbers] = useState<FeltNumbers | "failed" | null>(null);
  const look = async (): Promise<void> => {
    const reply = await chat.ask({ type: "own_numbers" });
    setNumbers(reply?.type === "felt_numbers" ? reply : "failed");
  };
  return (
    <details class="fold panel" onToggle={(event) => event.currentTarget.open && void look()}>
      <summary>
        <Icon name="chevron-right" />
        {word("listener.felt")}
      </summary>
      <div class="fold__inside" role="status">
        {numbers === null ? <p class="quiet">{word("listener.felt_coming")}</p> : numbers === "failed" ? <p>{word("listener.outcome_other")}</p> : <Numbers numbers={numbers} />}
      </div>
    </details>
  );
}

function Numbers({ numbers: { yes, partly, no, words } }: { numbers: FeltNumbers }) {
  return (
    <>
      {yes + partly + no === 0 ? (
        <p>{word("listener.felt_few")}</p>
      ) : (
        <ul class="listener__facts">
          <li>{counted("listener.felt_yes", yes)}</li>
          <li>{counted("listener.felt_partly", partly)}</li>
          <li>{counted("listener.felt_no", no)}</li>
        </ul>
      )}
      <p class="quiet">{word("listener.felt_about")}</p>
      {words.map(({ feedback, words: said }) => (
        <blockquote key={feedback} class="item__note" dir="auto">{said}</blockquote>
      ))}
    </>
  );
}
