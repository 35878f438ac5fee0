// What a reader's browser remembers: choices for good, places for as long as the tab is open.
// Storage may be forbidden; then nothing is remembered, and everything works for this page alone.

export const choices = () => localStorage;
export const positions = () => sessionStorage;

export function remembered(store: () => Storage, key: string): string | null {
  try {
    return store().getItem(`stet:${key}`);
  } catch {
    return null;
  }
}

/** Whether it will be remembered. */
export function remember(store: () => Storage, key: string, value: string): boolean {
  try {
    store().setItem(`stet:${key}`, value);
    return true;
  } catch {
    return false;
  }
}
