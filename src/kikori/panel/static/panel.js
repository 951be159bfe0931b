// The panel of a lab: what the commands do, on the page. Every panel hears one stream of its attempt.
import { ask, el, lang, listen, say } from "./page.js";
import { Checks } from "./checks.js";
import { mark } from "./progress.js";
import { Editor } from "./editor.js";
import { Load } from "./load.js";
import { mayRun, offerAll } from "./run.js";
import { Terminals } from "./terminals.js";
import { transcripts } from "./transcripts.js";

const BUTTONS = ["start", "break", "another", "apply", "quick", "bench", "check", "hint", "pause", "resume", "reset", "give-up", "submit", "stop"];
const ASK_FIRST = new Set(["reset", "give-up", "stop"]);

class Panel {
  constructor(host) {
    this.lab = host.dataset.lab;
    this.now = null;
    this.since = 0;
    this.build(host);
    this.checks = new Checks(this.places.checks);
    this.load = new Load(this.places.load);
    this.editor = new Editor(this.places.editor, this.lab, (message, hint) => this.fail(message, hint));
    this.terminals = new Terminals(this.places.terminal, this.lab);
    this.heard = { run: null, job: 0, number: 0 };
    listen(`/-/stream/${this.lab}?lang=${lang}`, {
      server: (found) => this.meet(found.run),
      panel: (found) => this.show(found),
      job: (message) => this.hear(message),
      lost: (why) => this.lose(why),
    });
    setInterval(() => this.tick(), 1000);
  }

