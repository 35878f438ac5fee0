// Text size and colours, as the reader chose them (components/reading.html has the choices and their words).
// reader.ts applies them before the page is painted, and listens to the choices at its foot.
import { choices, remember, remembered } from "./stored";

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
      meta.media = !name ? asDevice : asDevice.includes(name) ? "all" : "not all";
    }
  },
};

export function applyLook(): void {
  for (const name in apply) apply[name]!(remembered(choices, name) ?? "");
}

export function offerLook(part: HTMLElement): void {
  for (const name in apply) {
    const value = remembered(choices, name) ?? "";
    const option = part.querySelector<HTMLInputElement>(`[name=${name}][value="${CSS.escape(value)}"]`);
    if (option) option.checked = true;
  }
  part.addEventListener("change", ({ target }) => {
    const { name, value } = target as HTMLInputElement;
    const chosen = apply[name];
    if (!chosen) return;
    const before = part.getBoundingClientRect().top;
    chosen(value);
    remember(choices, name, value);
    // All that stands above has grown or shrunk; the choice stays under the reader's hand.
    scrollBy({ top: part.getBoundingClientRect().top - before, behavior: "instant" });
  });
}
