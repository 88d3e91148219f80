/**
 * The service worker: keeps the shell and its files, so that "Get help now" works with the server gone; and the parts and
 * sentences that were opened, so that what stands beside a wait works as well. Nothing that anyone said.
 */
/// <reference lib="webworker" />

const worker = self as unknown as ServiceWorkerGlobalScope;
const KEPT = "pages-1";
const SHELL = "/";
const WORDS = "/words";
const INSIDE = /^\/($|help$|rooms(\/|$))/; // the shell shows every one of these, help with all its lines
const FILES = /\/static\/[\w./-]+\.(?:js|css|woff2|svg)/g;
const PATIENCE_MS = 4_000; // on the last bar of signal the kept page comes rather than none

worker.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== worker.location.origin) return;
  if (address.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (address.pathname === WORDS) event.respondWith(words(request));
  else if (request.mode === "navigate" && INSIDE.test(address.pathname)) event.respondWith(page(request, address.pathname));
});

/** The page from the server while it answers, and the kept shell when it does not. */
async function page(request: Request, path: string): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status < 500) {
      if (answer.ok && path === SHELL) void refresh(answer.clone());
      return answer;
    }
  } catch {
    // no server: below
  }
  return (await caches.match(SHELL, { cacheName: KEPT })) ?? Response.error();
}

/** Files carry their content in their name: a kept one is the right one, and one that was opened is kept. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: KEPT })) ?? kept(request, await fetch(request));
}

/** The sentences of the parts that are opened later: from the server while it answers. */
async function words(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status < 500) return kept(request, answer);
  } catch {
    // no server: below
  }
  return (await caches.match(WORDS, { cacheName: KEPT })) ?? Response.error();
}

async function kept(request: Request, answer: Response): Promise<Response> {
  if (answer.ok) await (await caches.open(KEPT)).put(request, answer.clone());
  return answer;
}

/** Keeps the shell as it came; where it names files that are not kept, a new version is out: everything is kept anew. */
async function refresh(answer: Response): Promise<void> {
  const cache = await caches.open(KEPT);
  const files = (await answer.clone().text()).match(FILES) ?? [];
  const known = await Promise.all(files.map((path) => cache.match(path)));
  if (known.every(Boolean)) await cache.put(SHELL, answer);
  else await keep();
}

let keeping: Promise<void> | null = null;

/** Fetches the shell and what it names, and drops what it names no more. */
function keep(): Promise<void> {
  keeping ??= renew().finally(() => (keeping = null));
  return keeping;
}

async function renew(): Promise<void> {
  const answer = await fetch(SHELL, { cache: "no-store", credentials: "omit" });
  if (!answer.ok) return;
  const cache = await caches.open(KEPT);
  const named = new Set((await answer.clone().text()).match(FILES));
  await cache.put(SHELL, answer);
  for (const path of named) for (const inner of await keepFile(cache, path)) named.add(inner);
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (path.startsWith("/static/") && !named.has(path)) await cache.delete(request);
  }
}

/** Keeps one file; a style sheet names its fonts. */
async function keepFile(cache: Cache, path: string): Promise<string[]> {
  const answer = (await cache.match(path)) ?? (await fetch(path));
  if (!answer.ok) return [];
  await cache.put(path, answer.clone());
  return path.endsWith(".css") ? ((await answer.text()).match(FILES) ?? []) : [];
}

async function forgetOthers(): Promise<void> {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
}
