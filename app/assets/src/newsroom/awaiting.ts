// Pictures whose sizes are still being made appear by themselves when they are ready.

const PAUSE = 1500; // milliseconds
const TRIES = 40;

/** Replace each place below `root` that waits for an image by the image, once it is there. */
export function awaitImages(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-image]")) void awaitOne(place);
}

async function awaitOne(place: HTMLElement): Promise<void> {
  const address = place.dataset["image"] ?? "";
  for (let tries = 0; tries < TRIES; tries++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (!place.isConnected) return;
    const answer = await fetch(address, { method: "HEAD" }).catch(() => undefined);
    if (answer?.ok !== true) continue;
    const image = document.createElement("img");
    image.src = address;
    image.alt = "";
    place.replaceWith(image);
    return;
  }
}
