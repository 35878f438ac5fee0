// What a reader's browser remembers: choices for good, places for as long as the tab is open.
// Storage may be forbidden; then nothing is remembered, and everything works for this page alone.

export const choices = "localStorage";
export const positions = "sessionStorage";

type Store = typeof choices | typeof positions;

export function remembered(store: Store, key: string): string | null {
  try {
    return window[store].getItem(`stet:${key}`);
  } catch {
    return null;
  }
}

/** Whether it will be remembered. */
export function remember(store: Store, key: string, value: string): boolean {
  try {
    window[store].setItem(`stet:${key}`, value);
    return true;
  } catch {
    return false;
  }
}
