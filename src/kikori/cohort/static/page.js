// Renews the part of the page that changes; without this script the page reloads itself as a whole.
"use strict";

const EVERY = 5000; // milliseconds
const live = document.getElementById("live");
const state = document.getElementById("state");
const title = document.title;
let shown = "";

function opened() {
  return [...live.querySelectorAll("details[open]")].map((one) => one.id);
}

// Replaces what is shown, and gives back what was unfolded, what was chosen, and what had the keyboard.
function show(text) {
  const unfolded = opened();
  const chosen = [...live.querySelectorAll("select")].map((one) => [one.id, one.value]);
  const at = document.activeElement;
  const parent = at?.closest("details, article");
  const place = at?.id ? `#${CSS.escape(at.id)}` : parent?.id && `#${CSS.escape(parent.id)} ${at.localName}`;
  live.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, value] of chosen) choose(id, value);
  if (place && document.activeElement === document.body) live.querySelector(place)?.focus({ preventScroll: true });
}

function choose(id, value) {
  const one = document.getElementById(id);
  if (one && [...one.options].some((option) => option.value === value)) one.value = value;
}

function count() {
  const hands = document.getElementById("count")?.textContent ?? "0";
  document.title = hands === "0" ? title : `(${hands}) ${title}`;
}

function say(text) {
  if (state.textContent !== text) state.textContent = text;
}

async function renew() {
  if (document.activeElement?.localName === "select") return; // somebody is choosing
  try {
    const answer = await fetch(live.dataset.from + location.search, { signal: AbortSignal.timeout(EVERY) });
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    if (text !== shown) show(text);
    shown = text;
    count();
    say(state.dataset.well);
    document.body.classList.remove("away");
  } catch {
    say(live.dataset.away);
    document.body.classList.add("away");
  }
}

live.addEventListener("change", (event) => event.target.closest(".filter")?.requestSubmit());
count();
setInterval(renew, EVERY);
