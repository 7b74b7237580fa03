// What the page asks of the server, and how its answers are shown. The server makes all HTML (escaped
// there) and holds every rule; these modules only ask, show the answer, and keep the focus.

export const list = document.getElementById("cards");
const said = document.getElementById("said");

// What the modules share: the card that keys are meant for, whether a decision is under way, what the
// server called the list as it is shown, and whether it has stopped answering.
export const page = { current: null, busy: false, version: document.body.dataset.version, lost: false };

export async function ask(path, values) {
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

export function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

export function tell(words) {
  said.textContent = "";
  if (!words) return;
  requestAnimationFrame(() => { said.textContent = words; });
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { said.textContent = ""; }, 6000);
}

export function show(answer) {
  for (const [id, html] of Object.entries(answer.parts ?? {})) {
    const place = document.getElementById(id);
    const focused = place.contains(document.activeElement) && document.activeElement.getAttribute("href");
    place.replaceChildren(parsed(html));
    if (focused) [...place.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  }
  if ("undoable" in answer) document.getElementById("undo").disabled = !answer.undoable;
  if (answer.version) page.version = answer.version;
  if (answer.said !== undefined) tell(answer.said);
}
