/** What an answer or a move does, in words first; the mark repeats it. */
import { Icon } from "../icons";

export function About({ helps, lead, text }: { helps: boolean; lead: string; text: string }) {
  return (
    <p class={`training__about ${helps ? "training__about--helps" : ""}`}>
      <Icon name={helps ? "check" : "info"} />
      <span><b>{lead}</b> {text}</span>
    </p>
  );
}
