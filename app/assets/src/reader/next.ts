// Continuous reading: near the end of a story, the next one is fetched from its own page and placed below
// it. Without this script the hand-over is a plain link, and whatever goes wrong here leaves it one.
// Called by reader.ts; tests/reader/test_continuous.py drives it in a browser.
import { isGone } from "../shared/kept.ts";
import { readAt } from "./decide.ts";
import { keepOpened } from "./keep.ts";
import { enliven } from "./parts.ts";
import { goTo, keepPosition, keptDepth, steady } from "./place.ts";
import { choices, remember, remembered } from "./stored.ts";

const MOST = 3; // stories on one page; then the footer can be reached
const PATIENCE = 10_000; // milliseconds that a next story may take
const SOON = 500; // milliseconds; what comes within them is not announced as awaited
const OFF = "one-story";

interface Found {
  article: HTMLElement;
  hand: HTMLElement | null;
}

let current: HTMLElement;
let hand: HTMLElement | null = null; // where the next story will be placed, if any
let busy = false;
let failed = false;
let ready: Found | null = null; // it has come, and waits until its place is not in use

/** Watch what is read of `story`, and bring the next one when its end comes near. */
export function readOn(story: HTMLElement): void {
  current = story;
  Object.assign(story.dataset, { path: location.pathname, title: document.title });
  void comeBack(story);
  let left = 0;
  addEventListener("pagehide", () => {
    left = keepPosition(current);
  });
  // WebKit brings a page back from its memory as it was, but at its top.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) goTo(current, left);
  });
  // Only what the reader does changes the address: a story that is placed below them does not.
  addEventListener("scroll", scrolled, { passive: true });
  hand = savesData() ? null : document.querySelector<HTMLElement>(".next-story");
  if (!hand) return;
  addEventListener("online", tryAgain);
  addEventListener("focusout", soon);
  prepare(hand);
}

// Each holds what the address and the title become where it is read.
const stories = () => document.querySelectorAll<HTMLElement>(".story");

// Where the end of another story stood above this one when the reader left, it is brought back as well.
async function comeBack(story: HTMLElement): Promise<void> {
  const depth = keptDepth();
  if (depth === null) return;
  goTo(story, depth);
  const above = (history.state as { above?: string } | null)?.above;
  if (depth >= 0 || !above) return;
  const place = scrollY;
  const found = await fetched(above);
  if (typeof found === "number" || !found.hand || scrollY !== place) return; // or the reader has gone on meanwhile
  join(found.hand);
  story.before(found.article, found.hand);
  enliven(found.article);
  goTo(story, depth);
}

const savesData = () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;

function scrolled(): void {
  follow();
  // Who comes to the hand-over once more has it tried once more.
  if (failed && !isNear()) tryAgain();
  void goOn();
}

// What crosses the middle of the screen is what is being read: address, title and section follow it.
function follow(): void {
  const here = [...stories()];
  const index = readAt(innerHeight / 2, here.map((each) => each.getBoundingClientRect()));
  if (here[index]) show(here[index], here[index - 1]?.dataset.path ?? "");
}

function show(article: HTMLElement, above: string): void {
  if (article === current) return;
  setAside(current, true);
  current = article;
  setAside(article, false);
  const { path, title } = article.dataset;
  history.replaceState({ above }, "", path);
  document.title = title!;
  document.querySelector<HTMLLinkElement>("link[rel=canonical]")!.href = location.href;
  keepOpened(path!);
  const section = article.querySelector(".kicker a")?.getAttribute("href");
  for (const link of document.querySelectorAll(".masthead nav a")) {
    link.ariaCurrent = link.getAttribute("href") === section ? "true" : null;
  }
}

// Of several stories, one is at the address: the others are seen (css/reader/story.css), but not printed, and what
// takes a story out of the page, as reader modes do, passes over them.
function setAside(article: HTMLElement, isOther: boolean): void {
  article.hidden = isOther;
  article.querySelector<HTMLScriptElement>("[type*=json]")!.type = `application/${isOther ? "" : "ld+"}json`;
}

// One screen away, or closer; not on paper, where it is not shown.
const isNear = () => hand!.offsetHeight && hand!.getBoundingClientRect().top < innerHeight * 2;
const isOff = () => remembered(choices, OFF) === "1";
const soon = () => setTimeout(goOn);

