/** The moderator's console: in by invitation or passphrase, once through the ways of the house, then to the desk. */
import { useEffect, useState } from "preact/hooks";
import type { Stop } from "../closing";
import "../styles/console.css";
import { page } from "../page";
import { word } from "../words";
import { takeToken } from "./account";
import { AcceptPage, SignInPage } from "./arrival";
import { Guide, isGuided } from "./guide";
import { untaken } from "./items";
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
  if (me === null) return link.is === "stopped" ? <Stopped why={link.why} /> : <Opening />;
  if (me.role === "listener") return <ToListeners />;
  if (!station.isStaff) return <SignInPage />;
  if (!guided) return <Guide done={() => setGuided(true)} />;
  return <Workplace />;
}

/** Who only listens has a desk of their own. */
function ToListeners() {
  useEffect(() => location.replace("/listen"), []);
  return <Opening />;
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

function Opening() {
  return (
    <main id="main" class="page page--text">
      <p class="quiet" role="status">{word("console.opening")}</p>
    </main>
  );
}

function Stopped({ why }: { why: Stop }) {
  return (
    <main id="main" class="page page--text">
      <h1 tabIndex={-1}>{word(`session.${why}_lead`)}</h1>
      <p>{word(`session.${why}`)}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={() => location.reload()}>{word("session.again")}</button>
      </div>
    </main>
  );
}
