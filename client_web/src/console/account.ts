/** Becoming staff in this browser: an invitation accepted, or a name and passphrase. Every "no" is one and the same. */

const HEADERS = { "X-Porchlight": "1", "Content-Type": "application/json" };
const ANSWER_MS = 15_000; // a passphrase takes its time to check, on purpose
const TOKEN = /^#invite=([\w-]+)$/;

export const NAME = { least: 3, most: 24 } as const;
export const PASSPHRASE_LEAST = 15;

export type Answer = "in" | "refused" | "later" | "unreached";

/** The invitation in the address, which leaves the address bar and the history at once. */
export function takeToken(): string | null {
  const token = TOKEN.exec(location.hash)?.[1] ?? null;
  if (location.hash.startsWith("#invite")) history.replaceState(history.state, "", location.pathname);
  return token;
}

export function accept(token: string, name: string, passphrase: string): Promise<Answer> {
  return ask("/staff/account", { token, name, passphrase });
}

export function signInAs(name: string, passphrase: string): Promise<Answer> {
  return ask("/staff/session", { name, passphrase });
}

/** Another person from here on: nothing of the one before stays in this tab. */
export function enterAnew(): void {
  sessionStorage.clear();
  location.reload();
}

async function ask(path: string, body: Readonly<Record<string, string>>): Promise<Answer> {
  const signal = AbortSignal.timeout(ANSWER_MS);
  const answer = await fetch(path, { method: "POST", headers: HEADERS, body: JSON.stringify(body), signal }).catch(() => null);
  if (answer === null || answer.status >= 500) return "unreached";
  if (answer.status === 429) return "later";
  return answer.ok ? "in" : "refused";
}
