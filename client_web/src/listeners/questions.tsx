/** Questions about risk, in plain words. Marks suggest a route and nothing else; that one was asked is on record, the answer is not. */
import { useContext } from "preact/hooks";
import { Icon } from "../icons";
import type { Question } from "../protocol";
import { DialogContext } from "../views/context";
import { word } from "../words";
import { suggested, type Mark } from "./marks";
import { WorryDialog } from "./one-dialogs";
import { insert } from "./phrases";
import type { Talk } from "./standing";
import { useChair } from "./use-chair";

interface QuestionsProps {
  talk: Talk;
  questions: readonly Question[];
  used: () => void;
}

export function Questions({ talk, questions, used }: QuestionsProps) {
  if (questions.length === 0) return null;
  return (
    <details class="fold panel">
      <summary>
        <Icon name="chevron-right" />
        {word("listener.questions")}
      </summary>
      <div class="fold__inside">
        <p class="quiet">{word("listener.questions_about")}</p>
        <ul class="listener__questions">
          {questions.map((question) => <Ask key={question.id} talk={talk} question={question} used={used} />)}
        </ul>
        <Route talk={talk} questions={questions} />
      </div>
    </details>
  );
}

function Ask({ talk, question, used }: { talk: Talk; question: Question; used: () => void }) {
  const chair = useChair();
  const { channel } = talk.one;
  const mark = chair.marks[question.id];
  return (
    <li>
      <p class="listener__question">{question.text}</p>
      <p class="quiet">{question.about}</p>
      <div class="acts">
        <button class="button button--quiet" type="button" onClick={() => (insert(chair, channel, question.text), used())}>{word("listener.use_words")}</button>
        {mark === undefined && <button class="button" type="button" onClick={() => void chair.asked(channel, question.id)}>{word("listener.i_asked")}</button>}
      </div>
      {mark !== undefined && <Answer question={question} mark={mark} />}
    </li>
  );
}

const MARKS: readonly Mark[] = ["calm", "worrying"];

/** How the answer sits with the listener; it stays on this page. */
function Answer({ question, mark }: { question: Question; mark: Mark | "asked" }) {
  const chair = useChair();
  return (
    <fieldset class="listener__topic">
      <legend>{word("listener.answer")}</legend>
      {MARKS.map((each) => (
        <label key={each}>
          <input type="radio" name={`mark-${question.id}`} checked={mark === each} onChange={() => chair.marked(question.id, each)} />
          {word(`listener.answer_${each}`)}
        </label>
      ))}
    </fieldset>
  );
}

function Route({ talk, questions }: { talk: Talk; questions: readonly Question[] }) {
  const chair = useChair();
  const open = useContext(DialogContext);
  const route = suggested(questions, chair.marks);
  return (
    <div role="status" class="listener__route">
      {route && (
        <>
          <p>{word("listener.route", { route: word(`listener.worry_${route}`) })}</p>
          <button class="button button--worried" type="button" onClick={() => open(<WorryDialog channel={talk.one.channel} likely={route} />)}>
            <Icon name="hand-helping" />
            {word("listener.worried")}
          </button>
        </>
      )}
    </div>
  );
}
