/** Light, dark, or as the device says; the choice stays in this browser. */

const KEY = "porchlight-theme";

export type Theme = "light" | "dark" | "device";

export function theme(): Theme {
  const kept = stored();
  return kept === "light" || kept === "dark" ? kept : "device";
}

export function choose(choice: Theme): void {
  try {
    if (choice === "device") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // no storage: it holds while the page is open
  }
  apply(choice);
}

function apply(choice: Theme): void {
  if (choice === "device") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = choice;
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
