/** Which view the address asks for. Help opens over any of them and leaves no address of its own. */
import { useEffect, useState } from "preact/hooks";

export type Route =
  | { view: "doors" }
  | { view: "rooms" }
  | { view: "room"; id: string }
  | { view: "thread"; ticket: string }
  | { view: "listener" }
  | { view: "own" }
  | { view: "back" }
  | { view: "console" }
  | { view: "listeners" }
  | { view: "training" }
  | { view: "nowhere" };

export interface Place {
  route: Route;
  help: boolean;
}

interface Mark {
  help?: boolean;
  thread?: string;
  listener?: boolean;
  training?: boolean;
}

const watchers = new Set<() => void>();
const HELP = "/help"; // the server has a page of its own there; without a server the kept one is this
const INSIDE = /^\/(?:$|kept$|back$|rooms(?:\/|$))/; // the desks of the team are pages of their own, with words of their own

export function routeOf(path: string, mark: Mark | null = null): Route {
  if (mark?.thread) return { view: "thread", ticket: mark.thread };
  if (mark?.listener) return { view: "listener" };
  const [first = "", second, third] = path.split("/").slice(1);
  if (first === "" && second === undefined) return { view: "doors" };
  if (first === "kept" && second === undefined) return { view: "own" };
  if (first === "back" && second === undefined) return { view: "back" };
  if (first === "console" && second === undefined) return { view: "console" };
  if (first === "listen" && second === undefined) return { view: mark?.training ? "training" : "listeners" };
  if (first !== "rooms" || third !== undefined) return { view: "nowhere" };
  return second ? { view: "room", id: second } : { view: "rooms" };
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const changed = (): void => setPlace(here());
    watchers.add(changed);
    return () => void watchers.delete(changed);
  }, []);
  return place;
}

export function go(path: string, mark: Mark | null = null): void {
  history.pushState(mark, "", path);
  arrived();
}

/** A private thread has no address: none is left in the history of a shared device. */
export function goToThread(ticket: string): void {
  go("/rooms", { thread: ticket });
}

/** The one listener has none either: the wait, the talk and goodbye are where the doors are. */
export function goToListener(): void {
  go("/", { listener: true });
}

/** Part of the listeners' desk, and left by going back. */
export function goToTraining(): void {
  go("/listen", { training: true });
}

export function openHelp(): void {
  if (here().help) return;
  history.pushState({ ...(history.state as Mark | null), help: true } satisfies Mark, "", location.href);
  arrived();
}

export function closeHelp(): void {
  if (location.pathname === HELP) go("/");
  else if (here().help) history.back();
}

/** Links to our own views change the view; all others are left to the browser. */
export function watchLinks(): void {
  window.addEventListener("popstate", arrived);
  window.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target || link.origin !== location.origin || !INSIDE.test(link.pathname)) return;
    event.preventDefault();
    go(link.pathname);
  });
}

function here(): Place {
  const mark = history.state as Mark | null;
  const alone = location.pathname === HELP;
  return { route: alone ? { view: "doors" } : routeOf(location.pathname, mark), help: alone || mark?.help === true };
}

/** Another view than the first of this page was asked for: its heading takes the focus. */
export let moved = false;

function arrived(): void {
  moved = true;
  for (const watcher of Array.from(watchers)) watcher();
}
