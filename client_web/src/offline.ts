/** Starts the service worker, which keeps the pages for when the server is gone. */

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}

const WORKER = "/sw.js";

/** Where there are Trusted Types, only the policy `sw` may name a script, and it knows one. */
export function keepPages(): void {
  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () => void navigator.serviceWorker.register(worker()).catch(() => undefined), { once: true });
}

/** Sends the service worker away, so that it answers no page to come, and wipes what it kept; part of leaving at once. */
export async function forgetPages(): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

function worker(): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  const policy = policies?.createPolicy("sw", { createScriptURL: () => WORKER });
  return (policy?.createScriptURL(WORKER) ?? WORKER) as string;
}
