// The panel of a lab: what the commands do, on the page. Every panel hears one stream of its attempt.
import { ask, el, lang, listen, say } from "./page.js";
import { Checks } from "./checks.js";
import { mark } from "./progress.js";
import { Editor } from "./editor.js";
import { Load } from "./load.js";
import { mayRun, offerAll } from "./run.js";
import { Terminals } from "./terminals.js";
import { transcripts } from "./transcripts.js";

const BUTTONS = ["start", "break", "apply", "quick", "bench", "check", "hint", "pause", "resume", "reset", "give-up", "submit", "stop"];
const ASK_FIRST = new Set(["reset", "give-up", "stop"]);

class Panel {
  constructor(host) {
    this.lab = host.dataset.lab;
    this.now = null;
    this.since = 0;
    this.build(host);
    this.checks = new Checks(this.places.checks);
    this.load = new Load(this.places.load);
    this.editor = new Editor(this.places.editor, this.lab);
    this.terminals = new Terminals(this.places.terminal, this.lab);
    listen(`/-/stream/${this.lab}?lang=${lang}`, {
      panel: (found) => this.show(found),
      job: (message) => this.hear(message),
      lost: (gone) => host.classList.toggle("lost", gone),
    });
    setInterval(() => this.tick(), 1000);
  }

  build(host) {
    this.host = host;
    host.setAttribute("role", "region");
    host.setAttribute("aria-label", say("panel"));
    this.state = el("strong", { class: "state" });
    this.clock = el("span", { class: "clock" });
    this.status = el("p", { class: "status", "aria-live": "polite" });
    this.times = el("p", { class: "times" });
    this.bar = el("ol", { class: "steps-of-job" });
    this.services = el("ul", { class: "services" });
    this.hints = el("ol", { class: "hints" });
    this.debrief = el("div", { class: "debrief" });
    this.buttons = Object.fromEntries(BUTTONS.map((name) => [name, this.button(name)]));
    this.places = { load: el("figure", { class: "load" }), checks: el("div"), editor: el("div"), terminal: el("div") };
    host.replaceChildren(
      el("div", { class: "head" }, this.state, this.clock, el("span", { class: "lost-words" }, say("lost"))),
      el("div", { class: "buttons" }, ...Object.values(this.buttons)),
      this.status, this.times, this.bar, this.places.load, this.services, this.places.checks,
      this.section("hints", this.hints), this.section("terminal", this.places.terminal),
      this.section("explain", this.places.editor), this.section("debrief", this.debrief),
    );
  }

  section(name, ...content) {
    const found = el("details", { class: `part part-${name}` }, el("summary", {}, say(`part-${name}`)), ...content);
    found.addEventListener("toggle", () => found.open && this.opened(name));
    this[`part_${name}`] = found;
    return found;
  }

  opened(name) {
    if (name === "terminal" && this.now) this.terminals.open(this.now);
    if (name === "explain") this.editor.load();
    if (name === "debrief") this.readDebrief();
  }

  button(name) {
    const found = el("button", { type: "button", class: "md-button", "data-do": name }, say(`do-${name}`));
    found.addEventListener("click", () => this.begin(name));
    return found;
  }

  async begin(name) {
    if (ASK_FIRST.has(name) && !window.confirm(say(`sure-${name}`))) return;
    this.bar.replaceChildren();
    if (name === "check") this.checks.begin();
    const answer = await ask(`/-/do/${this.lab}/${name}?lang=${lang}`, {});
    if (answer.message) this.tell(answer.message, answer.hint);
  }

  tell(message, hint) {
    this.status.replaceChildren(message, hint ? el("code", {}, hint) : "");
  }

  hear(message) {
    if (message.kind === "step") this.bar.append(el("li", { "data-title": message.title }, message.title));
    const line = [...this.bar.children].find((one) => one.dataset.title === message.title);
    if (message.kind === "line" && line) line.replaceChildren(`${message.title}: `, el("small", {}, message.line));
    if (message.kind === "stepped" && line) {
      line.className = "done";
      line.replaceChildren(`${message.title} (${message.seconds} s)`);
    }
    if (message.kind === "check") this.checks.found(message.check);
    if (message.kind === "pulse") this.load.felt(message.job, message.pulse);
    if (message.kind === "problem") this.tell(message.message, message.hint);
    if (message.kind === "done") this.done(message);
  }

