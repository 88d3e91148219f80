/** The door to the moderator's console, whose code is loaded only here. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { word } from "../words";
import { Notice } from "./notice";

type Console = ComponentType<Record<string, never>>;

export function ConsolePage() {
  const [Inside, setInside] = useState<Console | "failed" | null>(null);
  useEffect(() => {
    import("../console/main").then(
      (loaded) => setInside(() => loaded.Console as Console),
      () => setInside("failed"),
    );
  }, []);
  if (Inside === "failed")
    return <Notice title={word("session.console_failed_title")} text={word("session.console_failed")} way="/console" label={word("session.again")} />;
  return Inside === null ? <main id="main" class="page" /> : <Inside />;
}
