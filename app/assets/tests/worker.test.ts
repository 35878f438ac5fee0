import assert from "node:assert/strict";
import { test } from "node:test";
import * as pages from "../src/worker/pages.ts";

const SITE = "https://paper.example";
const at = Date.UTC(2026, 2, 13, 8, 15);
const story = (headline: string, language = 'lang="en" dir="ltr"') => `<html lang="en" dir="ltr">
<script id="kept" type="text/html"><aside>Loaded on <time></time>.</aside></script>
<article class="story" ${language}><h1 id="story-1">${headline}</h1></article>`;
const LIST = `<html lang="en" dir="ltr"><h1>Kept on this device</h1>
<script id="away" type="text/html"><p>You are offline.</p></script>
<p class="small" id="none">Nothing is kept.</p>`;

process.env.TZ = "UTC";

test("the worker has to do with what readers get from this site, and never with the newsroom", () => {
  const ours = (address: string, method = "GET") => pages.isOurs(method, SITE + address, SITE);
  assert.ok(ours("/politics/river") && ours("/newsroom-moves") && ours("/politics/newsroom"));
  for (const each of ["/newsroom", "/newsroom/articles", "/NEWSROOM/articles"]) assert.ok(!ours(each), each);
  assert.ok(!ours("/politics/river", "POST"));
  assert.ok(!pages.isOurs("GET", "https://player.example/politics/river", SITE));
});

test("stories that say so may be kept, and the list itself", () => {
  assert.ok(pages.mayBeKept("/politics/river", story("River")));
  assert.ok(!pages.mayBeKept("/politics", "<h1>Politics</h1>"));
  assert.ok(pages.mayBeKept(pages.LIST, LIST));
});

test("the list and what pages need are no stories", () => {
  const kept = ["/kept", "/media/one.webp", "/politics/river", "/static/build/a-0123456789.woff2", "/about"];
  assert.deepEqual(pages.storiesOf(kept.map((each) => SITE + each)), ["/politics/river", "/about"]);
});

test("of more than fifty stories the oldest go", () => {
  const stories = Array.from({ length: 52 }, (_, index) => `/politics/${index}`);
  assert.deepEqual(pages.surplus(stories), ["/politics/0", "/politics/1"]);
  assert.deepEqual(pages.surplus(stories.slice(2)), []);
  assert.deepEqual(pages.surplus(["/politics/0"]), []);
});

test("pictures that no kept page names go, and pages never do", () => {
  const kept = ["/media/one.webp", "/media/two.webp", "/politics/river"].map((each) => SITE + each);
  assert.deepEqual(pages.unnamed(kept, ['<img src="/media/one.webp">']), [`${SITE}/media/two.webp`]);
  assert.deepEqual(pages.unnamed(kept, []), [`${SITE}/media/one.webp`, `${SITE}/media/two.webp`]);
});

test("a copy says when it was loaded, in the page's language", () => {
  const english = pages.dated(story("River"), at);
  const time = '<time datetime="2026-03-13T08:15:00.000Z">13 March at 08:15</time>';
  assert.ok(english.includes(`<aside>Loaded on ${time}.</aside>`), english);
  assert.ok(!english.includes("<script"));
  const russian = pages.dated(story("River").replace('<html lang="en"', '<html lang="ru"'), at);
  assert.match(russian, />13 марта в 08:15</);
});

test("a copy that an older site gave says so as well", () => {
  const older = story("River").replaceAll("script", "template");
  assert.match(pages.dated(older, at), /<aside>Loaded on <time[^>]*>13 March at 08:15</);
});

test("the list has a line for each kept story, in the story's own language", () => {
  const item = pages.listItem(LIST, "/politics/reka", story("Река &amp; мост", 'lang="ru" dir="ltr"'), at);
  assert.ok(item.includes('<h2 lang="ru" dir="ltr"><a href="/politics/reka">Река &amp; мост</a></h2>'), item);
  assert.match(item, /Kept on this device<br><time[^>]*>13 March at 08:15</);
});

test("the list stands in place of the words that nothing is kept", () => {
  const filled = pages.listPage(LIST, "<li>$& $1</li>", false); // a headline may hold what replacing knows
  assert.ok(filled.includes("<li>$& $1</li></ul>") && !filled.includes("Nothing is kept"), filled);
  assert.equal(pages.listPage(LIST, "", false), LIST);
});

test("shown instead of a page that is not kept, the list says so", () => {
  const away = pages.listPage(LIST, "", true);
  assert.ok(away.includes("<p>You are offline.</p>") && !away.includes("<script"), away);
});
