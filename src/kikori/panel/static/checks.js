// Check results: each as it comes in, with its reason and what it waits for.
import { el, say } from "./page.js";

const MARKS = { passed: "✓", failed: "✗", blocked: "…", error: "!", busy: "?" };

export class Checks {
  constructor(host) {
    this.list = el("ul", { class: "checks" });
    this.rows = new Map();
    this.live = false;
    host.append(this.list);
  }

  begin() {
    this.live = true;
    this.rows.clear();
    this.list.replaceChildren();
  }

  found(check) {
    if (!this.live) this.begin();
    const row = el("li", { class: check.outcome },
      el("span", { class: "mark", "aria-hidden": "true" }, MARKS[check.outcome] ?? "?"),
      el("span", { class: "title" }, check.title), " ",
      el("span", { class: "outcome" }, say(`outcome-${check.outcome}`)));
    if (check.reason) row.append(el("p", { class: "reason" }, check.reason));
    const before = this.rows.get(check.id);
    before ? before.replaceWith(row) : this.list.append(row);
    this.rows.set(check.id, row);
  }

  kept(report, busy) {
    if (busy || (this.live && report)) {
      this.live = busy;
      if (busy) return;
    }
    this.list.replaceChildren();
    this.rows.clear();
    if (!report) return;
    for (const check of report.checks) {
      this.live = true;
      this.found(check);
    }
    this.live = false;
  }
}
