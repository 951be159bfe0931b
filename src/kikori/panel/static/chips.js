// A command of ours in the text of a task is what stands for it on this page: a tab, a button's name, the line of the services.
import { el, say } from "./page.js";

const OURS = /^(?:\.\/)?kikori (status|check|apply|shell|bench|stop|hint|explain|diagnose|debrief|submit)(?: (.+))?$/;
const LEADS = { check: "checks", hint: "hints", explain: "explain", diagnose: "diagnose", debrief: "debrief", shell: "terminal" };

export function chips(root, open) {
  for (const code of root.querySelectorAll(":not(pre) > code")) {
    const [, name, more] = OURS.exec(code.textContent.trim()) ?? [];
    if (name) code.replaceWith(chip(name, more, open));
  }
}

function chip(name, more, open) {
  const text = { status: say("chip-status"), shell: more ? `${say("tab-terminal")} (${more})` : say("tab-terminal") }[name]
    ?? (more === "--quick" ? say("do-quick") : say(`do-${name}`));
  if (!LEADS[name]) return el("strong", { class: "chip" }, text);
  const found = el("button", { type: "button", class: "chip as-link" }, text);
  found.addEventListener("click", () => open(LEADS[name]));
  return found;
}
