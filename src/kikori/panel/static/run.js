// Run beside a command: it is put into the terminal of the lab, as pasted text, and the learner presses Enter.
// Never the page: a lesson's commands are meant for a container to throw away, in the lab they change what is to be
// fixed, and they count in the trail.
import { el, say } from "./page.js";

const COMMANDS = ".kikori-command:is(.run:not(.host), [data-place])";
const NOT_TYPED = /[^\P{Cc}\n\t]/gu; // what could end the paste, and press Enter
const running = new Map();

export function commandOf(block) {
  return block.querySelector("pre > code").textContent.trimEnd().replace(NOT_TYPED, "");
}

function offer(block) {
  const found = el("button", { type: "button", class: "kikori-run md-button", title: say("run-is") }, say("run"));
  found.hidden = !running.size;
  found.addEventListener("click", () => {
    const panel = [...running.values()].find((one) => one.host.contains(block)) ?? [...running.values()][0];
    panel?.run(commandOf(block), block.dataset.place, found);
  });
  block.append(found);
}

export function offerAll(root) {
  root.querySelectorAll(`${COMMANDS}:not(:has(.kikori-run))`).forEach(offer);
}

// A command can be run while an attempt at one of the page's labs is up.
export function mayRun(panel, is) {
  if (is) running.set(panel.lab, panel);
  else running.delete(panel.lab);
  for (const one of document.querySelectorAll(".kikori-run")) one.hidden = !running.size;
}
