/** The training: what there is to go through, and one part of it at a time. Loaded for who opens it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../icons";
import { DeskFrame } from "../listeners/desk-frame";
import { heldWords } from "../listeners/training";
import { useChair } from "../listeners/use-chair";
import type { Lesson, PracticeTalk } from "../protocol";
import { go } from "../route";
import { after } from "../views/focus";
import "../styles/training.css";
import { word } from "../words";
import { LessonView } from "./lesson";
import { PracticeView } from "./practice";
import { useCourse, type Going } from "./use-course";

/** What is open; nothing: the list of all of it. */
export function TrainingPage() {
  const going = useCourse();
  const [at, setAt] = useState<string | null>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else after(".training h1");
  }, [at]);
  return (
    <DeskFrame>
      <div class="training">
        {typeof going === "string" || going === null || at === null ? <Parts going={going} open={setAt} /> : <Part key={at} at={at} going={going} open={setAt} />}
      </div>
    </DeskFrame>
  );
}

function Part({ at, going, open }: { at: string; going: Going; open: (id: string | null) => void }) {
  const { lessons, practices } = going.course;
  const next = [...lessons, ...practices].find(({ id }) => id !== at && !going.done.has(id))?.id;
  const lesson = lessons.find(({ id }) => id === at);
  const practice = practices.find(({ id }) => id === at);
  const leave = (): void => open(null);
  if (lesson) return <LessonView lesson={lesson} going={going} leave={leave} onward={next === undefined ? null : () => open(next)} />;
  return practice ? <PracticeView practice={practice} going={going} leave={leave} /> : <Parts going={going} open={open} />;
}

function Parts({ going, open }: { going: Going | null | "unanswered"; open: (id: string) => void }) {
  const { training } = useChair().standing;
  return (
    <>
      <button class="button button--quiet page__back" type="button" onClick={() => go("/listen")}>
        <Icon name="arrow-left" />
        {word("training.to_desk")}
      </button>
      <h1 tabIndex={-1}>{word("training.title")}</h1>
      <p>{word("training.lead")}</p>
      <p role="status" class="training__standing">{training && (training.due ? word(`training.due_${training.due}`) : heldWords(training.until))}</p>
      {going === null || going === "unanswered" ? (
        <p class="quiet" role="status">{word(`training.${going ?? "coming"}`)}</p>
      ) : (
        <Lists going={going} open={open} />
      )}
    </>
  );
}

function Lists({ going: { course, done }, open }: { going: Going; open: (id: string) => void }) {
  return (
    <>
      <section class="panel" aria-labelledby="lessons">
        <h2 id="lessons">{word("training.lessons")}</h2>
        <List parts={course.lessons} done={done} open={open} />
      </section>
      <section class="panel" aria-labelledby="practices">
        <h2 id="practices">{word("training.practices")}</h2>
        <p class="quiet">{word("training.practices_about")}</p>
        <List parts={course.practices} done={done} open={open} />
      </section>
    </>
  );
}

/** What is behind one is told by a word, not by a mark alone; and anything can be opened again. */
function List({ parts, done, open }: { parts: readonly (Lesson | PracticeTalk)[]; done: ReadonlySet<string>; open: (id: string) => void }) {
  return (
    <ol class="training__parts">
      {parts.map(({ id, title }) => (
        <li key={id}>
          <button class="button" type="button" onClick={() => open(id)}>
            <Icon name={done.has(id) ? "check" : "chevron-right"} />
            <span>{title}</span>
            {done.has(id) && <span class="tag">{word("training.done")}</span>}
          </button>
        </li>
      ))}
    </ol>
  );
}
