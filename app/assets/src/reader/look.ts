// Text size and colours, as the reader chose them (reader/components/reading_choices.html has the choices and their words).
// reader.ts applies them before the page is painted, and listens to the choices at its foot.
import { chosen, mediaFor } from "./decide.ts";
import { steady } from "./place.ts";
import { choices, remember, remembered } from "./stored.ts";

const root = document.documentElement;

const apply: Record<string, (value: string) => void> = {
  // Everything is measured in rem, so that everything grows.
  size: (percent) => {
    root.style.fontSize = percent && `${percent}%`;
  },
  theme: (name) => {
    if (name) root.dataset.theme = name;
    else delete root.dataset.theme;
    for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) {
      const asDevice = (meta.dataset.media ??= meta.media);
      meta.media = mediaFor(name, asDevice);
    }
  },
};

// What this page shows; where nothing can be remembered, this alone knows it.
const shown: Record<string, string> = {};

export function applyLook(): void {
  for (const name in apply) {
    const value = (shown[name] = chosen(remembered(choices, name), shown[name]));
    apply[name]!(value);
    for (const option of document.getElementsByName(name) as NodeListOf<HTMLInputElement>) {
      option.checked = option.value === value;
    }
  }
}

export function offerLook(part: HTMLElement): void {
  applyLook();
  // A browser that comes back to a page fills in its forms as they were, and may bring all of the page from its
  // memory; and the reader may choose in another tab.
  for (const change of ["pageshow", "storage"]) addEventListener(change, applyLook);
  part.addEventListener("change", ({ target }) => {
    const option = target as HTMLInputElement;
    const { name, value } = option;
    if (!apply[name]) return;
    shown[name] = value;
    remember(choices, name, value);
    // All that stands above grows or shrinks; the choice stays under the reader's hand.
    steady(option, applyLook);
  });
}
