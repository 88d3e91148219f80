/** What a version of the screening policy changes, in sentences; the command line says the same ones. */
import type { PolicyChange } from "../protocol";
import { word, wordIfAny } from "../words";

export function told(change: PolicyChange): string {
  const { what, of, where } = change;
  const reason = what === "verdict" ? wordIfAny(`console.why_${of}`) : null;
  const isVerdict = what === "verdict" || what === "rule_added" || what === "rule_removed" || (what === "rule_changed" && where === "verdict");
  const side = (value: string): string => (isVerdict ? wordIfAny(`policy.as_${value}`) ?? value : value);
  const filling = { of: reason ? `${of} (${reason})` : of, where, before: side(change.before), after: side(change.after) };
  const placed = where === "" ? null : wordIfAny(`policy.${what}_where`, filling);
  return placed ?? word(`policy.${what}`, filling);
}
