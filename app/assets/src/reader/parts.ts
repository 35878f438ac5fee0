// What works only with scripts (sharing, copying, players, choices) stands in a page as text for scripts. It is
// brought to life here, in the page's own language, and without scripts nobody sees or is read a dead button:
// browsers that know no <template> would show what is in one.

const A_WHILE = 4000; // milliseconds

/** Let the reader see what waits without a name in `part`, as far as this browser can do it. */
export function enliven(part: ParentNode): void {
  for (const waiting of part.querySelectorAll("[type='text/html']:not([id])")) {
    waiting.outerHTML = waiting.textContent!;
  }
  // Both are there on secure addresses only. A link to the page itself is for those who cannot copy it.
  const idle = (navigator.clipboard ? ".link" : ".copy") + ("share" in navigator ? "" : ",.send");
  for (const each of part.querySelectorAll<HTMLElement>(idle)) each.hidden = true;
  const player = document.querySelector("#player");
  if (player) {
    for (const embed of part.querySelectorAll(".embed[data-frame]")) {
      embed.insertAdjacentHTML("beforeend", player.textContent!);
    }
  }
}

/** One listener for the buttons of every story on the page. */
export function pressed({ target }: Event): void {
  const button = (target as Element).closest("button");
  const story = button?.closest<HTMLElement>(".story");
  if (!button || !story) return;
  const embed = button.closest<HTMLElement>(".embed");
  if (embed) return play(embed, button);
  const link = story.querySelector<HTMLElement>(".link")!;
  const url = link.querySelector("a")!.href;
  if (button.closest(".copy")) void copy(url, link, button);
  else navigator.share({ title: story.dataset.title!, url }).catch(() => {}); // the reader thought better of it
}

// The button itself says it, in the room that it has: nothing beside it moves, and after a while it can copy again.
async function copy(address: string, link: HTMLElement, button: HTMLElement): Promise<void> {
  const status = button.nextElementSibling!;
  if (status.textContent) return; // it still says so
  const { done, failed } = button.dataset;
  const words = button.textContent;
  let said = done!;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    said = failed!;
    link.hidden = false;
  }
  button.style.minInlineSize = `${button.getBoundingClientRect().width}px`;
  button.textContent = status.textContent = said;
  setTimeout(() => {
    button.textContent = words;
    button.style.minInlineSize = status.textContent = "";
  }, A_WHILE);
}

// Only now does anything come from the provider. The link above the player stays.
function play(embed: HTMLElement, button: HTMLElement): void {
  const { content } = button.nextElementSibling as HTMLTemplateElement;
  const frame = content.querySelector("iframe")!;
  frame.title = embed.querySelector("a")!.textContent!;
  frame.src = embed.dataset.frame!;
  button.replaceWith(frame);
  frame.focus();
}
