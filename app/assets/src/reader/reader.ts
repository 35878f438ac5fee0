// The one script of the public pages: comforts only, everything can be read without it.
// Loaded by reader/layout.html; it must stay small, because every first visit pays for it.
import { offerKeeping } from "./keep.ts";
import { applyLook, offerLook } from "./look.ts";
import { readOn } from "./next.ts";
import { enliven, pressed } from "./parts.ts";

function start(): void {
  const story = document.querySelector<HTMLElement>(".story");
  if (story) {
    enliven(story);
    readOn(story);
    document.addEventListener("click", pressed);
  }
  const foot = document.querySelector<HTMLElement>(".footer")!;
  enliven(foot);
  offerLook(foot);
  void offerKeeping(foot.querySelector<HTMLInputElement>("[name=keep]")!);
}

applyLook();
document.addEventListener("DOMContentLoaded", start); // it stands in the page's head
