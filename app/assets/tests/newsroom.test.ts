import assert from "node:assert/strict";
import { test } from "node:test";
import { losesWords, unsaved, written } from "../src/newsroom/decide.ts";

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
