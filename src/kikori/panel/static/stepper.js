// The way through a lab as steps, the button that leads on, and the rest behind a menu.
import { BUTTONS, possible, primary, step, steps } from "./actions.js";
import { Menu } from "./menu.js";
import { el, say } from "./page.js";

export class Stepper {
  constructor(act) {
    this.list = el("ol", { class: "way", "aria-label": say("way") });
    this.next = el("button", { type: "button", class: "md-button md-button--primary next" });
    this.next.addEventListener("click", () => this.next.getAttribute("aria-disabled") === "true" || act(this.next.dataset.do));
    this.menu = new Menu(say("more"));
    this.items = Object.fromEntries(BUTTONS.map((name) => [name, el("button", { type: "button", "data-do": name }, say(`do-${name}`))]));
    for (const [name, item] of Object.entries(this.items)) {
      item.addEventListener("click", () => item.getAttribute("aria-disabled") === "true" || act(name));
      this.menu.add(item);
    }
    this.whole = el("div", { class: "stepper" }, this.list, el("div", { class: "acts" }, this.next, this.menu.whole));
  }

  show(found, doing, writing) {
    const all = steps(found), now = step(found, doing === "check"), at = now === "done" ? all.length : all.indexOf(now);
    const told = [found.kind, found.faults, now].join();
    if (told !== this.told) {
      this.told = told;
      this.list.replaceChildren(...all.map((name, place) => mark(name, found.kind, place, at)));
      this.list.dataset.step = now === "done" ? say("way-done") : say("step-of").replace("{n}", at + 1).replace("{of}", all.length);
    }
    const wanted = primary(found), lead = wanted === "explain" && writing ? "hand-in" : wanted;
    this.next.dataset.do = lead;
    if (this.next.textContent !== wordsOf(lead)) this.next.textContent = wordsOf(lead);
    this.next.setAttribute("aria-disabled", String(found.busy));
    for (const [name, item] of Object.entries(this.items)) {
      item.hidden = name === wanted || !possible(name, found);
      item.setAttribute("aria-disabled", String(found.busy));
    }
  }
}

function wordsOf(name) {
  return say({ explain: "go-explain" }[name] ?? `do-${name}`);
}

function mark(name, kind, place, at) {
  const found = el("li", { class: place < at ? "past" : place === at ? "now" : "ahead" },
    el("span", { class: "dot", "aria-hidden": "true" }, place < at ? "✓" : String(place + 1)),
    el("span", {}, say(name === "fix" ? `step-${kind}` : `step-${name}`)));
  if (place < at) found.append(el("span", { class: "unseen" }, ` ${say("step-past")}`));
  if (place === at) found.setAttribute("aria-current", "step");
  return found;
}
