// The review page at work: keys, decisions, what changes on disk. The server makes all HTML (escaped
// there) and holds every rule; this module only asks, shows the answer, and keeps the focus.

const list = document.getElementById("cards");
const said = document.getElementById("said");
const help = document.getElementById("help");
const single = document.getElementById("single");
const narrow = matchMedia("(max-width: 64rem)");
let current = null;
let busy = false;
let version = document.body.dataset.version;

// -- asking the server ----------------------------------------------------------------------------

async function ask(path, values) {
  const options = { headers: { Accept: "application/json" } };
  if (values) Object.assign(options, { method: "POST", body: new URLSearchParams(values) });
  try {
    const answer = await fetch(path, options);
    return answer.headers.get("content-type")?.startsWith("application/json")
      ? await answer.json()
      : { said: document.body.dataset.lost };
  } catch {
    return { said: document.body.dataset.lost };
  }
}

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

function tell(words) {
  said.textContent = "";
  if (!words) return;
  requestAnimationFrame(() => { said.textContent = words; });
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { said.textContent = ""; }, 6000);
}

function show(answer) {
  for (const [id, html] of Object.entries(answer.parts ?? {})) {
    const place = document.getElementById(id);
    const focused = place.contains(document.activeElement) && document.activeElement.getAttribute("href");
    place.replaceChildren(parsed(html));
    if (focused) [...place.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  }
  if ("undoable" in answer) document.getElementById("undo").disabled = !answer.undoable;
  if (answer.version) version = answer.version;
  tell(answer.said);
}

function replace(cards) {
  for (const [id, html] of Object.entries(cards ?? {})) {
    const old = document.getElementById(id);
    if (!old) continue;
    const fresh = parsed(html).firstElementChild;
    old.replaceWith(fresh);
    if (current === old) choose(fresh, { focus: old.contains(document.activeElement) || document.activeElement === document.body });
    restore(fresh);
  }
}

// -- the current card -----------------------------------------------------------------------------

const cards = () => [...list.querySelectorAll(".card")];

function choose(card, { focus = true } = {}) {
  if (!card) return;
  if (current && current !== card) {
    current.classList.remove("current");
    current.tabIndex = -1;
  }
  current = card;
  card.classList.add("current");
  card.tabIndex = 0;
  if (focus) {
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }
  clearTimeout(choose.timer);
  choose.timer = setTimeout(() => remember(card), 200);
}

async function remember(card) {
  const place = card.querySelector(".beside");
  if (!place || place.dataset.asked) return;
  place.dataset.asked = "yes";
  const answer = await ask(`/beside?${new URLSearchParams({ key: card.dataset.key })}`);
  if (answer.later) {
    delete place.dataset.asked;
    setTimeout(() => card === current && remember(card), 1000);
  }
  place.replaceChildren(parsed(answer.html ?? ""));
  place.hidden = !place.childElementCount;
}

function step(by) {
  const all = cards();
  const at = all.indexOf(current) + by;
  if (current && at >= all.length) return follow('.pages [rel="next"]');
  if (current && at < 0) return follow('.pages [rel="prev"]');
  choose(all[Math.max(0, at)]);
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) visit(link.href);
}

async function next() {
  const all = cards();
  const after = all.slice(all.indexOf(current) + 1).find((card) => card.classList.contains("needs"));
  if (after) return choose(after);
  const values = new URLSearchParams(location.search);
  values.set("after", (current ?? all.at(-1))?.dataset.key ?? "");
  const answer = await ask(`/next?${values}`);
  if (answer.address) await visit(answer.address, answer.anchor);
  else tell(answer.said);
}

// -- going from one list to another without a new page ------------------------------------------------

async function visit(address, anchor, { push = true } = {}) {
  if (editing() && !confirmLeave()) return;
  const target = new URL(address, location.href);
  const answer = await ask(`/list${target.search}`);
  if (!answer.parts) return show(answer);
  if (push) history.pushState(null, "", target.pathname + target.search);
  current = null;
  show(answer);
  document.getElementById("search").value = target.searchParams.get("q") ?? "";
  cards().forEach(restore);
  const first = anchor ? document.getElementById(anchor) : cards()[0];
  if (first) choose(first);
  else list.focus();
  if (!anchor) scrollTo({ top: 0 });
}

// -- editing --------------------------------------------------------------------------------------

const openForm = (card) => card?.querySelector("form.editor:not([hidden]), form.noting:not([hidden])");
const field = (form) => form.querySelector("textarea");
const changed = (form) => field(form).value !== field(form).defaultValue;
const editing = () => [...list.querySelectorAll("form:not([hidden])")].some(changed);
const confirmLeave = () => window.confirm(document.body.dataset.left);

function edit(card, kind = "editor") {
  const form = card?.querySelector(`form.${kind}`);
  if (!form) return;
  for (const other of card.querySelectorAll("form")) other.hidden = other !== form;
  form.hidden = false;
  const area = field(form);
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  if (kind === "editor") preview(form);
}

