// The one script of the public pages: comforts only, everything can be read without it.
// Loaded by layouts/reader.html; it must stay small, because every first visit pays for it.
import { offerKeeping } from "./keep";
import { applyLook, offerLook } from "./look";
import { readOn } from "./next";
import { enliven, pressed } from "./parts";

function start(): void {
  const story = document.querySelector<HTMLElement>("article.art");
  const foot = document.querySelector(".foot");
  if (story) {
    enliven(story);
    readOn(story);
    document.addEventListener("click", pressed);
  }
  if (!foot) return;
  enliven(foot);
  const reading = foot.querySelector<HTMLElement>("#reading");
  if (!reading) return;
  offerLook(reading);
  void offerKeeping(reading.querySelector<HTMLInputElement>("[name=keep]")!);
}

applyLook();
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