  done(message) {
    this.tell(said(message), "");
    this.bar.replaceChildren();
    if (message.action === "hint") this.part_hints.open = true;
    if (message.action === "give-up") this.part_debrief.open = true;
    if (message.action === "check" && message.value.passed) this.part_explain.open = true;
  }

  show(found) {
    this.now = found;
    this.since = Date.now();
    this.state.textContent = found.running ? say(found.paused ? "paused" : `stage-${found.stage}`) : say("stage-none");
    this.host.dataset.stage = found.running ? found.stage : "none";
    for (const [name, button] of Object.entries(this.buttons)) {
      button.hidden = !possible(name, found);
      button.disabled = found.busy;
    }
    this.times.textContent = timesOf(found);
    if (!found.engine && !found.busy) this.tell(say("no-engine"), "./kikori doctor");
    this.services.replaceChildren(...found.services.map(service));
    this.checks.kept(found.report, found.busy);
    this.hints.replaceChildren(...found.rungs.map((html) => prose("li", html)));
    this.part_hints.hidden = !found.rungs.length;
    this.part_terminal.hidden = !found.running || found.paused;
    mayRun(this, !this.part_terminal.hidden);
    this.part_explain.hidden = !["broken", "mended"].includes(found.stage);
    this.part_debrief.hidden = !found.told;
    this.editor.trail(found.trail, found.explained);
    this.terminals.services(found);
    this.tick();
  }

  // Beside the command, wherever the reader is on the page.
  run(command, place, button) {
    this.part_terminal.open = true;
    this.terminals.run(command, place || this.terminals.at || this.now.shell, this.part_terminal, button);
  }

  tick() {
    if (!this.now || !this.now.running) return void (this.clock.textContent = "");
    const passed = this.now.ticking ? (Date.now() - this.since) / 1000 : 0;
    this.clock.textContent = clock(this.now.seconds + passed);
  }

  async readDebrief() {
    const found = await ask(`/-/debrief/${this.lab}?lang=${lang}`);
    this.debrief.innerHTML = found.html ?? "";
    transcripts(this.debrief);
  }
}

function said({ action, value }) {
  if (action === "check") return say(value.passed ? "passed" : "failed");
  if (action === "explain" && value.problems.length) return say("not-explained");
  if (action !== "bench" && action !== "quick") return say(`did-${action}`);
  const { failed, points } = value.result;
  const end = failed ? say("bench-failed").replace("{rule}", value.table.rules[failed]?.about[lang] ?? failed) : "";
  const grade = value.grade === null ? "" : say("bench-grade").replace("{n}", value.grade);
  return end || say("did-bench").replace("{n}", points.toLocaleString()) + grade;
}

function possible(name, found) {
  if (name === "start") return !found.running;
  if (!found.running) return false;
  const paused = found.paused;
  return {
    break: !paused && found.faults,
    apply: !paused && found.workspace,
    quick: !paused && found.kind === "tune",
    bench: !paused && found.kind === "tune",
    check: !paused,
    hint: !paused && found.rungs.length < found.of && (found.stage === "broken" || !found.faults),
    pause: !paused,
    resume: paused,
    reset: true,
    "give-up": !found.told && ["broken", "mended"].includes(found.stage),
    submit: !paused && found.stage === "mended" && found.explained,
    stop: true,
  }[name];
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;
}

// The own timeline, once there is one, and what classes took, where somebody measured.
function timesOf(found) {
  const parts = [];
  if (found.to_first_check !== null) parts.push(`${say("first-check")} ${clock(found.to_first_check)}`);
  if (found.to_mend !== null) parts.push(`${say("mended-after")} ${clock(found.to_mend)}`);
  if (found.to_mend !== null && found.measured) {
    parts.push(`${say("class-median")} ${found.measured.median} min (${found.measured.n})`);
  }
  return parts.join(" · ");
}

function service(one) {
  const links = one.addresses.map((place) =>
    el("a", { href: `http://${place}/`, target: "_blank", rel: "noopener noreferrer" }, place));
  return el("li", { class: one.state }, el("b", {}, one.name), ` ${say(`is-${one.state}`)} `, ...links);
}

function prose(tag, html) {
  const found = el(tag);
  found.innerHTML = html; // the server has cleaned it
  return found;
}

for (const host of document.querySelectorAll(".kikori-panel[data-lab]")) new Panel(host);
offerAll(document);
mark(document.querySelector("article") ?? document.body);
