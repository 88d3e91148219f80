/** What is at hand beside a talk, for nobody's eyes but the team's. */
import { Supervision } from "./supervision";

export function AtHand() {
  return <Supervision />;
}
