/** What every view can reach: the conversation with the server, the live truth of the doors, and the one dialog. */
import { createContext, type ComponentChildren } from "preact";
import { useContext, useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Chat } from "../chat";
import { now } from "../clock";
import type { Behind, Look } from "../doors";
import type { Message } from "../log";
import type { Part } from "../protocol";

export const ChatContext = createContext<Chat | null>(null);
export const DoorsContext = createContext<Look>({ doors: null, away: [] });
export const DialogContext = createContext<(dialog: ComponentChildren) => void>(() => undefined);
/** What can be done at a message of someone else; without one, it can be reported. */
export const MessageActsContext = createContext<((message: Message, channel: string) => ComponentChildren) | null>(null);

/** The view is drawn again whenever the state has changed. */
export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (chat === null) throw new Error("no chat around this view");
  const [, drawAgain] = useState({});
  useEffect(() => chat.watch(() => drawAgain({})), [chat]);
  return chat;
}

/** Who of the team is on duty by heartbeat; null where we can't tell. */
export function useStaff(): readonly string[] | null {
  const { doors } = useContext(DoorsContext);
  const { staff, away } = useChat().state;
  return away.includes("store") ? null : (staff ?? doors?.staff ?? null);
}

/** Whether what we last heard of a room is so now: the line is open, and the store behind it tells. */
export function useLive(): boolean {
  const { link, away } = useChat().state;
  return link.is === "open" && !away.includes("store");
}

/** Behind the door to one listener, for someone of this age; nothing where we can't tell. */
export function useBehind(): Behind | undefined {
  const { doors } = useContext(DoorsContext);
  const { age } = useChat();
  return doors?.listening[age ?? "adult"];
}

/** Which parts of the service are away, from the line where there is one, else from the doors. */
export function useAway(): readonly Part[] {
  const look = useContext(DoorsContext);
  const { link, away } = useChat().state;
  return link.is === "open" ? away : look.away;
}

/** The server's time, drawn again every so often; 0 stands still. */
export function useNow(everyMs: number): number {
  const [time, setTime] = useState(now);
  useEffect(() => {
    setTime(now());
    if (everyMs === 0) return undefined;
    const timer = setInterval(() => setTime(now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return time;
}

/** This view fills the window and scrolls inside; every other one scrolls as a page. */
export function useWholeWindow(): void {
  useLayoutEffect(() => {
    const app = document.getElementById("app");
    app?.classList.add("app--room");
    return () => app?.classList.remove("app--room");
  }, []);
}

const WIDE = "(min-width: 64em)";

export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const changed = (): void => setWide(query.matches);
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, []);
  return wide;
}
