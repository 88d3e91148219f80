/** Return words on their way to the server: the same try until it is answered, for they open once. */
import { page } from "../page";

export type Returned = { is: "back"; words: readonly string[] } | { is: "wrong" } | { is: "wait" } | { is: "failed" };

const HEADERS = { "X-Porchlight": "1", "Content-Type": "application/json" };
const ANSWER_MS = 10_000;
const attempts = new Map<string, string>();

export async function comeBack(words: string): Promise<Returned> {
  const attempt = attempts.get(words) ?? crypto.randomUUID().replaceAll("-", "");
  attempts.set(words, attempt);
  try {
    const answer = await fetch("/return", {
      method: "POST",
      headers: HEADERS,
      body: JSON.stringify({ words, attempt, language: page.lang }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (answer.ok) return { is: "back", words: ((await answer.json()) as { words: string[] }).words };
    return { is: answer.status === 429 ? "wait" : answer.status === 403 ? "wrong" : "failed" };
  } catch {
    return { is: "failed" };
  }
}
