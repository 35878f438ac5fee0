// Pages as text: which of them may be kept, what is added to a copy, and the list of what is kept. Their words
// come from the pages themselves, which hold them in blocks that only scripts read. Called by copies.ts and worker.ts.

export const LIST = "/kept";
const MOST = 50; // stories
// Copies that were kept before 2027 have a template there.
const NOTE = /<(script|template) id="kept"[^>]*>(.*?)<\/\1>/s;
const HEADLINE = /<h1[^>]*>(.*?)<\/h1>/s;
const PART = /^\/(static|media)\//;

export const path = (address: string) => new URL(address).pathname;

/** Whether a path is that of a picture, a font or the like, which pages need to be shown. */
export const isPart = (path: string) => PART.test(path);

/** Whether the worker has to do with a request from pages at `origin`: never with the newsroom's. */
export function isOurs(method: string, address: string, origin: string): boolean {
  const url = new URL(address);
  return method === "GET" && url.origin === origin && !/^\/newsroom(\/|$)/i.test(url.pathname);
}

/** Whether the page at `path` says that it may be kept. */
export const mayBeKept = (path: string, html: string) => path === LIST || NOTE.test(html);

/** Of what is kept, the oldest first, the paths of the stories. */
export const storiesOf = (addresses: string[]) =>
  addresses.map(path).filter((each) => each !== LIST && !isPart(each));

/** The stories that go when there are too many. */
export const surplus = (stories: string[]) => stories.slice(0, -MOST);

/** The pictures and the like among `addresses` that none of the kept `pages` names. */
export const unnamed = (addresses: string[], pages: string[]) =>
  addresses.filter((each) => isPart(path(each)) && !pages.some((page) => page.includes(path(each))));

/** A copy with the line that says how old it is. */
export const dated = (html: string, at: number) =>
  html.replace(NOTE, (_, __, note: string) => note.replace("<time></time>", time(at, html)));

/** The page that lists what is kept; `isInstead` of another page that is not. */
export function listPage(html: string, items: string, isInstead: boolean): string {
  const filled = items ? html.replace(/<p[^>]* id="none">.*?<\/p>/s, () => `<ul class="span-all list">${items}</ul>`) : html;
  return isInstead ? filled.replace(/<script id="away"[^>]*>(.*?)<\/script>/s, "$1") : filled;
}

/** One kept story in the list `page`: headline, language and direction are taken as the site escaped them. */
export function listItem(page: string, path: string, html: string, at: number): string {
  const [language] = /lang="[^"]*" dir="[^"]*"/.exec(html.slice(html.indexOf("<article"))) ?? [];
  return `<li><article class="card"><p class="small">${headline(page)}<br>${time(at, page)}</p>
<div><h2 ${language}><a href="${path}">${headline(html)}</a></h2></div></article></li>`;
}

const headline = (html: string) => HEADLINE.exec(html)?.[1];

// As the site writes times: the day first, and hours to 24.
function time(at: number, html: string): string {
  const moment = new Date(at);
  const [, language] = /<html lang="([^"]*)"/.exec(html) ?? [];
  const words = moment.toLocaleString(language === "en" ? "en-GB" : language, {
    calendar: "gregory",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return `<time datetime="${moment.toISOString()}">${words}</time>`;
}
