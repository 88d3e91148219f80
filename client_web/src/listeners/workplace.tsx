/** The desk on screen: one's own standing always, and under it what there is now: a one-to-one, an offer, or a quiet chair. */
import { useEffect } from "preact/hooks";
import { usePlace } from "../route";
import { Lazy } from "../views/lazy";
import { word } from "../words";
import { OwnThread } from "./ask";
import { CheckIn } from "./check-in";
import { DeskFrame } from "./desk-frame";
import { OneView } from "./one";
import { Handed } from "./passing";
import { useChair } from "./use-chair";
import { After, Passed } from "./wrap-up";

const NOTHING = {};
const training = () => import("../training/main").then((loaded) => loaded.TrainingPage);

export function Workplace() {
  const chair = useChair();
  const { route } = usePlace();
  useHand();
  useEffect(() => void chair.openHandbook(), [chair]);
  const { talk } = chair.standing;
  if (talk) return <OneView key={talk.one.channel} talk={talk} />;
  if (route.view === "training") return <Lazy key="training" load={training} way="/listen" given={NOTHING} />;
  return (
    <DeskFrame>
      <h1 class="unseen" tabIndex={-1}>{word("listener.heading")}</h1>
      <Passed />
      <Handed />
      <OwnThread />
      <After />
      <p class="console__told" role="status">{chair.said}</p>
      {chair.isCurrent ? <CheckIn /> : <p class="quiet" role="status">{word("listener.unknown")}</p>}
    </DeskFrame>
  );
}

/** Any touch of this page makes it the one that rings. */
function useHand(): void {
  const chair = useChair();
  useEffect(() => {
    const touched = (): void => chair.touch();
    addEventListener("pointerdown", touched);
    addEventListener("keydown", touched);
    return () => {
      removeEventListener("pointerdown", touched);
      removeEventListener("keydown", touched);
    };
  }, [chair]);
}
