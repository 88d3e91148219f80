/** What became of a report, told to who made it: quietly, above whatever they are doing. */
import { render } from "preact";
import { Icon } from "../icons";
import type { ReportOutcome } from "../protocol";
import { learn, word } from "../words";

/** Beside the page's own views, whichever is open: they need not know of it. */
export async function tell(outcome: ReportOutcome): Promise<void> {
  await learn();
  const place = document.createElement("div");
  document.querySelector(".bar")?.after(place);
  const close = (): void => {
    render(null, place);
    place.remove();
  };
  render(<Handled outcome={outcome} close={close} />, place);
}

function Handled({ outcome, close }: { outcome: ReportOutcome; close: () => void }) {
  return (
    <div class="banner handled" role="status">
      <Icon name="info" />
      <p>{word(`own.handled_${outcome}`)}</p>
      <button class="button" type="button" onClick={close}>{word("common.close")}</button>
    </div>
  );
}
