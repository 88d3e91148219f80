/** How much of what a listener has said is the operator's words, unchanged. For their own eyes only, never kept. */

export const FEW = 3; // messages; before that a share says nothing
export const MUCH = 0.5;

/** From 0 to 1 of all signs said; null while too little was said. */
export function ready(said: readonly string[], phrases: readonly string[]): number | null {
  const all = length(said.join(""));
  if (said.length < FEW || all === 0) return null;
  const theirs = said.map((text) => length(text) - length(phrases.reduce((left, phrase) => left.replaceAll(phrase, ""), text)));
  return theirs.reduce((sum, each) => sum + each, 0) / all;
}

/** Signs without the spaces between words. */
function length(text: string): number {
  return Array.from(text.replace(/\s+/g, "")).length;
}
