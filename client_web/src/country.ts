/** Whose crisis lines come first: the person's choice, kept in this browser, or the operator's; never a guess. */
import { page } from "./page";

const KEY = "porchlight-country";

export function country(): string {
  return asked() ?? stored() ?? page.country;
}

/** Empty: none of those in the list. */
export function chooseCountry(code: string): void {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // no storage: it holds while the page is open
  }
}

/** From the form of the page without scripts, where that page can't be reached. */
function asked(): string | null {
  return new URLSearchParams(location.search).get("country")?.toUpperCase() ?? null;
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
