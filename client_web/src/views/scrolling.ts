/** Keeps a log at its end while its reader is there, and where they are while they read above. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const NEAR_PX = 48; // this close to the end is at the end

interface Box<T> {
  current: T;
}

export interface Stuck {
  box: Box<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd(): void;
}

/** `from`: the first number that is shown; when it falls, earlier messages came in above and the view must not jump. */
export function useStuckToEnd(from: number): Stuck {
  const box = useRef<HTMLDivElement | null>(null);
  const stuck = useRef(true);
  const below = useRef({ from, height: 0 });
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = useCallback(() => {
    stuck.current = true;
    scrollToEnd(box.current);
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const before = below.current;
    if (stuck.current) scrollToEnd(element);
    else if (from < before.from) element.scrollTop += element.scrollHeight - before.height;
    below.current = { from, height: element.scrollHeight };
  });

  useEffect(() => watched(box.current, stuck, setAtEnd), []);
  return { box, atEnd, toEnd };
}

/** A keyboard, a card or a banner changes the height: who was at the end stays there. */
function watched(element: HTMLElement | null, stuck: Box<boolean>, tell: (atEnd: boolean) => void): (() => void) | undefined {
  if (!element) return undefined;
  const scrolled = (): void => {
    stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    tell(stuck.current);
  };
  const sizes = new ResizeObserver(() => stuck.current && scrollToEnd(element));
  element.addEventListener("scroll", scrolled, { passive: true });
  sizes.observe(element);
  return () => {
    element.removeEventListener("scroll", scrolled);
    sizes.disconnect();
  };
}

function scrollToEnd(element: HTMLElement | null): void {
  if (element) element.scrollTop = element.scrollHeight;
}
