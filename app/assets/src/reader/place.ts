// Where in a story the reader was: kept when they leave, found again by Back and reload. Those open the story
// that the address names, alone, so the browser's own memory of pixels would lead elsewhere.
import { depthAfter } from "./decide.ts";
import { positions, remember, remembered } from "./stored.ts";

/** Remember how far into `story`, which is at the address, the reader is. Returns it, in pixels. */
export function keepPosition(story: Element): number {
  const depth = -story.getBoundingClientRect().top;
  remember(positions, location.pathname, `${depth}`);
  return depth;
}

/** How far into the story at this address the reader was, in pixels, if they come back to it; else null. */
export function keptDepth(): number | null {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const kept = remembered(positions, location.pathname);
  if (!remember(positions, "", "")) return null;
  history.scrollRestoration = "manual";
  leaveJumpsToTheBrowser();
  return depthAfter(entry!.type, kept);
}

// Within the page, as from the foot back to the text, pixels are right.
function leaveJumpsToTheBrowser(): void {
  document.addEventListener("click", ({ target }) => {
    if ((target as Element).closest('a[href^="#"]')) history.scrollRestoration = "auto";
  });
  addEventListener("popstate", () => {
    history.scrollRestoration = "manual";
  });
}

// Pixels by which what stands below may become less high while the page is still coming.
const SLACK = 160;

export function goTo(story: HTMLElement, depth: number): void {
  const target = story.getBoundingClientRect().top + scrollY + depth;
  const missing = target + innerHeight + SLACK - document.documentElement.scrollHeight;
  const main = story.parentElement!;
  // The stories below are not there yet: without room the browser would stop short of the place.
  if (missing > 0) main.style.minHeight = `${main.offsetHeight + missing}px`;
  scrollTo({ top: target, behavior: "instant" });
}

/** Make a change above or below `part`, which keeps its place on the screen. */
export function steady(part: Element, change: () => void): void {
  const before = part.getBoundingClientRect().top;
  change();
  scrollBy({ top: part.getBoundingClientRect().top - before, behavior: "instant" });
}
