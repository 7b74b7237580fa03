// The review page at work: its keys and clicks, and what they do.

import { page, tell } from "./asking.js";
import { cards, choose, next, step, visit } from "./cards.js";
import { approveAll, decide, undo } from "./deciding.js";
import { cancel, edit, editing, insert, keep, preview, restore } from "./editing.js";
import { pollOn } from "./following.js";

const help = document.getElementById("help");
const single = document.getElementById("single");
const narrow = matchMedia("(max-width: 64rem)");

const ACTS = { a: "approve", p: "accept", m: "keep" };
const DOES = {
  j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
  n: next, u: undo, A: approveAll, e: () => edit(page.current), Enter: () => edit(page.current), c: () => edit(page.current, "noting"),
  "/": () => document.getElementById("search").select(), "?": () => help.showModal(),
  f: () => document.querySelector("#choices a")?.focus(),
};

// A letter is what Shift makes of it, whatever Caps Lock says: « A » approves all that is shown.
function meant({ key, shiftKey }) {
  if (key.length > 1) return key;
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
}

function typing(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

function leave(card) {
  if (cancel(card)) choose(card);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || help.open) return;
  const card = event.target.closest(".card");
  if (typing(event.target)) {
    if (event.key === "Escape" && card) leave(card);
    else if (event.key === "Escape") choose(page.current ?? cards()[0]);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && card) {
      event.preventDefault();
      const form = event.target.closest("form");
      const act = form.classList.contains("noting") ? "note" : event.shiftKey ? "save-approve" : "save";
      decide(card, act);
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !single.checked) return;
  const button = event.target.closest("a, button, summary, input");
  if (button && ["Enter", "ArrowDown", "ArrowUp"].includes(event.key)) return;
  const key = meant(event);
  const act = ACTS[key];
  if (act && page.current) {
    event.preventDefault();
    if (page.current.querySelector(`[data-act="${act}"]`)) decide(page.current, act);
    else tell(document.body.dataset.cannot);
  } else if (Object.hasOwn(DOES, key)) {
    event.preventDefault();
    DOES[key]();
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#choices a, .pages a");
  if (event.target.closest(".preview a")) return event.preventDefault();
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (narrow.matches) document.getElementById("filters").open = false;
    visit(link.href);
    return;
  }
  const card = event.target.closest(".card");
  if (card) choose(card, { focus: !event.target.closest("button, textarea, a") && !getSelection().toString() });
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.insert !== undefined) insert(button);
  else if (button.type !== "submit" && button.dataset.act) decide(card, button.dataset.act);
  else if (button.dataset.do) {
    ({ edit: () => edit(card), note: () => edit(card, "noting"), cancel: () => leave(card), next, undo,
      help: () => help.showModal(), "approve-all": approveAll })[button.dataset.do]?.();
  }
});

document.addEventListener("submit", (event) => {
  const card = event.target.closest(".card");
  if (card) {
    event.preventDefault();
    decide(card, event.submitter?.dataset.act ?? "save");
  } else if (event.target.matches(".search")) {
    event.preventDefault();
    visit(`/?${new URLSearchParams(new FormData(event.target))}`);
  }
});

document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.(".card");
  if (card && card !== page.current) choose(card, { focus: false });
});

let pause;
document.addEventListener("input", (event) => {
  const form = event.target.closest(".editor, .noting");
  if (!form) return;
  keep(form.closest(".card"), form);
  clearTimeout(pause);
  if (form.matches(".editor")) pause = setTimeout(() => preview(form), 350);
});

window.addEventListener("beforeunload", (event) => {
  if (editing()) event.preventDefault();
});
window.addEventListener("popstate", () => visit(location.href, undefined, { push: false }));

single.checked = localStorage.getItem("actes:single") !== "no";
single.addEventListener("change", () => localStorage.setItem("actes:single", single.checked ? "yes" : "no"));
if (narrow.matches) document.getElementById("filters").open = false;
cards().forEach(restore);
choose(cards().find((card) => card.classList.contains("needs")) ?? cards()[0], { focus: false });
setTimeout(pollOn, 300);
