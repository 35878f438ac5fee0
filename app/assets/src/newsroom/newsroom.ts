// Comfort for the newsroom's plain forms: leaving a page with unsaved words asks first, and Ctrl/⌘ S saves.
// Loaded, deferred, by the newsroom's layout; every page is whole without it.
import { awaitImages } from "./awaiting.ts";
import { offerChoosing } from "./choosing.ts";
import { offerCopying } from "./copying.ts";
import { losesWords, written } from "./decide.ts";
import { offerFocus } from "./focus.ts";
import { keepUnsaved } from "./unsaved.ts";
import { receiveFiles, uploadList } from "./uploads.ts";

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
    const isRefused = form.matches("[data-unsaved]") || form.querySelector("[aria-invalid], .clash") !== null;
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
if (guarded?.classList.contains("edit-form") === true) offerChoosing(guarded);
offerCopying(document);
awaitImages(document);

const [focus, whole] = [document.querySelector<HTMLFormElement>("form.focus"), document.querySelector("img.whole-picture")];
if (focus !== null && whole instanceof HTMLImageElement) offerFocus(focus, whole);

// On the page of the library. The page of a single picture that was added is next, else the library with the new ones.
const library = document.querySelector<HTMLElement>("form.add-pictures");
if (library !== null) {
  const lines = uploadList();
  library.after(lines);
  receiveFiles(library, document.body, lines, (added, hasFailed) => {
    const [only] = added;
    if (only === undefined) return;
    const next = added.length === 1 ? only.address : (library.dataset["shows"] ?? "");
    if (!hasFailed) location.assign(next);
    else showLink(lines, next);
  });
}

function showLink(lines: HTMLElement, address: string): void {
  lines.querySelector(".more")?.remove();
  const [line, link] = [document.createElement("li"), document.createElement("a")];
  line.className = "more";
  link.className = "button";
  link.href = address;
  link.textContent = "Go on with what was added";
  line.append(link);
  lines.append(line);
}

// An answer that asks for something is read first: focus goes to it, and screen readers say it.
document.querySelector<HTMLElement>("#mend, #clash-title")?.focus();

// On a phone the tabs are a strip that scrolls: the one of this page is in sight.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
