// Tabs by the pattern of WAI-ARIA: one of them is in the order of the Tab key, arrows, Home and End go to the others.
import { el } from "./page.js";

const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Tabs {
  constructor(kind, label, chosen) {
    Object.assign(this, { kind, chosen, all: new Map() });
    this.bar = el("div", { class: "tabs", role: "tablist", "aria-label": label });
    this.bar.addEventListener("keydown", (event) => this.key(event));
    this.bar.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) this.select(tab.dataset[kind], true);
    });
  }

  // Several tabs may share a panel, as those of a terminal's places do.
  add(name, title, panel) {
    const state = el("small", { class: "tab-state" });
    const tab = el("button", { type: "button", role: "tab", id: `${this.kind}-${name}`, [`data-${this.kind}`]: name,
      "aria-selected": "false", "aria-controls": panel.id, tabindex: "-1" }, el("span", {}, title), " ", state);
    panel.setAttribute("role", "tabpanel");
    panel.hidden = true;
    this.bar.append(tab);
    this.all.set(name, { tab, panel, state });
  }

  clear() {
    for (const { tab } of this.all.values()) tab.remove();
    this.all.clear();
  }

  get shown() {
    return [...this.all].filter(([, { tab }]) => !tab.hidden).map(([name]) => name);
  }

  mark(name) {
    const chosen = this.all.get(name);
    this.at = name;
    for (const { tab, panel } of this.all.values()) {
      tab.setAttribute("aria-selected", String(tab === chosen?.tab));
      tab.tabIndex = tab === chosen?.tab ? 0 : -1;
      panel.hidden = panel !== chosen?.panel;
    }
    chosen?.panel.setAttribute("aria-labelledby", chosen.tab.id);
  }

  select(name, byHand = false) {
    if (!this.all.has(name)) return;
    this.mark(name);
    this.chosen(name, byHand);
  }

  key(event) {
    const all = this.shown, at = all.indexOf(event.target.dataset?.[this.kind]);
    const to = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : at + MOVES[event.key];
    if (at < 0 || Number.isNaN(to)) return;
    event.preventDefault();
    const name = all[(to + all.length) % all.length];
    this.select(name, true);
    this.all.get(name).tab.focus();
  }

  hide(name, is) {
    this.all.get(name).tab.hidden = is;
    if (is && this.at === name) this.select(this.shown[0]);
  }

  state(name, text) {
    const { state } = this.all.get(name);
    if (state.textContent !== text) state.textContent = text;
  }
}
