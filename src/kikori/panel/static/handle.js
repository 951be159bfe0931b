// The handle between two columns: dragged, or moved with the arrow keys; its place is kept in this browser.
import { el } from "./page.js";

const PLACE = "kikori workbench", LEAST = 25, MOST = 70, FIRST = 44, STEP = 2;
const MOVES = { ArrowLeft: -STEP, ArrowRight: STEP, PageUp: -5 * STEP, PageDown: 5 * STEP, Home: -MOST, End: MOST };

export function handle(columns, label, controls) {
  const found = el("div", { class: "handle", role: "separator", tabindex: "0", "aria-orientation": "vertical", "aria-label": label,
    "aria-controls": controls, "aria-valuemin": LEAST, "aria-valuemax": MOST });
  const move = (percent) => {
    const value = Math.round(Math.min(MOST, Math.max(LEAST, percent)));
    columns.style.setProperty("--left", `${value}%`);
    found.setAttribute("aria-valuenow", value);
    keep(value);
  };
  found.addEventListener("keydown", (event) => {
    if (!(event.key in MOVES)) return;
    event.preventDefault();
    move(Number(found.getAttribute("aria-valuenow")) + MOVES[event.key]);
  });
  found.addEventListener("pointerdown", (event) => found.setPointerCapture(event.pointerId));
  found.addEventListener("pointermove", (event) => {
    if (!found.hasPointerCapture(event.pointerId)) return;
    const { left, width } = columns.getBoundingClientRect();
    move((100 * (event.clientX - left)) / width);
  });
  found.addEventListener("dblclick", () => move(FIRST));
  move(kept() || FIRST);
  return found;
}

// A private window may keep nothing; then the handle begins at its first place.
function kept() {
  try { return Number(localStorage.getItem(PLACE)); } catch { return 0; }
}

function keep(value) {
  try { localStorage.setItem(PLACE, value); } catch { /* it is only a place */ }
}
