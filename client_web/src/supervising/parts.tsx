/** What the views of supervising share: a light with a shape and a word, and the head of what is open. */
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../icons";
import type { ComponentChildren } from "preact";
import type { Light } from "../protocol";
import type { Station } from "../console/station";
import { word, wordIfAny } from "../words";

const SHAPES: Readonly<Record<Light, string>> = {
  green: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z",
  amber: "M8 1.5 15 14H1Z",
  red: "M5 1h6l4 4v6l-4 4H5l-4-4V5Z",
};

/** Told by its word and its shape; the colour says it once more. */
export function Shape({ light }: { light: Light }) {
  return (
    <span class={`light light--${light}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d={SHAPES[light]} /></svg>
      {word(`supervising.light_${light}`)}
    </span>
  );
}

export function outcomeWords(code: string): string {
  return wordIfAny(`supervising.outcome_${code}`) ?? wordIfAny(`console.outcome_${code}`) ?? word("console.outcome_other");
}

interface HeadProps {
  station: Station;
  title: string;
  leave?: () => void;
  children?: ComponentChildren;
}

/** The name of what is open, and the way back to the overview. */
export function Head({ station, title, leave, children }: HeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const back = (): void => {
    leave?.();
    station.set({ work: { is: "supervise" }, tab: "supervise" });
    setTimeout(() => document.getElementById("supervise")?.focus({ preventScroll: true }));
  };
  return (
    <header class="work__head">
      <button class="button button--icon" type="button" aria-label={word("supervising.back")} onClick={back}>
        <Icon name="arrow-left" />
      </button>
      <h2 ref={heading} tabIndex={-1}>{title}</h2>
      {children}
    </header>
  );
}
