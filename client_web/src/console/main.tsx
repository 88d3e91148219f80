/** The moderator's console: in by invitation or passphrase, once through the ways of the house, then to the desk. */
import { useEffect, useState } from "preact/hooks";
import "../styles/console.css";
import { page } from "../page";
import { word } from "../words";
import { takeToken } from "./account";
import { AcceptPage, SignInPage } from "./arrival";
import { Guide, isGuided } from "./guide";
import { untaken } from "./items";
import { Opening, Stopped } from "./outside";
import { useStation } from "./use-station";
import { Workplace } from "./workplace";

export function Console() {
  const [token, setToken] = useState(takeToken);
  useEffect(() => {
    const pasted = (): void => setToken((before) => takeToken() ?? before);
    addEventListener("hashchange", pasted);
    return () => removeEventListener("hashchange", pasted);
  }, []);
  return token === null ? <Inside /> : <AcceptPage token={token} />;
}

function Inside() {
  const station = useStation();
  const [guided, setGuided] = useState(isGuided);
  const { me, link } = station.chat.state;
  useEffect(() => void station.chat.open(), []);
  useTitle(untaken(station.desk).length);
  useLeaving();
  if (me === null) return link.is === "stopped" ? <Stopped why={link.why} /> : <Opening what={word("console.opening")} />;
  if (me.role === "listener") return <ToListeners />;
  if (!station.isStaff) return <SignInPage />;
  if (!guided) return <Guide done={() => setGuided(true)} />;
  return <Workplace />;
}

/** Who only listens has a desk of their own. */
function ToListeners() {
  useEffect(() => location.replace("/listen"), []);
  return <Opening what={word("console.opening")} />;
}

/** How many people nobody has taken yet, and nothing else: a title is seen by whoever passes. */
function useTitle(count: number): void {
  useEffect(() => {
    const before = document.title;
    return () => void (document.title = before);
  }, []);
  useEffect(() => {
    const title = word("console.title", { service: page.service });
    document.title = count > 0 ? `(${count}) ${title}` : title;
  }, [count]);
}

/** The console being open is duty: help over it is still the console, another page is not. */
function useLeaving(): void {
  const station = useStation();
  useEffect(() => () => void (location.pathname !== "/console" && station.endDuty()), []);
}
