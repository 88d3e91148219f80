/** Why an act did not happen, said where it was asked for. */
import { Icon } from "../icons";

export function Fault({ text }: { text: string }) {
  if (!text) return null;
  return (
    <p class="field__fault" role="alert">
      <Icon name="circle-alert" />
      {text}
    </p>
  );
}
