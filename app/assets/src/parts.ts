// What stands in a page's templates works only with scripts: sharing, copying, players, choices. It is
// brought to life here, in the page's own language, and without scripts nobody sees a dead button.

/** Let the reader see what the unnamed templates in `part` hold, as far as this browser can do it. */
export function enliven(part: ParentNode): void {
  for (const template of part.querySelectorAll<HTMLTemplateElement>("template:not([id])")) {
    template.replaceWith(template.content);
  }
  // Both are there on secure addresses only.
  if (!navigator.clipboard) for (const each of part.querySelectorAll(".copy")) each.remove();
  if (!navigator.share) for (const each of part.querySelectorAll(".send")) each.remove();
  const player = document.querySelector<HTMLTemplateElement>("#player");
  if (player) {
    for (const embed of part.querySelectorAll(".embed[data-frame]")) embed.append(player.content.cloneNode(true));
  }
}

/** One listener for the buttons of every story on the page. */
export function pressed({ target }: Event): void {
  const button = (target as Element).closest<HTMLButtonElement>("button[type=button]");
  const embed = button?.closest<HTMLElement>(".embed");
  if (button && embed) return play(embed, button);
  const link = button?.closest(".share")?.querySelector<HTMLAnchorElement>("a");
  if (!button || !link) return;
  if (button.closest(".copy")) void copy(link.href, button);
  else navigator.share({ title: titleOf(button), url: link.href }).catch(() => {}); // the reader thought better of it
}

function titleOf(part: Element): string {
  return part.closest("article")?.querySelector("h1")?.textContent ?? document.title;
}

async function copy(address: string, button: HTMLElement): Promise<void> {
  const { done, failed } = button.dataset;
  let said = done;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    said = failed;
  }
  button.nextElementSibling!.textContent = said!;
}

// Only now does anything come from the provider. The link above the player stays.
function play(embed: HTMLElement, button: HTMLElement): void {
  const frame = document.createElement("iframe");
  frame.title = embed.querySelector("a")?.textContent ?? "";
  frame.allow = "fullscreen; encrypted-media; picture-in-picture";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
  frame.src = embed.dataset.frame!;
  button.replaceWith(frame);
  frame.focus();
}
