/** Views whose code is loaded only when someone goes there; where it can't be had, that is said. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { moved } from "../route";
import { word } from "../words";
import { toHeading } from "./focus";
import { Notice } from "./notice";

interface LazyProps<P> {
  load: () => Promise<ComponentType<P>>;
  /** Where to try again. */
  way: string;
  given: P;
}

export function Lazy<P extends object>({ load, way, given }: LazyProps<P>) {
  const [Inside, setInside] = useState<ComponentType<P> | "not_loaded" | null>(null);
  useEffect(() => {
    load().then(
      (view) => setInside(() => view),
      () => setInside("not_loaded"),
    );
  }, []);
  useEffect(() => void (moved && Inside && toHeading()), [Inside]); // it was not there when the view was asked for
  if (Inside === "not_loaded")
    return <Notice title={word("common.not_loaded_title")} text={word("common.not_loaded")} way={way} label={word("session.again")} />;
  return Inside === null ? <main id="main" class="page" /> : <Inside {...given} />;
}
