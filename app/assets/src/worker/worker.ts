// The worker that keeps opened stories on the reader's device, only for those who chose it (src/keep.ts).
// Served at /worker.js by reader/offline.py. The network always comes first: a copy is shown only when the
// site cannot be reached, and says how old it is. It never touches the newsroom.
import { drop, keep, listed, parts, path, shown, stories, tidy, KEPT, LIST } from "./copies";

const GONE = [404, 410];
const self = globalThis as unknown as ServiceWorkerGlobalScope;
let looked = false;

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const ours = origin === self.location.origin && !/^\/newsroom(\/|$)/i.test(pathname);
  if (request.method !== "GET" || !ours) return;
  if (parts.test(pathname)) event.respondWith(part(request));
  else event.respondWith(page(event));
});

// The page tells its address when the choice is made, and from then on what it needed to be shown.
self.addEventListener("message", (event) => {
  const told = event.data as string | string[];
  event.waitUntil((typeof told === "string" ? begin(told) : keepParts(told)).catch(() => {}));
});

async function part(request: Request): Promise<Response> {
  const cache = (await caches.has(KEPT)) ? await caches.open(KEPT) : undefined;
  return (await cache?.match(request.url)) ?? fetch(request);
}

async function page(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const isVisit = request.mode === "navigate";
  let answer: Response;
  try {
    answer = await fetch(request);
  } catch (error) {
    const copy = isVisit && (await withoutNetwork(path(request.url)));
    if (!copy) throw error;
    return copy;
  }
  const copy = answer.clone();
  event.waitUntil(learn(path(request.url), copy).then(isVisit ? lookAtAll : undefined));
  return isVisit && path(request.url) === LIST && answer.ok ? listed(answer, false) : answer;
}

async function withoutNetwork(address: string): Promise<Response | undefined> {
  if (!(await caches.has(KEPT))) return undefined;
  const cache = await caches.open(KEPT);
  const copy = await cache.match(address);
  if (copy && address !== LIST) return shown(copy);
  const list = await cache.match(LIST);
  return list && listed(list, address !== LIST);
}

async function begin(address: string): Promise<void> {
  await caches.open(KEPT);
  for (const each of [LIST, address]) await learn(each, await fetch(each));
}

// An answer tells what to keep of this address, and what no longer.
async function learn(address: string, answer: Response): Promise<void> {
  if (!(await caches.has(KEPT))) return; // the reader has ended it
  const cache = await caches.open(KEPT);
  // A redirect that a page follows by itself cannot be looked into: the story is elsewhere now.
  if (GONE.includes(answer.status) || answer.type === "opaqueredirect") await drop(cache, address);
  else if (answer.ok && answer.headers.get("Content-Type")?.includes("html")) await keep(cache, address, answer);
}

async function keepParts(addresses: string[]): Promise<void> {
  if (!(await caches.has(KEPT))) return;
  const cache = await caches.open(KEPT);
  for (const each of addresses) {
    const { origin, pathname } = new URL(each);
    const wanted = origin === self.location.origin && parts.test(pathname);
    if (wanted && !(await cache.match(each))) await cache.add(each).catch(() => {});
  }
}

// Once in each visit to the site: a story that was withdrawn leaves the device though nobody opens it.
async function lookAtAll(): Promise<void> {
  if (looked || !(await caches.has(KEPT))) return;
  looked = true;
  const cache = await caches.open(KEPT);
  for (const each of await stories(cache)) {
    const answer = await fetch(each, { method: "HEAD", redirect: "manual" });
    if (GONE.includes(answer.status) || answer.type === "opaqueredirect") await drop(cache, each);
  }
  await tidy(cache);
}
