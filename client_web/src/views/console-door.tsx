/** The doors to the desks of the team, whose code is loaded only here. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { word } from "../words";
import { Notice } from "./notice";

type Desk = ComponentType<Record<string, never>>;

export function ConsolePage() {
  return <DeskPage load={async () => (await import("../console/main")).Console as Desk} way="/console" />;
}

export function ListenersPage() {
  return <DeskPage load={async () => (await import("../listeners/main")).Listeners as Desk} way="/listen" />;
}

function DeskPage({ load, way }: { load: () => Promise<Desk>; way: string }) {
  const [Inside, setInside] = useState<Desk | "failed" | null>(null);
  useEffect(() => {
    load().then(
      (loaded) => setInside(() => loaded),
      () => setInside("failed"),
    );
  }, []);
  if (Inside === "failed")
    return <Notice title={word("session.console_failed_title")} text={word("session.console_failed")} way={way} label={word("session.again")} />;
  return Inside === null ? <main id="main" class="page" /> : <Inside />;
}
