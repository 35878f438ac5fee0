// What the script decides, apart from the page that it is done to, so that tests/*.test.ts can ask it.

/** The value of a choice: as it is remembered, else as this page shows it, else the usual one. */
export const chosen = (remembered: string | null, shown?: string) => remembered ?? shown ?? "";

/** The media for which a `theme-color` holds that is `asDevice` until the reader chooses a theme. */
export function mediaFor(theme: string, asDevice: string): string {
  if (!theme) return asDevice;
  return asDevice.includes(theme) ? "all" : "not all";
}

/** How far into a story the reader was, if this way of coming to a page leads back there; else null. */
export const depthAfter = (navigation: string, kept: string | null) =>
  /reload|back/.test(navigation) && kept ? +kept : null;

/** Which of the stories that stand below each other is being read: it crosses `middle`. -1 for none. */
export const readAt = (middle: number, stories: { top: number; bottom: number }[]) =>
  stories.findIndex(({ top, bottom }) => top <= middle && bottom > middle);
