/** The door to one listener from inside: the way in, the wait, the talk and goodbye, whichever is so. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { page } from "../page";
import { AgeQuestion, mayEnter, UnderAge } from "../views/age";
import { useChat } from "../views/context";
import { toHeading } from "../views/focus";
import { Notice } from "../views/notice";
import { word } from "../words";
import { attend } from "./beside";
import { GoodbyePage } from "./goodbye";
import { TalkPage } from "./talk";
import { useVisit } from "./use-visit";
import type { Visit } from "./visit";
import { WaitPage } from "./wait";
import { WayInPage } from "./way-in";

type Stage = "way_in" | "wait" | "talk" | "goodbye";

export function ListenerPage() {
  const chat = useChat();
  const visit = useVisit();
  useEffect(() => attend(chat), [chat]);
  const stage = stageOf(visit);
  useFocusOnChange(stage);
  if (!page.one_listener) return <Notice title={word("room.nowhere_title")} text={word("room.nowhere")} way="/" label={word("room.back_to_doors")} />;
  if (chat.age !== null && !mayEnter(chat.age)) return <Plain><UnderAge /></Plain>;
  if (page.age_question && chat.age === null) return <Plain><AgeQuestion /></Plain>;
  switch (stage) {
    case "way_in":
      return <WayInPage />;
    case "wait":
      return <WaitPage />;
    case "talk":
      return <TalkPage />;
    case "goodbye":
      return <GoodbyePage />;
  }
}

function stageOf({ standing: { talk, place, ended } }: Visit): Stage {
  if (talk) return "talk";
  if (place) return "wait";
  return ended ? "goodbye" : "way_in";
}

/** What comes next is announced by its heading, as a new view is. */
function useFocusOnChange(stage: Stage): void {
  const before = useRef(stage);
  useEffect(() => {
    if (before.current === stage) return;
    before.current = stage;
    toHeading();
  }, [stage]);
}

function Plain({ children }: { children: ComponentChildren }) {
  return (
    <main id="main" class="page page--text">
      <h1 tabIndex={-1}>{word("listening.title")}</h1>
      {children}
    </main>
  );
}
