// A button with a menu, by the pattern of WAI-ARIA: arrows, Home, End and the first letter go, Escape closes.
import { el } from "./page.js";

export class Menu {
  constructor(label) {
    this.items = [];
    this.button = el("button", { type: "button", class: "md-button more", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "bench-menu" }, label);
    this.list = el("div", { class: "menu", role: "menu", id: "bench-menu", "aria-label": label });
    this.list.hidden = true;
    this.whole = el("div", { class: "menu-of" }, this.button, this.list);
    this.button.addEventListener("click", () => this.toggle(this.list.hidden));
    this.button.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      this.toggle(true, event.key === "ArrowUp");
    });
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.whole.addEventListener("focusout", (event) => this.whole.contains(event.relatedTarget) || this.toggle(false, false, false));
  }

  add(item) {
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
    item.addEventListener("click", () => this.toggle(false));
    this.items.push(item);
    this.list.append(item);
  }

  get shown() {
    return this.items.filter((one) => !one.hidden);
  }

  toggle(open, last = false, back = true) {
    if (open === !this.list.hidden) return;
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.shown.at(last ? -1 : 0)?.focus();
    else if (back) this.button.focus();
  }

  key(event) {
    if (event.key === "Escape") return this.toggle(false);
    const all = this.shown, at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
      ?? all.findIndex((one, place) => place > at && one.textContent.toLowerCase().startsWith(event.key.toLowerCase()));
    if (to === -1 && event.key !== "ArrowUp") return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  }
}
