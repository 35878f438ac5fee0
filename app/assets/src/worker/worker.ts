// The worker that keeps opened stories on the reader's device, only for those who chose it (../reader/keep.ts).
// Served at /worker.js by reader/offline.py. The network always comes first: a copy is shown only when the
// site cannot be reached, and says how old it is. It never touches the newsroom.
import { isGone } from "../shared/kept.ts";
import { drop, keep, kept, listed, shown, stories, tidy } from "./copies.ts";
import { isOurs, isPart, LIST, path } from "./pages.ts";

const self = globalThis as unknown as ServiceWorkerGlobalScope;
let looked = false;

self.oninstall = () => void self.skipWaiting();
self.onactivate = (event) => event.waitUntil(self.clients.claim());

self.onfetch = (event) => {
  const { request } = event;
  if (!isOurs(request.method, request.url, self.location.origin)) return;
  if (isPart(path(request.url))) event.respondWith(part(request));
  // Only what the reader opens is kept: a story that is fetched ahead may never be read.
  else if (request.mode === "navigate") event.respondWith(page(event));
};

// A page tells its address when the choice is made, the address of a story below that the reader has come to,
// and what it needed to be shown.
self.onmessage = (event) => {
  const told = event.data as string | string[];
  event.waitUntil((typeof told === "string" ? opened(told) : keepParts(told)).catch(() => {}));
};

async function part(request: Request): Promise<Response> {
  return (await (await kept())?.match(request.url)) ?? fetch(request);
}

async function page(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const address = path(request.url);
  let answer: Response;
  try {
    answer = await fetch(request);
  } catch (error) {
    const copy = await withoutNetwork(address);
    if (!copy) throw error;
    return copy;
  }
  const copy = answer.clone();
  event.waitUntil(learn(address, copy).then(lookAtAll));
  return address === LIST && answer.ok ? listed(await kept(), answer, false) : answer;
}

async function withoutNetwork(address: string): Promise<Response | undefined> {
  const cache = await kept();
  const copy = await cache?.match(address);
  if (copy && address !== LIST) return shown(copy);
  const list = await cache?.match(LIST);
  return list && listed(cache, list, address !== LIST);
}

async function opened(address: string): Promise<void> {
  for (const each of [LIST, address]) await learn(each, await fetch(each));
}

// An answer tells what to keep of this address, and what no longer. Without its body it keeps nothing.
async function learn(address: string, answer: Response): Promise<void> {
  const cache = await kept();
  if (!cache) return; // the reader has ended it
  // A redirect that a page follows by itself cannot be looked into: the story is elsewhere now.
  if (isGone(answer.status) || answer.type === "opaqueredirect") await drop(cache, address);
  else if (answer.ok && answer.headers.get("Content-Type")?.includes("html")) await keep(cache, address, answer);
}

async function keepParts(addresses: string[]): Promise<void> {
  const cache = await kept();
  if (!cache) return;
  for (const each of addresses) {
    const isWanted = isOurs("GET", each, self.location.origin) && isPart(path(each));
    if (isWanted && !(await cache.match(each))) await cache.add(each).catch(() => {});
  }
}

// Once in each visit to the site: a story that was withdrawn leaves the device though nobody opens it.
async function lookAtAll(): Promise<void> {
  const cache = await kept();
  if (looked || !cache) return;
  looked = true;
  for (const each of await stories(cache)) {
    try {
      await learn(each, await fetch(each, { method: "HEAD", redirect: "manual" }));
    } catch {
      looked = false; // the others are looked at all the same, and this one with the next page
    }
  }
  await tidy(cache);
}
