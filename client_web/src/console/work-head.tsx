/** The head of what is open in the middle: its name, and the way back. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../icons";
import { useWide } from "../views/context";
import { word } from "../words";
import { useStation } from "./use-station";

interface WorkHeadProps {
  title: string;
  /** The tab it was opened from: the way back where there is no width for more. */
  back: "needs" | "rooms";
  children?: ComponentChildren;
}

export function WorkHead({ title, back, children }: WorkHeadProps) {
  const station = useStation();
  const heading = useRef<HTMLHeadingElement>(null);
  const wide = useWide();
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const leave = (): void => {
    station.set({ work: { is: "decide" } });
    setTimeout(() => document.querySelector<HTMLElement>("main.console h1")?.focus({ preventScroll: true }));
  };
  return (
    <header class="work__head">
      <button class="button button--icon" type="button" aria-label={word(wide ? "console.back_decide" : `console.back_${back}`)} onClick={leave}>
        <Icon name="arrow-left" />
      </button>
      <h2 ref={heading} tabIndex={-1}>{title}</h2>
      {children}
    </header>
  );
}
