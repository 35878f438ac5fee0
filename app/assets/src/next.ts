// Continuous reading: near the end of a story, the next one is fetched from its own page and placed below
// it. Without this script the hand-over is a plain link, and whatever goes wrong here leaves it one.
// Called by reader.ts; tests/reader/test_continuous.py drives it in a browser.
import { enliven } from "./parts";
import { goTo, keepPosition, keptDepth } from "./place";
import { choices, remember, remembered } from "./stored";

const MOST = 3; // stories on one page; then the footer can be reached
const PATIENCE = 10_000; // milliseconds that a next story may take
const OFF = "one-story";

interface Place {
  path: string;
  title: string;
}

interface Found extends Place {
  article: HTMLElement;
  hand: HTMLElement | null;
}

const places = new Map<HTMLElement, Place>();
const said = document.createElement("p");
let current: HTMLElement;
let hand: HTMLElement | null;
let near = false;
let busy = false;

/** Watch what is read of `story`, and bring the next one when its end comes near. */
export function readOn(story: HTMLElement): void {
  current = story;
  hand = document.querySelector<HTMLElement>(".hand");
  places.set(story, { path: location.pathname, title: document.title });
  void comeBack(story);
  addEventListener("pagehide", () => keepPosition(current));
  // Only what the reader does changes the address: a story that is placed below them does not.
  addEventListener("scroll", scrolled, { passive: true });
  if (!hand || savesData()) return;
  said.className = "vh";
  said.setAttribute("role", "status");
  document.body.append(said);
  prepare(hand);
}

// Where the end of another story stood above this one when the reader left, it is brought back as well.
async function comeBack(story: HTMLElement): Promise<void> {
  const depth = keptDepth();
  if (depth === null) return;
  goTo(story, depth);
  const above = (history.state as { above?: string } | null)?.above;
  if (depth >= 0 || !above) return;
  const place = scrollY;
  const found = await fetched(above);
  if (!found?.hand || scrollY !== place) return; // or the reader has gone on meanwhile
  placeAbove(found, found.hand, story);
  goTo(story, depth);
}

function savesData(): boolean {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  return connection?.saveData === true || matchMedia("(prefers-reduced-data: reduce)").matches;
}

function scrolled(): void {
  follow();
  void goOn();
}

// What crosses the middle of the screen is what is being read: address, title and section follow it.
function follow(): void {
  const middle = innerHeight / 2;
  let above = "";
  for (const [article, place] of places) {
    const { top, bottom } = article.getBoundingClientRect();
    if (top <= middle && bottom > middle) return show(article, place, above);
    above = place.path;
  }
}

function show(article: HTMLElement, { path, title }: Place, above: string): void {
  current = article;
  if (path === location.pathname) return;
  history.replaceState({ above }, "", path);
  document.title = title;
  document.querySelector("link[rel=canonical]")?.setAttribute("href", location.href);
  const section = article.querySelector(".k a")?.getAttribute("href");
  for (const link of document.querySelectorAll(".mast nav a")) {
    if (link.getAttribute("href") === section) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// The hand-over is one screen away, or closer.
const ahead = new IntersectionObserver(
  (entries) => {
    near = entries.at(-1)?.isIntersecting ?? false;
    void goOn();
  },
  { rootMargin: "0px 0px 100%" },
);

const isOff = () => remembered(choices, OFF) === "1";

async function goOn(): Promise<void> {
  const link = hand?.querySelector<HTMLAnchorElement>("a[rel=next]");
  if (!near || busy || !hand || !link || isOff() || isInUse(hand) || isAtFoot()) return;
  busy = true;
  const found = await fetched(link.href);
  if (!found) return; // the link stays, and is not tried again
  busy = false;
  if (isOff() || isInUse(hand) || isAtFoot()) return;
  placeBelow(found, hand);
}

// A link that has the focus, or words that are selected, are not taken away.
function isInUse(part: Element): boolean {
  const selection = getSelection();
  const selected = selection !== null && !selection.isCollapsed && selection.containsNode(part, true);
  return selected || part.querySelector("a:focus") !== null;
}

// Who has gone to the foot of the page wants what is there: it does not run away from them.
function isAtFoot(): boolean {
  const root = document.documentElement;
  return scrollY + innerHeight >= root.scrollHeight - 2 || document.querySelector(".foot :focus") !== null;
}

async function fetched(address: string): Promise<Found | null> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const article = page.querySelector<HTMLElement>("article.art");
    const path = new URL(answer.url).pathname;
    const known = [...places.values()].some((each) => each.path === path);
    if (!answer.ok || !article || known) return null;
    return { path, title: page.title, article, hand: page.querySelector<HTMLElement>(".hand") };
  } catch {
    return null;
  }
}

function placeBelow(found: Found, old: HTMLElement): void {
  ahead.disconnect();
  join(old);
  old.after(found.article, ...(found.hand ? [found.hand] : []));
  enliven(found.article);
  places.set(found.article, found);
  said.lang = old.lang;
  said.textContent = `${old.dataset.loaded} ${found.article.querySelector("h1")?.textContent ?? ""}`;
  hand = found.hand;
  near = false;
  if (hand && places.size < MOST) prepare(hand);
}

// The line that says "Next story" stays, with its button, and parts the two.
function join(part: HTMLElement): void {
  part.classList.add("join");
  part.removeAttribute("aria-labelledby");
  for (const each of part.querySelectorAll(":scope > :not(.lead-in), a")) each.remove();
}

function placeAbove(found: Found, parting: HTMLElement, story: HTMLElement): void {
  const below = [...places];
  join(parting);
  story.before(found.article, parting);
  enliven(found.article);
  places.clear();
  places.set(found.article, found);
  for (const [article, place] of below) places.set(article, place);
}

function prepare(part: HTMLElement): void {
  enliven(part);
  const button = part.querySelector("button");
  if (button && isOff()) turn(button);
  button?.addEventListener("click", choose);
  part.addEventListener("focusout", () => setTimeout(goOn));
  ahead.observe(part);
}

function choose(): void {
  remember(choices, OFF, isOff() ? "0" : "1");
  document.querySelectorAll<HTMLElement>(".lead-in button").forEach(turn);
  void goOn();
}

// The button says what it will do; what it will do after that waits beside it.
function turn(button: HTMLElement): void {
  const words = button.textContent;
  button.textContent = button.dataset.other!;
  button.dataset.other = words!;
}
