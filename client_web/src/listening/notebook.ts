/** What a person writes for themselves: in this tab, and on the device only where they say so; quick exit clears both. */

const KEY = "porchlight-notes-";

export type NoteName = "summary" | "journal" | "plan";

export interface Noted {
  text: string;
  /** On the device, and not only in this tab. */
  kept: boolean;
}

export function noted(name: NoteName): Noted {
  try {
    const kept = localStorage.getItem(KEY + name);
    return { text: kept ?? sessionStorage.getItem(KEY + name) ?? "", kept: kept !== null };
  } catch {
    return { text: "", kept: false };
  }
}

/** On the device; false where it can't be. */
export function keepNote(name: NoteName, text: string): boolean {
  return write(() => localStorage, name, text);
}

/** While this tab is open. */
export function holdNote(name: NoteName, text: string): boolean {
  return write(() => sessionStorage, name, text);
}

export function forgetNote(name: NoteName): void {
  try {
    localStorage.removeItem(KEY + name);
    sessionStorage.removeItem(KEY + name);
  } catch {
    // nothing was kept
  }
}

function write(place: () => Storage, name: NoteName, text: string): boolean {
  try {
    place().setItem(KEY + name, text);
    return true;
  } catch {
    return false;
  }
}
