// The reader's choice to keep the stories they open on this device: it registers the worker, or ends it and
// empties what it kept. Without the choice there is no worker. The keeping itself is done in ../worker/worker.ts.
import { KEPT } from "../shared/kept.ts";

const workers = navigator.serviceWorker; // not there on an address that is not secure

export async function offerKeeping(box: HTMLInputElement): Promise<void> {
  if (!workers) return; // the choice stays hidden
  box.closest<HTMLElement>(".row")!.hidden = false;
  box.addEventListener("change", async () => {
    try {
      await (box.checked ? begin() : end());
      const status = document.querySelector<HTMLElement>("#keeping")!;
      const { on, off } = status.dataset;
      status.textContent = box.checked ? on! : off!;
    } catch {
      box.checked = !box.checked;
    }
  });
  const show = async () => {
    box.checked = await caches.has(KEPT); // there from the choice to its end
  };
  addEventListener("pageshow", show); // a browser that comes back fills in its forms as they were
  await show();
  if (box.checked) await tell();
}

/** Keep the story at `path` as well, if stories are kept: the reader has come to it. */
export function keepOpened(path: string): void {
  workers?.controller?.postMessage(path);
}

async function begin(): Promise<void> {
  await workers.register("/worker.js");
  await caches.open(KEPT);
  const { active } = await workers.ready;
  active!.postMessage(location.pathname);
  await tell();
}

async function end(): Promise<void> {
  await (await workers.getRegistration("/"))?.unregister();
  // Pages that are still open are served by the worker to their end: without its cache it keeps nothing. What it
  // is keeping just now may bring the cache back once.
  while (await caches.delete(KEPT));
}

// The worker is told which pictures, fonts and scripts the story on this page needed.
async function tell(): Promise<void> {
  if (!document.querySelector("#kept")) return;
  const { active } = await workers.ready;
  for (const picture of document.querySelectorAll<HTMLImageElement>(".story img")) picture.loading = "eager";
  new PerformanceObserver((list) => {
    active!.postMessage(list.getEntries().map((each) => each.name));
  }).observe({ type: "resource", buffered: true });
}
