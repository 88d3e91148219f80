/** Why something did not happen, in words; nothing was changed by it. */
import { word, wordIfAny } from "../words";

export function outcomeWords(code: string): string {
  return wordIfAny(`listener.outcome_${code}`) ?? word("listener.outcome_other");
}
