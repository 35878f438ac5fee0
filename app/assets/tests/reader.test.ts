import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, depthAfter, mediaFor, readAt } from "../src/reader/decide.ts";
import { choices, positions, remember, remembered } from "../src/reader/stored.ts";
import { isGone } from "../src/shared/kept.ts";

test("a remembered choice goes before what the page shows, and the usual one comes last", () => {
  assert.equal(chosen("dark", "light"), "dark");
  assert.equal(chosen("", "light"), ""); // the reader has gone back to the usual one
  assert.equal(chosen(null, "light"), "light");
  assert.equal(chosen(null), "");
});

test("the browser's bars take the colour of the chosen theme, else of the device's", () => {
  const [light, dark] = ["(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"];
  assert.deepEqual([mediaFor("", light), mediaFor("", dark)], [light, dark]);
  assert.deepEqual([mediaFor("dark", light), mediaFor("dark", dark)], ["not all", "all"]);
  assert.deepEqual([mediaFor("light", light), mediaFor("light", dark)], ["all", "not all"]);
});

test("Back and reload lead to where the reader was, a link to the top", () => {
  assert.equal(depthAfter("back_forward", "1200.5"), 1200.5);
  assert.equal(depthAfter("reload", "-30"), -30); // the end of the story before was still to be seen
  assert.equal(depthAfter("reload", "0"), 0);
  assert.equal(depthAfter("navigate", "1200"), null);
  assert.equal(depthAfter("reload", null), null);
});

test("the story across the middle of the screen is the one that is read", () => {
  const stories = [
    { top: -900, bottom: 100 },
    { top: 300, bottom: 2000 },
  ];
  assert.equal(readAt(400, stories), 1);
  assert.equal(readAt(50, stories), 0);
  assert.equal(readAt(200, stories), -1); // the way on to the next
  assert.equal(readAt(100, stories), -1); // a story ends above its lower edge
  assert.equal(readAt(300, stories), 1);
  assert.equal(readAt(400, []), -1);
});

test("only these answers say that a story is gone; a fault may pass", () => {
  assert.deepEqual([404, 410, 500, 503, 200, 0].filter(isGone), [404, 410]);
});

test("what is remembered is found again, for good or for the tab", () => {
  globalThis.window = globalThis as Window & typeof globalThis;
  assert.equal(remembered(choices, "theme"), null);
  assert.equal(remember(choices, "theme", "dark"), true);
  assert.equal(remembered(choices, "theme"), "dark");
  assert.equal(localStorage.getItem("stet:theme"), "dark");
  assert.equal(remembered(positions, "theme"), null);
  localStorage.clear();
});

test("a browser that allows no storage remembers nothing, and nothing fails", () => {
  Reflect.deleteProperty(globalThis, "window");
  assert.equal(remember(positions, "/politics/river", "120"), false);
  assert.equal(remembered(positions, "/politics/river"), null);
});
