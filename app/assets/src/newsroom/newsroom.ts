// Comfort for the newsroom's plain forms: leaving a page with unsaved words asks first, and Ctrl/⌘ S saves.
// Loaded, deferred, by the newsroom's layout; every page is whole without it.
import { offerCopying } from "./copying.ts";
import { losesWords, written } from "./decide.ts";
import { keepUnsaved } from "./unsaved.ts";

const guarded = document.querySelector<HTMLFormElement>("form[data-guard]");

function guard(form: HTMLFormElement): void {
  const before = written(new FormData(form));
  let isSending = false;
  keepUnsaved(form, () => isSending);
  form.addEventListener("submit", () => {
    isSending = true;
  });
  // The page may come back from the browser's memory after a Back: it can be left unsaved again.
  addEventListener("pageshow", () => {
    isSending = false;
  });
  addEventListener("beforeunload", (leaving) => {
    const isRefused = form.querySelector("[aria-invalid], .clash") !== null;
    const now = written(new FormData(form));
    if (losesWords({ isSending, isRefused, before, now })) leaving.preventDefault();
  });
  addEventListener("keydown", (key) => {
    if ((key.ctrlKey || key.metaKey) && key.key === "s") {
      key.preventDefault();
      form.requestSubmit();
    }
  });
}

if (guarded !== null) guard(guarded);
offerCopying(document);

// An answer that asks for something is read first: focus goes to it, and screen readers say it.
document.querySelector<HTMLElement>("#mend, #clash-title")?.focus();

// On a phone the tabs are a strip that scrolls: the one of this page is in sight.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
