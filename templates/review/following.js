// What changes on disk meanwhile, by whatever hand: looked for again and again, and shown.

import { ask, list, page, parsed, show } from "./asking.js";
import { choose } from "./cards.js";
import { openForm } from "./editing.js";

function changesQuery() {
  const values = new URLSearchParams(location.search);
  values.set("version", page.version);
  return values;
}

async function poll() {
  if (document.hidden || page.busy) return;
  const answer = await ask(`/changes?${changesQuery()}`);
  if (page.busy) return;
  if (!answer.version) return lost(answer);
  page.lost = false;
  if (answer.same) return show({ parts: answer.parts });
  const all = await ask(`/list${location.search}`);
  if (page.busy || !all.parts) return;
  const { cards: html, ...parts } = all.parts;
  const writing = list.querySelector("form:not([hidden])");
  show({ parts, version: writing ? "" : all.version }); // while somebody writes, all the rest waits
  steadily(() => (writing ? patch : renew)(parsed(html)));
}

// Said once, not at every look.
function lost(answer) {
  if (!page.lost) show(answer);
  page.lost = true;
}

// What is read stays where it is, whatever comes or goes above it.
function steadily(change) {
  const id = page.current?.id;
  const top = page.current?.getBoundingClientRect().top;
  change();
  const now = document.getElementById(id ?? "");
  if (now) scrollBy(0, now.getBoundingClientRect().top - top);
}

function renew(fresh) {
  const old = page.current;
  const inside = old?.contains(document.activeElement);
  const now = fresh.querySelector(`#${old?.id ?? "none"}`);
  const same = now && now.dataset.digest === old.dataset.digest;
  if (same) now.replaceWith(old); // with what is remembered beside it
  list.replaceChildren(fresh);
  page.current = null;
  choose(same ? old : now, { focus: inside });
  if (inside && !now) list.focus();
}

// Nothing moves while somebody writes. The cards that changed are shown as they are; the one that is
// written in shows its new text beside theirs and answers to what they began from: the server will
// tell the conflict when they save.
function patch(fresh) {
  for (const card of fresh.querySelectorAll(".card")) {
    const old = document.getElementById(card.id);
    if (!old || old.dataset.digest === card.dataset.digest) continue;
    if (openForm(old)) compare(old, card);
    else old.replaceWith(card);
    if (old === page.current && !openForm(old)) choose(card, { focus: false });
  }
}

function compare(card, fresh) {
  const parts = [".source", ".now"].map((part) => [card.querySelector(part), fresh.querySelector(part)]);
  const changed = parts.some(([old, now]) => old.textContent !== now.textContent);
  for (const [old, now] of parts) old.replaceWith(now);
  card.dataset.digest = fresh.dataset.digest;
  if (!changed) return; // remarks alone
  card.classList.add("outdated");
  for (const words of card.querySelectorAll(".meanwhile")) words.hidden = false;
}

// While texts are still being read, the list grows under the reader's eyes: look more often.
export async function pollOn() {
  await poll();
  const pause = Number(document.body.dataset.poll);
  setTimeout(pollOn, document.getElementById("reading") ? pause / 5 : pause);
}
