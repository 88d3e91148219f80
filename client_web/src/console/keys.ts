/** Single keys: they act only where their list has focus, never while someone types, and can be switched off. */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const KEPT = "porchlight-console-keys";
const TYPED_INTO = "input, textarea, select, [contenteditable]";

/** The letter that was pressed for us; null for all others. */
export function keyOf(event: KeyboardEvent): string | null {
  if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return null;
  if (event.target instanceof Element && event.target.closest(TYPED_INTO)) return null;
  return event.key.length === 1 ? event.key.toLowerCase() : null;
}

/** Keys that are pressed while the focus is inside; put the answer on the element as its `ref`. */
export function useKeysInside<E extends HTMLElement>(pressed: (event: KeyboardEvent) => void): RefObject<E | null> {
  const box = useRef<E | null>(null);
  useEffect(() => {
    const element = box.current;
    element?.addEventListener("keydown", pressed);
    return () => element?.removeEventListener("keydown", pressed);
  });
  return box;
}

export function keysOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

export function useKeys(): [on: boolean, turn: (on: boolean) => void] {
  const [on, setOn] = useState(keysOn);
  const turn = (next: boolean): void => {
    try {
      localStorage.setItem(KEPT, next ? "on" : "off");
    } catch {
      // no storage here: the keys stay as they are
    }
    setOn(keysOn());
  };
  return [on, turn];
}
