import assert from "node:assert/strict";
import { test } from "node:test";
import { lineAtCaret, losesWords, mayHelpToTryAgain, nudged, pointAt, problemOf, unsaved, written } from "../src/newsroom/decide.ts";

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

test("two states of a form differ by what was written, not by the token", () => {
  const before = written(form({ csrf_token: "one", headline: "River" }));
  assert.equal(written(form({ csrf_token: "two", headline: "River" })), before);
  assert.notEqual(written(form({ csrf_token: "one", headline: "Rivers" })), before);
});

test("two fields are not taken for one with both texts", () => {
  assert.notEqual(written(form({ a: "1", b: "2" })), written(form({ a: "12", b: "" })));
});

test("leaving asks where words would be lost", () => {
  const calm = { isSending: false, isRefused: false, before: "a", now: "a" };
  assert.equal(losesWords(calm), false);
  assert.equal(losesWords({ ...calm, now: "b" }), true);
  assert.equal(losesWords({ ...calm, isRefused: true }), true); // what the page shows was never saved
  assert.equal(losesWords({ ...calm, now: "b", isSending: true }), false);
  assert.equal(losesWords({ ...calm, isRefused: true, isSending: true }), false);
});

test("only what was changed is kept, with its version and without the token", () => {
  const fields = { csrf_token: "one", version: "3", headline: "River" };
  const before = written(form(fields));
  assert.equal(unsaved(before, [...form({ ...fields, csrf_token: "two" })]), undefined);
  assert.deepEqual(unsaved(before, [...form({ ...fields, headline: "Rivers" })]), [
    ["version", "3"],
    ["headline", "Rivers"],
  ]);
});

test("a figure stands below the block with the caret, and at the end where there was none", () => {
  const text = "One\n\nTwo\nmore\n\nThree";
  assert.equal(lineAtCaret(text, 2), 1);
  assert.equal(lineAtCaret(text, 7), 2);
  assert.equal(lineAtCaret(text, 10), 3);
  assert.ok(lineAtCaret(text, 0) > text.split("\n").length);
  assert.ok(lineAtCaret("", 0) > 0);
});

test("a file that is not taken says why, and is offered again where that can help", () => {
  assert.equal(problemOf(201, { id: 1, address: "/" }), "");
  assert.equal(problemOf(422, { error: "No picture." }), "No picture.");
  for (const answer of [null, "", {}, { error: 1 }]) assert.notEqual(problemOf(500, answer), "");
  assert.notEqual(problemOf(0, null), "");
  assert.deepEqual([0, 401, 409, 503, 413, 422].map(mayHelpToTryAgain), [true, true, true, true, false, false]);
});

test("the centre of interest stays on the picture", () => {
  const box = { left: 10, top: 20, width: 200, height: 100 };
  assert.deepEqual(pointAt({ clientX: 60, clientY: 95 }, box), { x: 25, y: 75 });
  assert.deepEqual(pointAt({ clientX: -5, clientY: 500 }, box), { x: 0, y: 100 });
  assert.deepEqual(nudged({ x: 50, y: 50 }, "ArrowLeft", 1), { x: 49, y: 50 });
  assert.deepEqual(nudged({ x: 50, y: 95 }, "ArrowDown", 10), { x: 50, y: 100 });
  assert.equal(nudged({ x: 50, y: 50 }, "Tab", 1), null);
});
