// A button that gives a part of the page the whole screen, or the whole window where the browser keeps the screen.
import { el, say } from "./page.js";

export function fullscreen(part) {
  const found = el("button", { type: "button", class: "as-link whole", "aria-pressed": "false" }, say("full"));
  const is = () => document.fullscreenElement === part || part.classList.contains("full");
  const tell = () => {
    found.setAttribute("aria-pressed", String(is()));
    found.textContent = say(is() ? "full-back" : "full");
  };
  found.addEventListener("click", async () => {
    if (document.fullscreenElement === part) await document.exitFullscreen();
    else if (is()) part.classList.remove("full");
    else await whole(part);
    tell();
  });
  document.addEventListener("fullscreenchange", tell);
  return found;
}

// Escape belongs to the editor in the terminal, where a browser gives it away.
async function whole(part) {
  try {
    await part.requestFullscreen();
    await navigator.keyboard?.lock?.(["Escape"]);
  } catch {
    if (document.fullscreenElement !== part) part.classList.add("full");
  }
}
