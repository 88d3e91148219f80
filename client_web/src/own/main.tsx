/** What is kept of me, in one place: to see, to copy, to take away, and to find again. */
import "../styles/own.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { DataKept, Event } from "../protocol";
import { useChat } from "../views/context";
import { word } from "../words";
export { DeleteDialog } from "./delete-dialog";
export { tell } from "./handled";
export { BackPage } from "./back";
import { KeptList } from "./kept-list";
import { ReturnWords } from "./return-words";
import { Summary } from "./summary";
import { WipedPage, WipePart } from "./wipe";

type Fault = "looking" | "unknown" | "too_often";

export function OwnPage() {
  const [wiped, setWiped] = useState(false);
  return wiped ? <WipedPage /> : <Kept done={() => setWiped(true)} />;
}

function Kept({ done }: { done: () => void }) {
  const { kept, fault, look } = useKept();
  return (
    <main id="main" class="page page--text text">
      <h1 tabIndex={-1}>{word("own.title")}</h1>
      <p class="page__lead">{word("own.lead")}</p>
      {fault && (
        <>
          <p role="status">{word(`own.${fault}`)}</p>
          {fault !== "looking" && <div class="acts"><button class="button" type="button" onClick={look}>{word("session.again")}</button></div>}
        </>
      )}
      {kept && <KeptList kept={kept} />}
      {kept && <ReturnWords kept={kept} changed={look} />}
      {kept && <Summary kept={kept} changed={look} />}
      {kept && <WipePart kept={kept} done={done} />}
      <div class="page__foot">
        <a href="/back">{word("own.return_title")}</a>
        <a href="/privacy">{word("own.privacy")}</a>
      </div>
    </main>
  );
}

/** Asked for when the line is open, and again whenever something of it was changed here. */
function useKept(): { kept: DataKept | null; fault: Fault | null; look: () => void } {
  const chat = useChat();
  const [kept, setKept] = useState<DataKept | null>(null);
  const [fault, setFault] = useState<Fault | null>("looking");
  const asked = useRef(false);
  const isOpen = chat.state.link.is === "open";
  const look = async (): Promise<void> => {
    const told = await chat.ask({ type: "my_data" });
    setFault(faultOf(told));
    if (told?.type === "data_kept") setKept(told);
  };
  useEffect(() => void chat.open(), [chat]);
  useEffect(() => {
    if (!isOpen || asked.current) return;
    asked.current = true;
    void look();
  }, [isOpen]);
  return { kept, fault, look: () => void look() };
}

function faultOf(told: Event | null): Fault | null {
  if (told?.type === "data_kept") return null;
  return told?.type === "refused" && told.code === "rate" ? "too_often" : "unknown";
}
