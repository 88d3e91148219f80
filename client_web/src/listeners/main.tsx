/** The listeners' desk: in by name and passphrase, then to one's own chair. Loaded for who listens, and for nobody else. */
import { useEffect } from "preact/hooks";
import { SignInPage } from "../console/arrival";
import { Opening, Stopped } from "../console/outside";
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
  if (me === null) return link.is === "stopped" ? <Stopped why={link.why} /> : <Opening what={word("listener.opening")} />;
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