function cancel(card) {
  const form = openForm(card);
  if (!form || (changed(form) && !confirmLeave())) return;
  form.reset();
  form.hidden = true;
  forget(card);
  choose(card);
}

async function preview(form) {
  const words = field(form).value;
  const answer = await ask("/preview", { words, key: form.closest(".card").dataset.key });
  if (field(form).value === words) form.querySelector(".preview").replaceChildren(parsed(answer.html ?? ""));
}

// What was typed outlives a reload of the page, in this tab alone; of a confidential text nothing is kept.
const draftName = (card, form) => `actes:${card.dataset.key}:${form.className}`;

function keep(card, form) {
  if ("confidential" in card.dataset) return;
  const draft = { seen: card.dataset.seen, words: field(form).value };
  sessionStorage.setItem(draftName(card, form), JSON.stringify(draft));
}

function forget(card) {
  for (const form of card.querySelectorAll("form")) sessionStorage.removeItem(draftName(card, form));
}

function restore(card) {
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

function insert(button) {
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

// -- decisions ------------------------------------------------------------------------------------

async function decide(card, act) {
  if (!card || busy) return;
  const form = openForm(card);
  const values = { act, key: card.dataset.key, seen: card.dataset.seen };
  if (form && ["save", "save-approve"].includes(act)) values.words = field(form).value;
  else if (form && act === "note") values.note = field(form).value;
  else if (form && changed(form)) return tell(document.body.dataset.left);
  busy = true;
  const answer = await ask(`/decide${location.search}`, values);
  busy = false;
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

async function approveAll() {
  if (busy) return;
  const shown = cards().filter((card) => card.querySelector('[data-act="approve"]'));
  if (!shown.length || editing()) return tell(editing() ? document.body.dataset.left : "");
  const pairs = shown.map((card) => [card.dataset.key, card.dataset.seen]);
  busy = true;
  const answer = await ask(`/approve-shown${location.search}`, { pairs: JSON.stringify(pairs) });
  busy = false;
  show(answer);
  replace(answer.cards);
}

async function undo() {
  if (busy) return;
  busy = true;
  const answer = await ask(`/undo${location.search}`, { last: "1" });
  busy = false;
  show(answer);
  if (answer.anchor && !document.getElementById(answer.anchor)) await visit(answer.address, answer.anchor);
  else {
    replace(answer.cards);
    choose(document.getElementById(answer.anchor ?? ""));
  }
}

// -- what changes on disk -------------------------------------------------------------------------

function changesQuery() {
  const values = new URLSearchParams(location.search);
  values.set("version", version);
  return values;
}

async function poll() {
  if (document.hidden || busy) return;
  const answer = await ask(`/changes?${changesQuery()}`);
  if (busy || !answer.version) return;
  if (answer.same) {
    show({ parts: answer.parts });
    return;
  }
  const all = await ask(`/list${location.search}`);
  if (busy || !all.parts) return;
  const { cards: html, ...parts } = all.parts;
  show({ ...all, parts, said: "" });
  reconcile(parsed(html));
}

// Cards that say the same stay untouched, with what is being typed in them. One whose text changed
// while somebody types in it shows the new text beside theirs, and answers to what they began from:
// the server will tell the conflict when they save.
function reconcile(fresh) {
  const kept = new Map(cards().filter((card) => openForm(card) || card === current).map((card) => [card.id, card]));
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
  const id = current?.id;
  const inside = current?.contains(focused);
  list.replaceChildren(fresh);
  current = null;
  if (id) choose(document.getElementById(id), { focus: false });
  if (inside) (focused.isConnected ? focused : document.getElementById(id))?.focus({ preventScroll: true });
}

function compare(card, fresh) {
  for (const part of [".source", ".now"]) card.querySelector(part).replaceWith(fresh.querySelector(part));
  card.dataset.digest = fresh.dataset.digest;
  card.classList.add("outdated");
  for (const words of card.querySelectorAll(".meanwhile")) words.hidden = false;
}

// -- keys and clicks ------------------------------------------------------------------------------

const ACTS = { a: "approve", p: "accept", m: "keep" };
const DOES = {
  j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
  n: next, u: undo, A: approveAll, e: () => edit(current), Enter: () => edit(current), c: () => edit(current, "noting"),
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

document.addEventListener("keydown", (event) => {
  if (event.isComposing || help.open) return;
  const card = event.target.closest(".card");
  if (typing(event.target)) {
    if (event.key === "Escape" && card) cancel(card);
    else if (event.key === "Escape") choose(current ?? cards()[0]);
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
  if (act && current) {
    event.preventDefault();
    if (current.querySelector(`[data-act="${act}"]`)) decide(current, act);
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
    ({ edit: () => edit(card), note: () => edit(card, "noting"), cancel: () => cancel(card), next, undo,
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
  if (card && card !== current) choose(card, { focus: false });
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

// While texts are still being read, the list grows under the reader's eyes: look more often.
async function pollOn() {
  await poll();
  const pause = Number(document.body.dataset.poll);
  setTimeout(pollOn, document.getElementById("reading") ? pause / 5 : pause);
}
setTimeout(pollOn, 300);
