// Unsaved words after the browser's Back or a reload. Browsers would put them into a form that is based on a newer
// version of the draft, and saving that would undo what others have saved since. So the forms say
// autocomplete="off", and here the words come back together with the version that they were typed over.
import { unsaved, written } from "./decide.ts";

type State = { unsaved?: [string, string][] } | null;

/** Give a form back what was typed into it, and keep what is typed until it is sent. `isSending` says that it was. */
export function keepUnsaved(form: HTMLFormElement, isSending: () => boolean): void {
  const before = written(new FormData(form));
  for (const [name, value] of (history.state as State)?.unsaved ?? []) fill(form, name, value);
  addEventListener("pagehide", () => {
    const typed = isSending() ? undefined : unsaved(before, [...new FormData(form)]);
    history.replaceState({ ...(history.state as State), unsaved: typed }, "");
  });
}

function fill(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  const isField =
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
  if (isField) field.value = value;
}
