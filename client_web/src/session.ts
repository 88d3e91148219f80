/** The sign-in: a cookie that only the server can read, asked for by this page and ended by it. */

export type Age = "adult" | "minor";

const HEADERS = { "X-Porchlight": "1", "Content-Type": "application/json" }; // a form on another site can't send these
const ANSWER_MS = 10_000;

/** True where the server gave us a session or knew ours; throws where it can't be reached. */
export async function signIn(age: Age | null): Promise<boolean> {
  const answer = await fetch("/session", {
    method: "POST",
    headers: HEADERS,
    body: JSON.stringify(age ? { age } : {}),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  if (answer.status >= 500) throw new Error("not reached");
  return answer.ok;
}

/** Ends it everywhere; goes out even if the page is gone by then. */
export function signOut(): Promise<unknown> {
  return fetch("/session", { method: "DELETE", headers: HEADERS, keepalive: true }).catch(() => undefined);
}
