/** A page that says what is so and shows a way on: never a dead end. */
import type { ComponentChildren } from "preact";

interface NoticeProps {
  title: string;
  text: string;
  way: string;
  label: string;
  children?: ComponentChildren;
}

export function Notice({ title, text, way, label, children }: NoticeProps) {
  return (
    <main id="main" class="page page--text">
      <h1 tabIndex={-1}>{title}</h1>
      <p>{text}</p>
      <div class="acts">
        <a class="button button--act" href={way}>{label}</a>
        {children}
      </div>
    </main>
  );
}
