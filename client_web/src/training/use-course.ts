/** The training as this page has it: what there is, what is behind one, and the verbs that a view can use. */
import { useEffect, useState } from "preact/hooks";
import { useChair } from "../listeners/use-chair";
import { page } from "../page";
import type { Course, LessonAnswered, PracticeTurn } from "../protocol";

/** Why there is no answer: the line broke, or the training is another one by now and was asked for anew. */
export type Failure = "unanswered" | "changed";

export interface Going {
  course: Course;
  done: ReadonlySet<string>;
  answer: (lesson: string, choice: number) => Promise<LessonAnswered | Failure>;
  /** With every move so far: the server keeps none of them. */
  move: (practice: string, moves: readonly string[]) => Promise<PracticeTurn | Failure>;
}

/** Null until it has come, `unanswered` where it does not. */
export function useCourse(): Going | null | "unanswered" {
  const { chat } = useChair();
  const [course, setCourse] = useState<Course | null | "unanswered">(null);
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());
  const open = async (): Promise<void> => {
    const reply = await chat.ask({ type: "open_course", lang: page.lang });
    setCourse(reply?.type === "course" ? reply : "unanswered");
    if (reply?.type === "course") setMine(new Set(reply.done));
  };
  const isOpen = chat.state.link.is === "open";
  useEffect(() => void (isOpen && (course === null || course === "unanswered") && open()), [isOpen]);
  if (course === null || course === "unanswered") return course;

  const failed = (code: string | undefined): Failure => {
    if (code !== "gone") return "unanswered";
    void open();
    return "changed";
  };
  const did = (item: string): void => setMine((before) => new Set([...before, item]));
  return {
    course,
    done: mine,
    answer: async (lesson, choice) => {
      const reply = await chat.ask({ type: "answer_lesson", lesson, choice, lang: page.lang });
      if (reply?.type !== "lesson_answered") return failed(reply?.type === "refused" ? reply.code : undefined);
      if (reply.right) did(lesson);
      return reply;
    },
    move: async (practice, moves) => {
      const reply = await chat.ask({ type: "practise", practice, moves, lang: page.lang });
      if (reply?.type !== "practice_turn") return failed(reply?.type === "refused" ? reply.code : undefined);
      if (reply.over) did(practice);
      return reply;
    },
  };
}
