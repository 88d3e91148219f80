/** A lesson: a few paragraphs and a question, answered as often as one likes; each answer explains itself. */
import { useState } from "preact/hooks";
import { Choices } from "../console/choices";
import { Fault } from "../console/fault";
import { Icon } from "../icons";
import type { Lesson, LessonAnswered } from "../protocol";
import { word } from "../words";
import { About } from "./about";
import type { Failure, Going } from "./use-course";

interface LessonViewProps {
  lesson: Lesson;
  going: Going;
  leave: () => void;
  /** To what is still to be gone through. */
  onward: (() => void) | null;
}

export function LessonView({ lesson, going, leave, onward }: LessonViewProps) {
  const [chosen, choose] = useState<string | null>(null);
  const [answered, setAnswered] = useState<LessonAnswered | Failure | null>(null);
  const places = lesson.choices.map((_, place) => String(place));
  const answer = async (): Promise<void> => {
    if (chosen !== null) setAnswered(await going.answer(lesson.id, Number(chosen)));
  };
  const right = answered !== null && typeof answered === "object" && answered.right;
  return (
    <>
      <button class="button button--quiet page__back" type="button" onClick={leave}>
        <Icon name="arrow-left" />
        {word("training.back")}
      </button>
      <h1 tabIndex={-1}>{lesson.title}</h1>
      {lesson.paragraphs.map((text) => <p key={text}>{text}</p>)}
      <form class="form training__question" onSubmit={(event) => (event.preventDefault(), void answer())}>
        <Choices name="answer" legend={lesson.question} all={places} label={(place) => lesson.choices[Number(place)] ?? ""} chosen={chosen} choose={(place) => (choose(place), setAnswered(null))} />
        <div role="status">{answered !== null && typeof answered === "object" && <About helps={answered.right} text={answered.about} lead={word(answered.right ? "training.right" : "training.not_yet")} />}</div>
        {typeof answered === "string" && <Fault text={word(`training.${answered}`)} />}
        <div class="acts">
          {right ? (
            <button class="button button--act" type="button" onClick={onward ?? leave}>{word(onward ? "training.onward" : "training.back")}</button>
          ) : (
            <button class="button button--act" type="submit" aria-disabled={chosen === null}>{word("training.answer")}</button>
          )}
        </div>
      </form>
    </>
  );
}
