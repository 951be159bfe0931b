// The panel of a lab: what the commands do, on the page. Every panel hears one stream of its attempt.
import { ASK_FIRST } from "./actions.js";
import { Checks } from "./checks.js";
import { Editor } from "./editor.js";
import { Load } from "./load.js";
import { ask, el, lang, listen, say } from "./page.js";
import { mark } from "./progress.js";
import { clock, table, timesOf } from "./rounds.js";
import { mayRun, offerAll } from "./run.js";
import { Sections } from "./sections.js";
import { Terminals } from "./terminals.js";
import { transcripts } from "./transcripts.js";
import { Workbench } from "./workbench.js";

const BETWEEN = new Set(["starting", "breaking", "resetting", "stopping"]); // stages in which a command is at work on the scene

class Panel {
  constructor(host) {
    this.lab = host.dataset.lab;
    this.now = null;
    this.since = 0;
    this.build(host);
    this.checks = new Checks(this.parts.checks);
    this.load = new Load(this.parts.load);
    const apart = "workbench" in host.dataset;
    this.terminals = new Terminals(this.parts.terminal, this.lab, apart);
    this.editor = new Editor(this.parts, this.lab, (message, hint) => this.fail(message, hint), apart);
    this.lay = apart ? new Workbench(this) : new Sections(this);
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
    this.parts = {
      load: el("figure", { class: "load" }), checks: el("div"), terminal: el("div", { class: "terminal" }),
      hints: el("ol", { class: "hints" }), explain: el("div"), diagnosis: el("div"), trail: el("ul", { class: "trail" }),
      debrief: el("div", { class: "debrief" }),
      rounds: el("div", { class: "rounds", tabindex: "0", role: "region", "aria-label": say("part-rounds") }),
    };
  }

  opened(name) {
    if (["explain", "diagnose"].includes(name) && ["broken", "mended"].includes(this.now?.stage)) this.editor.load();
    if (name === "debrief" && this.now?.told && !BETWEEN.has(this.now.stage)) this.readDebrief();
  }

  // What a button stands for: a command, or a place on the page.
  async act(name) {
    if (name === "hand-in") return this.editor.form.requestSubmit();
    if (name !== "explain") return this.begin(name);
    this.lay.open("explain");
    await this.editor.load();
    this.editor.begin();
  }

  async begin(name, agreed = false) {
    if (ASK_FIRST.has(name) && !window.confirm(say(`sure-${name}`))) return;
    this.fail("");
    this.lay.began(name);
    const answer = await ask(`/-/do/${this.lab}/${name}?lang=${lang}`, { agreed });
    if (!answer.job) this.lay.lead();
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
    this.doing = action;
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
    this.doing = "";
    this.lay.done(message);
    if (message.action === "explain") this.judged(message.value.problems);
  }

  judged(problems) {
    const first = this.editor.judged(problems);
    if (first?.closest("[role=tabpanel][hidden]")) this.lay.open("diagnose");
    first?.focus();
  }

  show(found) {
    this.now = found;
    this.since = Date.now();
    if (!found.busy) this.doing = "";
    this.state.textContent = found.running ? say(found.paused ? "paused" : `stage-${found.stage}`) : say(found.rounds.length ? "stage-stopped" : "stage-none");
    this.host.dataset.stage = found.running ? found.stage : "none";
    this.times.textContent = timesOf(found);
    this.engine.hidden = found.engine || found.busy;
    write(this.engine, say(found.running ? "no-engine-running" : "no-engine"), "./kikori doctor");
    this.services.replaceChildren(...found.services.map(service));
    this.checks.kept(found.report, found.busy);
    this.showHints(found.rungs);
    this.editor.trail(found.trail, found.explained);
    this.showRounds(found.rounds);
    const canType = found.running && !found.paused && !["starting", "stopping"].includes(found.stage);
    this.terminals.services(found);
    this.terminals.close(canType ? "" : say(found.paused ? "terminal-paused" : "terminal-closed"));
    mayRun(this, canType);
    if (!found.told) this.forget();
    this.lay.show(found, { turned: this.editor.turn(found.round), canType });
    this.tick();
  }

  showHints(rungs) {
    const have = this.parts.hints.children.length;
    if (rungs.length < have) this.parts.hints.replaceChildren();
    this.parts.hints.append(...rungs.slice(this.parts.hints.children.length).map((html) => prose("li", html)));
  }

  run(command, place, button) {
    this.lay.run(command, place, button);
  }

  tick() {
    if (!this.now || !this.now.running) return void (this.clock.textContent = "");
    const passed = this.now.ticking ? (Date.now() - this.since) / 1000 : 0;
    this.clock.textContent = clock(this.now.seconds + passed);
  }

  showRounds(rounds) {
    const told = JSON.stringify(rounds);
    if (told === this.told) return;
    this.told = told;
    this.parts.rounds.replaceChildren(table(rounds));
    this.parts.rounds.hidden = !rounds.length;
  }

  forget() {
    this.debriefed = "";
    this.parts.debrief.replaceChildren();
  }

  async readDebrief() {
    const found = await ask(`/-/debrief/${this.lab}?lang=${lang}`);
    if (found.html === this.debriefed) return; // a guess and what was unfolded stay as they are
    this.debriefed = found.html;
    this.parts.debrief.innerHTML = found.html ?? "";
    transcripts(this.parts.debrief);
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

function write(place, message, hint) {
  const whole = `${message}${hint ?? ""}`;
  if (place.textContent !== whole) place.replaceChildren(message, ...(hint ? [el("code", {}, hint)] : []));
}

function lostBy(sentences) {
  return [say("sure-lost"), ...sentences.map((one) => `• ${one}`), "", say("sure-all-the-same")].join("\n");
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
