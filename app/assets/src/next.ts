// Continuous reading: near the end of a story, the next one is fetched from its own page and placed below
// it. Without this script the hand-over is a plain link, and whatever goes wrong here leaves it one.
// Loaded by reader/article.html; tests/reader/test_continuous.py drives it in a browser.

const MOST = 3; // stories on one page; then the footer can be reached
const PATIENCE = 10_000; // milliseconds that a next story may take
const OFF = "stet:one-story";

interface Place {
  path: string;
  title: string;
}

const places = new Map<Element, Place>();
const first = document.querySelector("article");
let current = first;
let hand = document.querySelector<HTMLElement>(".hand");
let near = false;
let busy = false;

// Storage may be forbidden; then nothing is remembered, and reading goes on.
function remembered(store: () => Storage, key: string): string | null {
  try {
    return store().getItem(key);
  } catch {
    return null;
  }
}

function remember(store: () => Storage, key: string, value: string): boolean {
  try {
    store().setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

const choices = () => localStorage;
const positions = () => sessionStorage;
const isOff = () => remembered(choices, OFF) === "1";

function savesData(): boolean {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  return connection?.saveData === true || matchMedia("(prefers-reduced-data: reduce)").matches;
}

const said = document.createElement("p");
said.className = "vh";
said.setAttribute("role", "status");

// What crosses the middle of the screen is what is being read: address and title follow it.
const middle = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) follow(entry.target);
  },
  { rootMargin: "-50% 0px" },
);

function follow(article: Element): void {
  const place = places.get(article);
  current = article as HTMLElement;
  if (!place || place.path === location.pathname) return;
  history.replaceState(null, "", place.path);
  document.title = place.title;
  document.querySelector("link[rel=canonical]")?.setAttribute("href", location.href);
}

// The hand-over is one screen away, or closer.
const ahead = new IntersectionObserver(
  (entries) => {
    near = entries.at(-1)?.isIntersecting ?? false;
    void goOn();
  },
  { rootMargin: "0px 0px 100%" },
);

async function goOn(): Promise<void> {
  const link = hand?.querySelector<HTMLAnchorElement>("a[rel=next]");
  if (!near || busy || !hand || !link || isOff() || isInUse(hand)) return;
  busy = true;
  const found = await fetched(link.href);
  if (!found) return; // the link stays, and is not tried again
  busy = false;
  if (isOff() || isInUse(hand)) return;
  place(found, hand);
}

// A link that has the focus, or words that are selected, are not taken away.
function isInUse(part: Element): boolean {
  const selection = getSelection();
  const selected = selection !== null && !selection.isCollapsed && selection.containsNode(part, true);
  return selected || part.querySelector("a:focus") !== null;
}

interface Found extends Place {
  article: HTMLElement;
  hand: HTMLElement | null;
}

async function fetched(address: string): Promise<Found | null> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const article = page.querySelector("article");
    const path = new URL(answer.url).pathname;
    const known = [...places.values()].some((each) => each.path === path);
    if (!answer.ok || !article || known) return null;
    return { path, title: page.title, article, hand: page.querySelector<HTMLElement>(".hand") };
  } catch {
    return null;
  }
}

function place(found: Found, old: HTMLElement): void {
  ahead.disconnect();
  // The line that says "Next story" stays, with its button, and parts the two.
  old.classList.add("join");
  old.removeAttribute("aria-labelledby");
  for (const part of old.querySelectorAll(":scope > :not(.lead-in), a")) part.remove();
  old.after(found.article, ...(found.hand ? [found.hand] : []));
  watch(found.article, found);
  said.lang = old.lang;
  said.textContent = `${old.dataset.loaded} ${found.article.querySelector("h1")?.textContent ?? ""}`;
  hand = found.hand;
  near = false;
  if (hand && places.size < MOST) prepare(hand);
}

function watch(article: Element, { path, title }: Place): void {
  places.set(article, { path, title });
  middle.observe(article);
}

function prepare(part: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.addEventListener("click", choose);
  part.querySelector(".lead-in")?.append(button);
  label(button);
  part.addEventListener("focusout", () => setTimeout(goOn));
  ahead.observe(part);
}

// The page says both, in its language.
function label(button: Element): void {
  const said = button.closest<HTMLElement>(".hand")?.dataset;
  button.textContent = (isOff() ? said?.go : said?.stop) ?? "";
}

function choose(): void {
  remember(choices, OFF, isOff() ? "0" : "1");
  document.querySelectorAll(".lead-in button").forEach(label);
  void goOn();
}

// Back and reload open the story that the address names, alone: how far into it the reader was is kept.
function keepPosition(): void {
  const top = current?.getBoundingClientRect().top ?? 0;
  remember(positions, `stet:${location.pathname}`, String(-top));
}

function restorePosition(article: HTMLElement): void {
  const entry = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
  const kept = remembered(positions, `stet:${location.pathname}`);
  if (!remember(positions, "stet", "")) return;
  history.scrollRestoration = "manual";
  if (kept === null || (entry?.type !== "reload" && entry?.type !== "back_forward")) return;
  const target = article.getBoundingClientRect().top + scrollY + Number(kept);
  const missing = target + innerHeight - document.documentElement.scrollHeight;
  const main = article.parentElement;
  // The stories below are not there yet: without room the browser would stop short of the place.
  if (missing > 0 && main) main.style.minHeight = `${main.offsetHeight + missing}px`;
  scrollTo({ top: target, behavior: "instant" });
}

if (first) {
  restorePosition(first);
  watch(first, { path: location.pathname, title: document.title });
  addEventListener("pagehide", keepPosition);
}
if (hand && !savesData()) {
  document.body.append(said);
  prepare(hand);
}
