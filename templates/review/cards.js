// The cards: which one is the current one, and going from one list to another without a new page.

import { ask, list, page, parsed, show, tell } from "./asking.js";
import { confirmLeave, editing, restore } from "./editing.js";

export const cards = () => [...list.querySelectorAll(".card")];

export function choose(card, { focus = true } = {}) {
  if (!card) return;
  if (page.current && page.current !== card) {
    page.current.classList.remove("current");
    page.current.tabIndex = -1;
  }
  page.current = card;
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
    setTimeout(() => card === page.current && remember(card), 1000);
  }
  place.replaceChildren(parsed(answer.html ?? ""));
  place.hidden = !place.childElementCount;
}

export function step(by) {
  const all = cards();
  const at = all.indexOf(page.current) + by;
  if (page.current && at >= all.length) return follow('.pages [rel="next"]');
  if (page.current && at < 0) return follow('.pages [rel="prev"]');
  choose(all[Math.max(0, at)]);
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) visit(link.href);
}

export async function next() {
  const all = cards();
  const after = all.slice(all.indexOf(page.current) + 1).find((card) => card.classList.contains("needs"));
  if (after) return choose(after);
  const values = new URLSearchParams(location.search);
  values.set("after", (page.current ?? all.at(-1))?.dataset.key ?? "");
  const answer = await ask(`/next?${values}`);
  if (answer.address) await visit(answer.address, answer.anchor);
  else tell(answer.said);
}

export async function visit(address, anchor, { push = true } = {}) {
  if (editing() && !confirmLeave()) return;
  const target = new URL(address, location.href);
  const answer = await ask(`/list${target.search}`);
  if (!answer.parts) return show(answer);
  if (push) history.pushState(null, "", target.pathname + target.search);
  page.current = null;
  show(answer);
  document.getElementById("search").value = target.searchParams.get("q") ?? "";
  cards().forEach(restore);
  const first = anchor ? document.getElementById(anchor) : cards()[0];
  if (first) choose(first);
  else list.focus();
  if (!anchor) scrollTo({ top: 0 });
}

export function replace(cards) {
  for (const [id, html] of Object.entries(cards ?? {})) {
    const old = document.getElementById(id);
    if (!old) continue;
    const fresh = parsed(html).firstElementChild;
    old.replaceWith(fresh);
    if (page.current === old) choose(fresh, { focus: old.contains(document.activeElement) || document.activeElement === document.body });
    restore(fresh);
  }
}
