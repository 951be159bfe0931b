// The load while a benchmark goes on: users, answers and waiting, a second at a time.
import { el, say } from "./page.js";

const ROWS = { users: (one) => one.users, requests: (one) => one.requests, p95: (one) => one.p95_ms };
const WIDE = 300, HIGH = 40;

export class Load {
  constructor(host) {
    this.host = host;
    this.end();
  }

  end() {
    this.job = null;
    this.pulses = [];
    this.host.replaceChildren();
    this.host.hidden = true;
  }

  felt(job, pulse) {
    if (job !== this.job) this.begin(job);
    this.pulses = [...this.pulses.filter((one) => one.at < pulse.at), pulse]; // a stream that was lost tells all again
    for (const [name, read] of Object.entries(ROWS)) this.draw(this.rows[name], this.pulses.map(read), pulse.of);
    this.told.textContent = say("load-errors").replace("{n}", pulse.errors);
  }

  begin(job) {
    this.end();
    this.job = job;
    this.rows = Object.fromEntries(Object.keys(ROWS).map((name) => [name, row(name)]));
    this.told = el("figcaption");
    this.host.append(...Object.values(this.rows).map((one) => one.whole), this.told);
    this.host.hidden = false;
  }

  draw(row, values, of) {
    const most = Math.max(...values, 1);
    const x = (second) => (WIDE * Math.min(second, of)) / of, y = (value) => HIGH - 2 - ((HIGH - 4) * value) / most;
    row.line.setAttribute("points", values.map((value, at) => `${x(this.pulses[at].at).toFixed(1)},${y(value).toFixed(1)}`).join(" "));
    row.now.textContent = Math.round(values.at(-1)).toLocaleString();
    row.most.textContent = say("load-most").replace("{n}", Math.round(most).toLocaleString());
  }
}

function row(name) {
  const line = svg("polyline", { points: "" });
  const chart = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" }, line);
  const now = el("b", { class: "now" }), most = el("small", { class: "most" });
  const whole = el("div", { class: "row", "data-row": name }, el("span", { class: "name" }, say(`load-${name}`)), now, chart, most);
  return { whole, line, now, most };
}

function svg(name, attributes, ...children) {
  const found = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  found.append(...children);
  return found;
}
