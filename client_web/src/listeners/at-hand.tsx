/** What is at hand beside a talk, for nobody's eyes but the team's: whom to ask, questions, phrases. */
import { word } from "../words";
import { AskThread } from "./ask";
import { Phrases } from "./phrases";
import { Questions } from "./questions";
import { isComing, type Talk } from "./standing";
import { useChair } from "./use-chair";

/** `used`: words were put into the field; where the talk is not in sight, it comes back. */
export function AtHand({ talk, used }: { talk: Talk; used: () => void }) {
  const chair = useChair();
  const { handbook, standing } = chair;
  const unread = standing.own === null ? 0 : (chair.chat.state.channels[standing.own.channel]?.unread ?? 0);
  return (
    <>
      {!isComing(standing) && <AskThread talk={talk} />}
      {unread > 0 && <p class="quiet" role="status">{word("listener.own_unread")}</p>}
      {handbook === null ? (
        <p class="quiet" role="status">{word("listener.handbook_coming")}</p>
      ) : (
        <>
          <Questions talk={talk} questions={handbook.questions} used={used} />
          <Phrases talk={talk} moments={handbook.moments} used={used} />
        </>
      )}
    </>
  );
}
