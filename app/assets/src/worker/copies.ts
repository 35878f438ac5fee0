// The copies on the device: pages with the time at which they were loaded, and what they need to be shown.
// Called by worker.ts.
import { KEPT } from "../shared/kept.ts";
import { dated, LIST, listItem, listPage, mayBeKept, storiesOf, surplus, unnamed } from "./pages.ts";

const TIME = "Stet-Kept"; // header of a copy: milliseconds since 1970

/** The cache, if the reader has chosen to keep stories. */
export async function kept(): Promise<Cache | undefined> {
  return (await caches.has(KEPT)) ? caches.open(KEPT) : undefined;
}

/** Keep a page that says it may be kept; the oldest story goes when there are too many. */
export async function keep(cache: Cache, address: string, page: Response): Promise<void> {
  const html = await page.text();
  if (!mayBeKept(address, html)) return;
  await cache.delete(address); // so that it becomes the newest
  const copy = answer(html, page);
  copy.headers.set(TIME, `${Date.now()}`);
  await cache.put(address, copy);
  const old = surplus(await stories(cache));
  for (const each of old) await cache.delete(each);
  if (old.length) await tidy(cache);
}

export async function drop(cache: Cache, address: string): Promise<void> {
  if (await cache.delete(address)) await tidy(cache);
}

const addresses = async (cache: Cache) => (await cache.keys()).map((each) => each.url);

/** Paths of the kept stories, the oldest first. */
export const stories = async (cache: Cache) => storiesOf(await addresses(cache));

/** Take away pictures and the like that no kept page names. */
export async function tidy(cache: Cache): Promise<void> {
  const pages: string[] = [];
  for (const each of [LIST, ...(await stories(cache))]) pages.push((await (await cache.match(each))?.text()) ?? "");
  for (const each of unnamed(await addresses(cache), pages)) await cache.delete(each);
}

/** A copy with the line that says how old it is. */
export async function shown(copy: Response): Promise<Response> {
  return answer(dated(await copy.text(), age(copy)), copy);
}

/** The page that lists what is kept in `cache`; `isInstead` of another page that is not. */
export async function listed(cache: Cache | undefined, page: Response, isInstead: boolean): Promise<Response> {
  const html = await page.text();
  let items = "";
  for (const each of cache ? (await stories(cache)).reverse() : []) {
    const copy = await cache!.match(each);
    if (copy) items += listItem(html, each, await copy.text(), age(copy));
  }
  return answer(listPage(html, items, isInstead), page);
}

const age = (copy: Response) => +copy.headers.get(TIME)!;

// What was said of the bytes on their way, as of their compression, is no longer so.
function answer(html: string, like: Response): Response {
  const headers = new Headers(like.headers);
  for (const name of ["Content-Encoding", "Content-Length", "ETag", "Vary"]) headers.delete(name);
  return new Response(html, { headers });
}