  build(host) {
    this.host = host;
    host.setAttribute("role", "region");
    host.setAttribute("aria-label", say("panel"));
    this.state = el("strong", { class: "state" });
    this.clock = el("span", { class: "clock" });
    this.lost = el("span", { class: "lost-words", role: "status" });
    this.status = el("p", { class: "status", role: "status" });
    this.problem = el("p", { class: "problem", role: "alert" });
    this.engine = el("p", { class: "engine" });
    this.times = el("p", { class: "times" });
    this.bar = el("ol", { class: "steps-of-job" });
    this.services = el("ul", { class: "services" });
    this.hints = el("ol", { class: "hints" });
    this.debrief = el("div", { class: "debrief" });
    this.rounds = el("div", { class: "rounds", tabindex: "0", role: "region", "aria-label": say("part-rounds") });
    this.buttons = Object.fromEntries(BUTTONS.map((name) => [name, this.button(name)]));
    this.places = { load: el("figure", { class: "load" }), checks: el("div"), editor: el("div"), terminal: el("div") };
    host.replaceChildren(
      el("div", { class: "head" }, this.state, this.clock, this.lost),
      el("div", { class: "buttons" }, ...Object.values(this.buttons)),
      this.status, this.problem, this.engine, this.times, this.bar, this.places.load, this.services, this.places.checks,
      this.section("hints", this.hints), this.section("terminal", this.places.terminal),
      this.section("explain", this.places.editor), this.section("debrief", this.debrief),
      this.section("rounds", this.rounds),
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

  async begin(name, agreed = false) {
    if (ASK_FIRST.has(name) && !window.confirm(say(`sure-${name}`))) return;
    this.fail("");
    const answer = await ask(`/-/do/${this.lab}/${name}?lang=${lang}`, { agreed });
    if (answer.message) this.fail(answer.message, answer.hint);
    if (answer.asks && window.confirm(lostBy(answer.asks))) await this.begin(name, true);
  }

  // News, spoken once: what is said already is not written again.
  tell(message) {
    write(this.status, message);
  }

  // What went wrong stays until another command begins.
  fail(message, hint) {
    write(this.problem, message, hint);
    if (message) this.tell("");
  }

  lose(why) {
    this.host.classList.toggle("lost", Boolean(why));
    write(this.lost, why && say(why));
  }

  // A server that was started anew knows nothing of the commands of the one before.
  meet(run) {
    const before = this.heard.run;
    if (before === run) return;
    this.heard = { run, job: 0, number: 0 };
    if (!before) return;
    this.bar.replaceChildren();
    this.tell(say("restarted"));
  }

  // A stream that was lost tells all again.
  isNews({ job, number, action }) {
    const { heard } = this;
    if (job === heard.job && number <= heard.number) return false;
    if (job !== heard.job) this.clear(action);
    Object.assign(heard, { job, number });
    return true;
  }

  clear(action) {
    this.bar.replaceChildren();
    this.tell("");
    this.fail("");
    if (action === "check") this.checks.begin();
  }

  hear(message) {
    if (!this.isNews(message)) return;
    if (message.kind === "step") this.bar.append(el("li", { "data-title": message.title }, message.title));
    const line = [...this.bar.children].find((one) => one.dataset.title === message.title);
    if (message.kind === "line" && line) line.replaceChildren(`${message.title}: `, el("small", {}, message.line));
    if (message.kind === "stepped" && line) {
      line.className = "done";
      line.replaceChildren(`${message.title} (${message.seconds} s)`);
    }
    if (message.kind === "check") this.checks.found(message.check);
    if (message.kind === "pulse") this.load.felt(message.job, message.pulse);
    if (message.kind === "problem") this.failed(message);
    if (message.kind === "done") this.done(message);
  }

  failed(message) {
    this.bar.replaceChildren();
    this.fail(message.message, message.hint);
  }

  done(message) {
    this.tell(said(message));
    this.bar.replaceChildren();
    if (message.past) return; // of a command that had ended before this page was opened
    if (message.action === "explain") this.editor.judged(message.value.problems);
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
    this.engine.hidden = found.engine || found.busy;
    write(this.engine, say(found.running ? "no-engine-running" : "no-engine"), "./kikori doctor");
    this.services.replaceChildren(...found.services.map(service));
    this.checks.kept(found.report, found.busy);
    this.hints.replaceChildren(...found.rungs.map((html) => prose("li", html)));
    this.part_hints.hidden = !found.rungs.length;
    this.part_terminal.hidden = !found.running || found.paused;
    mayRun(this, !this.part_terminal.hidden);
    this.part_explain.hidden = !["broken", "mended"].includes(found.stage);
    this.part_debrief.hidden = !found.told;
    if (this.editor.turn(found.round)) this.part_explain.open = false;
    this.editor.trail(found.trail, found.explained);
    this.showRounds(found.rounds);
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

  showRounds(rounds) {
    this.part_rounds.hidden = !rounds.length;
    const told = JSON.stringify(rounds);
    if (told === this.told) return;
    this.told = told;
    this.rounds.replaceChildren(table(rounds));
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
    another: !paused && found.faults && found.unmet > 0 && found.rounds.length > 0,
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

function write(place, message, hint) {
  const whole = `${message}${hint ?? ""}`;
  if (place.textContent !== whole) place.replaceChildren(message, ...(hint ? [el("code", {}, hint)] : []));
}

function lostBy(sentences) {
  return [say("sure-lost"), ...sentences.map((one) => `• ${one}`), "", say("sure-all-the-same")].join("\n");
}

const COLUMNS = {
  round: (one) => one.number,
  begun: (one) => new Date(one.begun * 1000).toLocaleString(lang === "ja" ? "ja-JP" : "en-GB", { dateStyle: "medium", timeStyle: "short" }),
  wrong: (one) => (one.cause || one.fault || "–").replaceAll("`", ""),
  time: (one) => clock(one.minutes * 60),
  hints: (one) => one.hints,
  checks: (one) => one.checks,
  result: (one) => say(`result-${one.result.replaceAll(" ", "-")}`),
};

function table(rounds) {
  const names = Object.keys(COLUMNS);
  return el("table", {},
    el("thead", {}, el("tr", {}, ...names.map((name) => el("th", { scope: "col" }, say(`column-${name}`))))),
    el("tbody", {}, ...rounds.map((one) => el("tr", {}, ...names.map((name) => cell(name, one))))));
}

function cell(name, one) {
  return el("td", { "data-label": say(`column-${name}`) }, String(COLUMNS[name](one)));
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
