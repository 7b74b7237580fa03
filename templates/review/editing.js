// Editing in the translation's place: the forms of a card, their preview, and what is typed in them.

import { ask, list, parsed, tell } from "./asking.js";

export const openForm = (card) => card?.querySelector("form.editor:not([hidden]), form.noting:not([hidden])");
export const field = (form) => form.querySelector("textarea");
export const changed = (form) => field(form).value !== field(form).defaultValue;
export const editing = () => [...list.querySelectorAll("form:not([hidden])")].some(changed);
export const confirmLeave = () => window.confirm(document.body.dataset.left);

export function edit(card, kind = "editor") {
  const form = card?.querySelector(`form.${kind}`);
  if (!form) return;
  for (const other of card.querySelectorAll("form")) other.hidden = other !== form;
  form.hidden = false;
  const area = field(form);
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  if (kind === "editor") preview(form);
}

// Whether a form of the card was closed.
export function cancel(card) {
  const form = openForm(card);
  if (!form || (changed(form) && !confirmLeave())) return false;
  form.reset();
  form.hidden = true;
  forget(card);
  return true;
}

export async function preview(form) {
  const words = field(form).value;
  const answer = await ask("/preview", { words, key: form.closest(".card").dataset.key });
  if (field(form).value === words) form.querySelector(".preview").replaceChildren(parsed(answer.html ?? ""));
}

// What was typed outlives a reload of the page, in this tab alone; of a confidential text nothing is kept.
const draftName = (card, form) => `actes:${card.dataset.key}:${form.className}`;

export function keep(card, form) {
  if ("confidential" in card.dataset) return;
  const draft = { seen: card.dataset.seen, words: field(form).value };
  sessionStorage.setItem(draftName(card, form), JSON.stringify(draft));
}

export function forget(card) {
  for (const form of card.querySelectorAll("form")) sessionStorage.removeItem(draftName(card, form));
}

export function restore(card) {
  for (const form of card.querySelectorAll("form")) {
    const kept = sessionStorage.getItem(draftName(card, form));
    if (!kept) continue;
    const { seen, words } = JSON.parse(kept);
    if (words === field(form).defaultValue) {
      forget(card);
      continue;
    }
    // What it was typed beside stays what it is judged by: the server tells a conflict, not we.
    card.dataset.seen = seen;
    field(form).value = words;
    form.hidden = false;
    tell(document.body.dataset.restored);
    if (form.classList.contains("editor")) preview(form);
  }
}

export function insert(button) {
  const card = button.closest(".card");
  const form = card.querySelector("form.editor");
  if (!form) return;
  if (form.hidden) edit(card);
  const area = field(form);
  const whole = "whole" in button.dataset;
  const [from, to] = whole ? [0, area.value.length] : [area.selectionStart, area.selectionEnd];
  area.setRangeText(button.dataset.insert, from, to, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}
