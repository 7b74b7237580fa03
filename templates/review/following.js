// What changes on disk meanwhile, by whatever hand: looked for again and again, and shown.

import { ask, list, page, parsed, show } from "./asking.js";
import { cards, choose } from "./cards.js";
import { changed, openForm } from "./editing.js";

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
  show({ ...all, parts });
  reconcile(parsed(html));
}

// Said once, not at every look.
function lost(answer) {
  if (!page.lost) show(answer);
  page.lost = true;
}

// Cards that say the same stay untouched, with what is being typed in them. One whose text changed
// while somebody types in it shows the new text beside theirs, and answers to what they began from:
// the server will tell the conflict when they save.
function reconcile(fresh) {
  const kept = new Map(cards().filter((card) => openForm(card) || card === page.current).map((card) => [card.id, card]));
  const focused = document.activeElement;
  for (const card of fresh.querySelectorAll(".card")) {
    const old = kept.get(card.id);
    if (!old) continue;
    const typed = openForm(old) && changed(openForm(old));
    if (old.dataset.digest !== card.dataset.digest && !typed) continue;
    if (old.dataset.digest !== card.dataset.digest) compare(old, card);
    card.replaceWith(old);
    kept.delete(card.id);
  }
  const elsewhere = [...kept.values()].filter((card) => openForm(card) && changed(openForm(card)));
  fresh.querySelector(".head")?.after(...elsewhere);
  const id = page.current?.id;
  const inside = page.current?.contains(focused);
  list.replaceChildren(fresh);
  page.current = null;
  if (id) choose(document.getElementById(id), { focus: false });
  if (inside) (focused.isConnected ? focused : document.getElementById(id))?.focus({ preventScroll: true });
}

function compare(card, fresh) {
  for (const part of [".source", ".now"]) card.querySelector(part).replaceWith(fresh.querySelector(part));
  card.dataset.digest = fresh.dataset.digest;
  card.classList.add("outdated");
  for (const words of card.querySelectorAll(".meanwhile")) words.hidden = false;
}

// While texts are still being read, the list grows under the reader's eyes: look more often.
export async function pollOn() {
  await poll();
  const pause = Number(document.body.dataset.poll);
  setTimeout(pollOn, document.getElementById("reading") ? pause / 5 : pause);
}
