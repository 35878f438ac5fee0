// Comfort for the newsroom's plain forms: leaving a page with unsaved words asks first, and Ctrl/⌘ S saves.
// Loaded, deferred, by layouts/newsroom.html; every page is whole without it.

const guarded = document.querySelector<HTMLFormElement>("form[data-guard]");

function written(form: HTMLFormElement): string {
  return JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrf_token"));
}

function guard(form: HTMLFormElement): void {
  const atFirst = written(form);
  let sending = false;
  form.addEventListener("submit", () => {
    sending = true;
  });
  // The page may come back from the browser's memory after a Back: it can be left unsaved again.
  addEventListener("pageshow", () => {
    sending = false;
  });
  addEventListener("beforeunload", (leaving) => {
    const isAnswer = form.querySelector("[aria-invalid], .clash") !== null;
    if (!sending && (isAnswer || written(form) !== atFirst)) leaving.preventDefault();
  });
  addEventListener("keydown", (key) => {
    if ((key.ctrlKey || key.metaKey) && key.key === "s") {
      key.preventDefault();
      form.requestSubmit();
    }
  });
}

if (guarded !== null) guard(guarded);

// An answer that asks for something is read first: focus goes to it, and screen readers say it.
document.querySelector<HTMLElement>("#mend, #clash-title")?.focus();
