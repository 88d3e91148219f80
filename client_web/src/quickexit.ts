/** Quick exit: the page is blank before anything else happens, and nothing of the visit is left behind. */
import { forgetPages } from "./offline";
import { page } from "./page";
import { signOut } from "./session";

const SHIFTS = 3;
const WITHIN_MS = 1_500;

/** Watches for Shift three times, with no other key between. Not Escape: that closes things. */
export function watchForExit(leave: () => void): void {
  let pressed: number[] = [];
  window.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    pressed = event.key === "Shift" ? [...pressed, event.timeStamp].slice(-SHIFTS) : [];
    const [first = 0] = pressed;
    if (pressed.length === SHIFTS && event.timeStamp - first <= WITHIN_MS) leave();
  });
}

export function leaveAtOnce(stop: () => void): void {
  document.documentElement.hidden = true;
  document.body.replaceChildren();
  stop();
  void signOut();
  forget();
  location.replace(page.exit_url || "/goodbye");
}

function forget(): void {
  try {
    sessionStorage.clear();
    localStorage.clear();
  } catch {
    // no storage: nothing was kept
  }
  void forgetPages().catch(() => undefined);
}
