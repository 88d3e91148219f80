/** Quick exit: the page is blank before anything else happens, and nothing of the visit is left behind. */
import { forgetPages } from "./offline";
import { page } from "./page";
import { signOut } from "./session";

const SHIFTS = 3;
const WITHIN_MS = 1_500;
const FORGET_MS = 1_000; // for which the page stays blank at most before the neutral one comes

/** All tabs of this browser: who leaves in one leaves in every one. */
const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel("porchlight-exit") : null;

/** Watches for Shift three times, with no other key between (not Escape: that closes things), and for the other tabs. */
export function watchForExit(leave: () => void, follow: () => void): void {
  tabs?.addEventListener("message", follow);
  let pressed: number[] = [];
  window.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    pressed = event.key === "Shift" ? [...pressed, event.timeStamp].slice(-SHIFTS) : [];
    const [first = 0] = pressed;
    if (pressed.length === SHIFTS && event.timeStamp - first <= WITHIN_MS) leave();
  });
}

export function leaveAtOnce(stop: () => void): void {
  blank();
  tabs?.postMessage("leave");
  void signOut();
  goOn(stop);
}

/** The visit was ended elsewhere: in another tab, or by the server. */
export function leaveToo(stop: () => void): void {
  blank();
  goOn(stop);
}

function blank(): void {
  document.title = "";
  document.documentElement.hidden = true;
  document.body.replaceChildren();
}

/** The service worker goes first: one that is stopped while the next page loads takes that page's styles with it. */
function goOn(stop: () => void): void {
  stop();
  forget();
  const late = new Promise((resolve) => setTimeout(resolve, FORGET_MS));
  void Promise.race([forgetPages(), late]).catch(() => undefined).then(() => location.replace(page.exit_url || "/goodbye"));
}

function forget(): void {
  try {
    sessionStorage.clear();
    localStorage.clear();
  } catch {
    // no storage: nothing was kept
  }
}
