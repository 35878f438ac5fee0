// The reader's choice to keep the stories they open on this device: it registers the worker, or ends it and
// empties what it kept. Without the choice there is no worker. The keeping itself is done in worker/worker.ts.

const KEPT = "kept"; // the cache; the worker knows it by the same name

export async function offerKeeping(box: HTMLInputElement): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers) return; // on an address that is not secure; the choice stays hidden
  box.closest("fieldset")!.hidden = false;
  box.addEventListener("change", () => {
    (box.checked ? begin(workers) : end(workers)).catch(() => {
      box.checked = !box.checked;
    });
  });
  box.checked = (await workers.getRegistration("/")) !== undefined;
  if (box.checked) await tell(workers);
}

async function begin(workers: ServiceWorkerContainer): Promise<void> {
  await workers.register("/worker.js");
  const { active } = await workers.ready;
  active!.postMessage(location.pathname);
  await tell(workers);
}

async function end(workers: ServiceWorkerContainer): Promise<void> {
  await (await workers.getRegistration("/"))?.unregister();
  // Pages that are still open are served by the worker to their end: without its cache it keeps nothing.
  await caches.delete(KEPT);
}

// The worker is told which pictures, fonts and scripts the story on this page needed.
async function tell(workers: ServiceWorkerContainer): Promise<void> {
  if (!document.querySelector("#kept")) return;
  const { active } = await workers.ready;
  for (const picture of document.querySelectorAll<HTMLImageElement>(".art img")) picture.loading = "eager";
  new PerformanceObserver((list) => {
    active!.postMessage(list.getEntries().map((each) => each.name));
  }).observe({ type: "resource", buffered: true });
}
