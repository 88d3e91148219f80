/** Before the desk is there, and where the line is not made again. */
import type { Stop } from "../closing";
import { word } from "../words";

export function Opening({ what }: { what: string }) {
  return (
    <main id="main" class="page page--text">
      <p class="quiet" role="status">{what}</p>
    </main>
  );
}

export function Stopped({ why }: { why: Stop }) {
  return (
    <main id="main" class="page page--text">
      <h1 tabIndex={-1}>{word(`session.${why}_lead`)}</h1>
      <p>{word(`session.${why}`)}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={() => location.reload()}>{word("session.again")}</button>
      </div>
    </main>
  );
}
