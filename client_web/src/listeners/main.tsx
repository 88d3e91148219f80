/** The listeners' desk: in by name and passphrase, then to one's own chair. Loaded for who listens, and for nobody else. */
import { useEffect } from "preact/hooks";
import type { Stop } from "../closing";
import { SignInPage } from "../console/arrival";
import { page } from "../page";
import "../styles/console.css";
import "../styles/listeners.css";
import { word } from "../words";
import { useChair } from "./use-chair";
import { Workplace } from "./workplace";

export function Listeners() {
  const chair = useChair();
  const { me, link } = chair.chat.state;
  useEffect(() => void chair.chat.open(), []);
  useTitle();
  if (me === null) return link.is === "stopped" ? <Stopped why={link.why} /> : <Opening />;
  return chair.mayListen ? <Workplace /> : <SignInPage />;
}

/** It names the page and nobody: a title is seen by whoever passes. */
function useTitle(): void {
  useEffect(() => {
    const before = document.title;
    document.title = word("listener.title", { service: page.service });
    return () => void (document.title = before);
  }, []);
}

function Opening() {
  return (
    <main id="main" class="page page--text">
      <p class="quiet" role="status">{word("listener.opening")}</p>
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
