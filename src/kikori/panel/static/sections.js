// The panel of a lab within a lesson: one part below the other, each folded until it is wanted.
import { BUTTONS, possible } from "./actions.js";
import { el, say } from "./page.js";

const PARTS = ["hints", "terminal", "explain", "debrief", "rounds"];

export class Sections {
  constructor(panel) {
    this.panel = panel;
    this.buttons = Object.fromEntries(BUTTONS.map((name) => [name, this.button(name)]));
    const { parts } = panel;
    const within = { ...parts, explain: el("div", {}, parts.explain, el("h4", {}, say("trail")), parts.trail) };
    this.parts = Object.fromEntries(PARTS.map((name) => [name, this.section(name, within[name])]));
    panel.host.replaceChildren(
      el("div", { class: "head" }, panel.state, panel.clock, panel.lost),
      el("div", { class: "buttons" }, ...Object.values(this.buttons)),
      panel.status, panel.problem, panel.engine, panel.times, panel.bar, parts.load, panel.services, parts.checks,
      ...Object.values(this.parts),
    );
  }

  button(name) {
    const found = el("button", { type: "button", class: "md-button", "data-do": name }, say(`do-${name}`));
    found.addEventListener("click", () => this.panel.act(name));
    return found;
  }

  section(name, content) {
    const found = el("details", { class: `part part-${name}` }, el("summary", {}, say(`part-${name}`)), content);
    found.addEventListener("toggle", () => found.open && this.opened(name));
    return found;
  }

  opened(name) {
    if (name === "terminal" && this.panel.now) this.panel.terminals.open(this.panel.now);
    this.panel.opened(name);
  }

  open(name) {
    this.parts[name].open = true;
  }

  began() { /* nothing moves in a lesson */ }

  lead() { /* every button stays where it is */ }

  show(found, { turned, canType }) {
    for (const [name, button] of Object.entries(this.buttons)) {
      button.hidden = !possible(name, found);
      button.disabled = found.busy;
    }
    const { hints, terminal, explain, debrief, rounds } = this.parts;
    hints.hidden = !found.rungs.length;
    terminal.hidden = !canType;
    explain.hidden = !["broken", "mended"].includes(found.stage);
    debrief.hidden = !found.told;
    rounds.hidden = !found.rounds.length;
    if (turned) explain.open = false;
  }

  done({ action, value }) {
    if (action === "hint") this.open("hints");
    if (action === "give-up") this.open("debrief");
    if (action === "check" && value.passed) this.open("explain");
  }

  // Beside the command, wherever the reader is on the page.
  run(command, place, button) {
    this.open("terminal");
    this.panel.terminals.run(command, place, button, this.parts.terminal);
  }
}
