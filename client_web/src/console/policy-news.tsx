/** Screening is about to change, or has changed: the team reads how, and in the first case before anyone is judged by it. */
import { useState } from "preact/hooks";
import type { PolicyNotice } from "../protocol";
import { counted, word } from "../words";
import { told } from "./policy-words";
import { Strip } from "./strip";
import { useStation } from "./use-station";

const KEPT = "porchlight-console-policy";

export function PolicyNews() {
  const { desk, isCurrent } = useStation();
  const [read, setRead] = useState(lastRead);
  const news = desk.policy;
  if (!isCurrent || news === null || read === mark(news)) return null;
  const done = (): void => {
    keep(mark(news));
    setRead(mark(news));
  };
  return (
    <Strip kind="wait" icon="info">
      <div>
        <div role="status">
          <p class="duty__lead">{word(`policy.title_${news.step}`)}</p>
          <p class="duty__about">{word("policy.whose", { number: news.number, by: news.by, why: news.why })}</p>
          {news.step === "proposed" && <p class="duty__about">{word("policy.waits")}</p>}
        </div>
        <Changes news={news} />
      </div>
      <button class="button" type="button" onClick={done}>{word("policy.read")}</button>
    </Strip>
  );
}

function Changes({ news }: { news: PolicyNotice }) {
  if (news.changes.length === 0) return null;
  return (
    <details class="fold">
      <summary>{counted("policy.show", news.changes.length + news.more)}</summary>
      <ul>
        {news.changes.map((change) => (
          <li key={told(change)}>{told(change)}</li>
        ))}
        {news.more > 0 && <li>{counted("policy.more", news.more)}</li>}
      </ul>
    </details>
  );
}

const mark = ({ number, step, since }: PolicyNotice): string => `${number} ${step} ${since}`;

function lastRead(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(read: string): void {
  try {
    localStorage.setItem(KEPT, read);
  } catch {
    // no storage here: it is shown again next time
  }
}
