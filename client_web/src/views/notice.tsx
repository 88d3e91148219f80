/** A page that says what is so and shows a way on: never a dead end. */
import type { ComponentChildren } from "preact";

interface NoticeProps {
  title: string;
  text: string;
  way: string;
  label: string;
  more?: readonly (string | null)[] | undefined;
  children?: ComponentChildren;
}

export function Notice({ title, text, way, label, more = [], children }: NoticeProps) {
  return (
    <main id="main" class="page page--text">
      <h1 tabIndex={-1}>{title}</h1>
      <p>{text}</p>
      {more.filter(Boolean).map((each) => <p dir="auto" key={each}>{each}</p>)}
      <div class="acts">
        <a class="button button--act" href={way}>{label}</a>
        {children}
      </div>
    </main>
  );
}