function tryAgain(): void {
  failed = false;
  tell();
  soon();
}

async function goOn(): Promise<void> {
  if (!hand || !isNear() || isOff() || isInUse(hand) || isAtFoot()) return;
  if (ready) return placeBelow(ready, hand);
  if (busy || failed) return;
  busy = true;
  setTimeout(tell, SOON);
  const found = await fetched(hand.querySelector("a")!.href);
  busy = false;
  if (typeof found === "object") ready = found;
  else if (isGone(found) && !isInUse(hand)) {
    hand.remove();
    hand = null;
  } else failed = true;
  tell();
  soon();
}

// The slot says what scrolling will do: bring the story, or nothing, which leaves the plain link.
function tell(): void {
  const on = hand?.querySelector<HTMLElement>(".scroll-on");
  if (!on || isInUse(hand!)) return;
  const late = on.nextElementSibling as HTMLElement;
  on.hidden = busy || failed || isOff();
  late.hidden = !busy;
  if (busy) say(late.textContent!);
}

function say(words: string): void {
  const said = document.querySelector<HTMLElement>("#said")!;
  said.lang = hand!.lang;
  said.textContent = words;
}

// A link that has the focus, or words that are selected, are not taken away.
function isInUse(part: Element): boolean {
  const selection = getSelection()!; // null in hidden frames alone
  const isSelected = !selection.isCollapsed && selection.containsNode(part, true);
  return isSelected || !!part.querySelector("a:focus");
}

// Who is about to choose something in the foot of the page, or was led there, does not see it run away.
function isAtFoot(): boolean {
  const used = document.querySelector(".footer :is(:focus-visible, a:hover, label:hover, :target)");
  return !!used && used.getBoundingClientRect().top < innerHeight;
}

/** The story at `address`; without one, the status of the answer, and 0 without an answer. */
async function fetched(address: string): Promise<Found | number> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const article = page.querySelector<HTMLElement>(".story");
    const path = new URL(answer.url).pathname;
    const isKnown = [...stories()].some((each) => each.dataset.path === path);
    if (!answer.ok || !article || isKnown) return answer.status;
    Object.assign(article.dataset, { path, title: page.title });
    setAside(article, true);
    return { article, hand: page.querySelector<HTMLElement>(".next-story") };
  } catch {
    return 0;
  }
}

function placeBelow({ article, hand: next }: Found, old: HTMLElement): void {
  // It is placed where the reader is, or above the foot where they see nothing else: neither moves. But nobody
  // finds themselves in the middle of a story that they have not begun: then it begins in place of the foot.
  const { bottom } = old.getBoundingClientRect();
  steady(bottom > 0 ? old : document.querySelector(".footer")!, () => {
    join(old);
    old.after(article, ...(next ? [next] : []));
    enliven(article);
  });
  const headline = article.querySelector("h1")!;
  const seen = headline.getBoundingClientRect();
  if (seen.bottom < 0 && bottom > 0) scrollBy(0, seen.top - bottom);
  say(`${old.dataset.loaded} ${headline.textContent}`);
  ready = null;
  hand = stories().length < MOST ? next : null;
  if (hand) prepare(hand);
}

// The line that says "Next story" stays, with its button, and parts the two.
function join(part: HTMLElement): void {
  part.classList.add("joined");
  part.removeAttribute("aria-labelledby");
  part.role = "none";
  const words = part.querySelector("b")!;
  words.textContent = words.textContent; // no longer a link
  for (const each of part.querySelectorAll(":scope > :not(.lead-in), .scroll-on, .loading")) each.remove();
}

function prepare(part: HTMLElement): void {
  enliven(part);
  const button = part.querySelector("button");
  if (button && isOff()) turn(button);
  button?.addEventListener("click", choose);
  tryAgain();
}

function choose(): void {
  remember(choices, OFF, isOff() ? "0" : "1");
  document.querySelectorAll<HTMLElement>(".lead-in button").forEach(turn);
  tryAgain();
}

// The button says what it will do; what it will do after that waits beside it.
function turn(button: HTMLElement): void {
  const words = button.textContent;
  button.textContent = button.dataset.other!;
  button.dataset.other = words!;
}
