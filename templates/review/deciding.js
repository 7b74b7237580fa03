// Decisions: handed to the server with what was seen, and shown as they were taken.

import { ask, page, show, tell } from "./asking.js";
import { cards, choose, next, replace, visit } from "./cards.js";
import { changed, edit, editing, field, forget, keep, openForm, preview } from "./editing.js";

export async function decide(card, act) {
  if (!card || page.busy) return;
  const form = openForm(card);
  const values = { act, key: card.dataset.key, seen: card.dataset.seen };
  if (form && ["save", "save-approve"].includes(act)) values.words = field(form).value;
  else if (form && act === "note") values.note = field(form).value;
  else if (form && changed(form)) return tell(document.body.dataset.left);
  page.busy = true;
  const answer = await ask(`/decide${location.search}`, values);
  page.busy = false;
  if (answer.taken || answer.conflict) forget(card); // the next save answers to what is shown now
  if (answer.taken) for (const open of card.querySelectorAll("form")) open.reset();
  const told = answer.conflict && answer.cards?.[card.id]; // on its card, with both texts
  show(told ? { ...answer, said: "" } : answer);
  replace(answer.cards);
  const now = document.getElementById(card.id);
  if (told && now && values.words !== undefined) return retype(now, values.words);
  if (answer.taken && ["approve", "save-approve"].includes(act)) await next();
  else if (now) choose(now);
}

// After a conflict the person goes on with their own words, beside those that stand there now.
function retype(card, words) {
  choose(card, { focus: false });
  edit(card);
  const form = openForm(card);
  if (!form) return;
  field(form).value = words;
  keep(card, form);
  preview(form);
  card.querySelector(".conflict")?.scrollIntoView({ block: "nearest" });
}

export async function approveAll() {
  if (page.busy) return;
  const shown = cards().filter((card) => card.querySelector('[data-act="approve"]'));
  if (!shown.length || editing()) return tell(editing() ? document.body.dataset.left : "");
  const pairs = shown.map((card) => [card.dataset.key, card.dataset.seen]);
  page.busy = true;
  const answer = await ask(`/approve-shown${location.search}`, { pairs: JSON.stringify(pairs) });
  page.busy = false;
  show(answer);
  replace(answer.cards);
}

export async function undo() {
  if (page.busy) return;
  page.busy = true;
  const answer = await ask(`/undo${location.search}`, { last: "1" });
  page.busy = false;
  show(answer);
  if (answer.anchor && !document.getElementById(answer.anchor)) await visit(answer.address, answer.anchor);
  else {
    replace(answer.cards);
    choose(document.getElementById(answer.anchor ?? ""));
  }
}
