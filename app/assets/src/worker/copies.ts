// The copies on the device: pages with the time at which they were loaded, and what they need to be shown.
// Called by worker.ts. The pages themselves hold the words, in templates (reader/article.html, reader/kept.html).

const KEPT = "kept"; // the cache; src/keep.ts knows it by the same name
export const LIST = "/kept";
export const parts = /^\/(static|media)\//;
const MOST = 50; // stories
const TIME = "Stet-Kept"; // header of a copy: milliseconds since 1970
const NOTE = /<template id="kept">(.*?)<\/template>/s;

const HEADLINE = /<h1[^>]*>(.*?)<\/h1>/s;

export const path = (address: string) => new URL(address).pathname;

/** The cache, if the reader has chosen to keep stories. */
export async function kept(): Promise<Cache | undefined> {
  return (await caches.has(KEPT)) ? caches.open(KEPT) : undefined;
}

/** Keep a page that says it may be kept; the oldest story goes when there are too many. */
export async function keep(cache: Cache, address: string, page: Response): Promise<void> {
  const html = await page.text();
  if (address !== LIST && !NOTE.test(html)) return;
  await cache.delete(address); // so that it becomes the newest
  const copy = answer(html, page);
  copy.headers.set(TIME, `${Date.now()}`);
  await cache.put(address, copy);
  const old = (await stories(cache)).slice(0, -MOST);
  for (const each of old) await cache.delete(each);
  if (old.length) await tidy(cache);
}

export async function drop(cache: Cache, address: string): Promise<void> {
  if (await cache.delete(address)) await tidy(cache);
}

/** Addresses of the kept stories, the oldest first. */
export async function stories(cache: Cache): Promise<string[]> {
  const all = (await cache.keys()).map((each) => path(each.url));
  return all.filter((each) => each !== LIST && !parts.test(each));
}

/** Take away pictures and the like that no kept page names. */
export async function tidy(cache: Cache): Promise<void> {
  const named: string[] = [];
  for (const each of [LIST, ...(await stories(cache))]) named.push((await (await cache.match(each))?.text()) ?? "");
  for (const { url } of await cache.keys()) {
    const address = path(url);
    if (parts.test(address) && !named.some((page) => page.includes(address))) await cache.delete(url);
  }
}

/** A copy with the line that says how old it is. */
export async function shown(copy: Response): Promise<Response> {
  const html = await copy.text();
  const filled = html.replace(NOTE, (_, note: string) => note.replace("<time></time>", time(copy, html)));
  return answer(filled, copy);
}

/** The page that lists what is kept in `cache`; `instead` of another page that is not. */
export async function listed(cache: Cache | undefined, page: Response, instead: boolean): Promise<Response> {
  const html = await page.text();
  const [, label] = HEADLINE.exec(html) ?? [];
  let items = "";
  for (const each of cache ? (await stories(cache)).reverse() : []) {
    const copy = await cache!.match(each);
    if (copy) items += item(each, await copy.text(), `${label}<br>${time(copy, html)}`);
  }
  const filled = items && html.replace(/<p[^>]* id="none">.*?<\/p>/s, () => `<ul class="w list">${items}</ul>`);
  const whole = filled || html;
  return answer(instead ? whole.replace(/<template id="away">(.*?)<\/template>/s, "$1") : whole, page);
}

// Headline, language and direction are taken as the site escaped them.
function item(address: string, html: string, when: string): string {
  const [, headline] = HEADLINE.exec(html) ?? [];
  const [language] = /lang="[^"]*" dir="[^"]*"/.exec(html.slice(html.indexOf("<article"))) ?? [];
  return `<li><article class="c"><p class="s">${when}</p>
<div><h2 ${language}><a href="${address}">${headline}</a></h2></div></article></li>`;
}

function time(copy: Response, html: string): string {
  const at = new Date(+copy.headers.get(TIME)!);
  const [, language] = /<html lang="([^"]*)"/.exec(html) ?? [];
  // As the site writes times: the day first, and hours to 24.
  const words = at.toLocaleString(language === "en" ? "en-GB" : language, {
    calendar: "gregory",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return `<time datetime="${at.toISOString()}">${words}</time>`;
}

// What was said of the bytes on their way, as of their compression, is no longer so.
function answer(html: string, like: Response): Response {
  const headers = new Headers(like.headers);
  for (const name of ["Content-Encoding", "Content-Length", "ETag", "Vary"]) headers.delete(name);
  return new Response(html, { headers });
}
