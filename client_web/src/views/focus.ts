/** Where focus goes when what had it is gone: never to nowhere. */

/** A new view is announced by its heading. */
export function toHeading(): void {
  document.querySelector<HTMLElement>("#main h1")?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** To the field that one writes in: its words are there to be changed. */
export function toComposer(): void {
  after(".composer__field", ".log");
}

/** Back to the talk; on a phone not into the field, which would open a keyboard that nobody asked for. */
export function toTalk(): void {
  if (matchMedia("(pointer: coarse)").matches) after(".log");
  else toComposer();
}

/** To the first of these that is there, once the view has changed. */
export function after(...selectors: readonly string[]): void {
  requestAnimationFrame(() => {
    const found = selectors.map((each) => document.querySelector<HTMLElement>(each)).find((each) => each !== null);
    found?.focus({ preventScroll: true });
  });
}
