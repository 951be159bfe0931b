// The page of a lab as a workbench: the way and its next step on top, the page's own parts as tabs on the left, the
// terminal on the right. On a phone the terminal is a tab like the others.
import { possible, primary } from "./actions.js";
import { chips } from "./chips.js";
import { Finish } from "./finish.js";
import { fullscreen } from "./fullscreen.js";
import { handle } from "./handle.js";
import { el, say } from "./page.js";
import { Stepper } from "./stepper.js";
import { Tabs } from "./tabs.js";

const TABS = ["task", "checks", "hints", "diagnose", "explain", "debrief", "record", "terminal"];
const ACTS = { checks: ["check"], hints: ["hint"], debrief: ["give-up"] };
const OPENS = { start: "task", check: "checks", bench: "checks", quick: "checks", hint: "hints", stop: "record" };
const LATEST = 4000; // milliseconds after which a page is shown whose server says nothing
const NARROW = matchMedia("(max-width: 59.99em)");

export class Workbench {
  constructor(panel) {
    this.panel = panel;
    this.article = panel.host.closest("article");
    this.stepper = new Stepper((name) => panel.act(name));
    this.tabs = new Tabs("tab", say("parts"), (name, byHand) => this.chose(name, byHand));
    this.places = Object.fromEntries(TABS.map((name) => [name, el("div", { class: `pane pane-${name}`, id: `pane-${name}`, tabindex: "0" })]));
    this.acts = [];
    this.fill(panel);
    for (const name of TABS) this.tabs.add(name, say(`tab-${name}`), this.places[name]);
    this.build(panel);
    this.tabs.select("task");
    NARROW.addEventListener("change", () => this.fold());
    addEventListener("hashchange", () => this.follow());
    addEventListener("keydown", (event) => this.key(event), true);
    this.fold();
    this.follow();
    setTimeout(() => this.ready(), LATEST);
  }

  // Nothing is seen before it is known where the attempt stands: then nothing jumps.
  ready() {
    document.body.classList.add("kikori-ready");
  }

  // What stands on the page already is moved, and nothing of it is written twice.
  fill(panel) {
    const { host, parts, times } = panel;
    const { task, checks, hints, diagnose, explain, debrief, record } = this.places;
    const heading = this.article.querySelector("h1"), prompts = this.article.querySelector(".kikori-prompts");
    task.append(...[...this.article.childNodes].filter((one) => one !== heading && one !== host && one !== prompts));
    chips(task, (name) => this.open(name, true));
    this.heading = heading ?? "";
    this.notes = Object.fromEntries(["checks", "hints", "diagnose", "explain", "debrief", "record"].map((name) => [name, el("p", { class: "note" }, say(`note-${name}`))]));
    this.prompts = prompts ?? el("div");
    this.finish = new Finish(el("div", { class: "finish" }), panel.lab, panel, () => this.finished());
    checks.append(this.notes.checks, this.act("check"), parts.load, parts.checks, times);
    hints.append(this.notes.hints, parts.hints, this.act("hint"));
    diagnose.append(this.notes.diagnose, parts.diagnosis);
    explain.append(this.notes.explain, this.prompts, parts.explain);
    debrief.append(this.notes.debrief, this.act("give-up"), parts.debrief);
    record.append(this.finish.host, this.notes.record, parts.rounds);
  }

  act(name) {
    const found = el("button", { type: "button", class: "md-button own", "data-do": name }, say(name === "give-up" ? "do-give-up-now" : name === "hint" ? "do-next-hint" : `do-${name}`));
    found.addEventListener("click", () => found.getAttribute("aria-disabled") === "true" || this.panel.act(name));
    this.acts.push([name, found]);
    return found;
  }

  build(panel) {
    const { host, parts } = panel;
    this.columns = el("div", { class: "columns", id: "bench-columns" });
    this.left = el("div", { class: "left", id: "bench-left" }, this.tabs.bar, ...TABS.slice(0, -1).map((name) => this.places[name]));
    this.folder = el("span", { class: "folder" });
    this.right = el("div", { class: "right" });
    const line = el("div", { class: "line", tabindex: "0", role: "group", "aria-label": say("services") }, panel.services, this.folder);
    this.right.append(el("div", { class: "above" }, line, fullscreen(this.right)), parts.terminal);
    this.trail = el("div", { class: "trail-of" }, el("h3", {}, say("trail")), el("p", { class: "note" }, say("note-trail")), parts.trail);
    this.columns.append(this.left, handle(this.columns, say("handle"), "bench-left"), this.right);
    host.classList.add("workbench");
    host.replaceChildren(
      el("div", { class: "bench-head" }, this.heading, el("span", { class: "where" }, panel.state, " ", panel.clock), panel.lost),
      this.stepper.whole,
      el("div", { class: "news" }, panel.status, panel.bar, panel.problem, panel.engine),
      this.columns,
    );
  }

  // The terminal is a column, or a tab among the others.
  fold() {
    const narrow = NARROW.matches, { terminal, explain } = this.places;
    this.tabs.all.get("terminal").tab.hidden = !narrow;
    if (narrow) {
      this.left.append(terminal);
      terminal.append(this.right);
      this.panel.terminals.apart();
      explain.append(this.trail);
    } else {
      this.columns.append(this.right);
      terminal.remove();
      this.panel.terminals.beside(this.trail);
      if (this.tabs.at === "terminal") this.tabs.select("task");
    }
    if (this.panel.now) this.chose(this.tabs.at);
  }

  // A part that is open already is read again only where there is more of it.
  chose(name, byHand = false, isNew = true) {
    const { panel } = this;
    if (!panel.now) return;
    if (isNew) panel.opened(name);
    if (!NARROW.matches) panel.terminals.aside(name === "explain");
    this.terminal(byHand);
    this.lead();
  }

  terminal(byHand) {
    const seen = !NARROW.matches || this.tabs.at === "terminal";
    if (seen && this.canType) this.panel.terminals.open(this.panel.now, byHand && NARROW.matches);
  }

  open(name, byHand = false) {
    if (name === "rounds") name = "record";
    if (name === "terminal" && !NARROW.matches) return void this.panel.terminals.focus();
    this.tabs.select(name, byHand);
    if (byHand) this.tabs.all.get(name).tab.focus();
  }

  // An address with a part's name, or that of something within it, opens the part.
  follow() {
    const name = decodeURIComponent(location.hash.slice(1));
    if (!name) return;
    if (TABS.includes(name)) return this.open(name);
    const there = document.getElementById(name), pane = there?.closest("[role=tabpanel]");
    if (!pane || !this.places[pane.dataset.pane ?? pane.id.slice("pane-".length)]) return;
    this.open(pane.id.slice("pane-".length));
    there.scrollIntoView();
  }

  // F6 goes to the other side and comes back to where it was pressed: to the terminal, or while it is written why to
  // the own commands, since the Tab key would go through all other answers first.
  key(event) {
    if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { activeElement: here } = document;
    if (this.right.contains(here) || this.trail.contains(here)) return this.back();
    this.from = here;
    const cite = this.tabs.at === "explain" && this.trail.querySelector("button");
    if (cite) return cite.focus();
    if (NARROW.matches) this.tabs.select("terminal", true);
    this.panel.terminals.focus();
  }

  back() {
    const there = this.from?.checkVisibility?.() && this.left.contains(this.from) ? this.from : this.tabs.all.get(this.tabs.at).tab;
    there.focus();
  }

  began(name) {
    if (OPENS[name]) this.tabs.select(OPENS[name]);
    this.ends = name === "submit";
    this.stepper.next.setAttribute("aria-disabled", "true"); // a second click is none
  }

  done({ action }) {
    if (action === "give-up") this.tabs.select("debrief");
  }

  finished() {
    if (this.ends) this.tabs.select("record");
    this.ends = false;
  }

  lead() {
    const { now } = this.panel;
    if (now) this.stepper.show(now, this.panel.doing, this.tabs.at === "explain" && this.panel.editor.isOpen);
  }

  show(found, { turned, canType }) {
    this.canType = canType;
    const writing = ["broken", "mended"].includes(found.stage);
    this.tabs.hide("diagnose", !found.faults);
    this.states(found);
    this.panel.parts.diagnosis.hidden = this.panel.parts.explain.hidden = !writing;
    this.notes.diagnose.textContent = say(writing ? "note-diagnose-now" : "note-diagnose");
    this.notes.explain.textContent = say(writing ? "note-explain-now" : "note-explain");
    this.prompts.hidden = writing;
    this.notes.debrief.hidden = found.told;
    this.notes.record.hidden = found.rounds.length > 0;
    this.notes.checks.hidden = Boolean(found.report) || found.busy;
    this.notes.hints.textContent = say(found.rungs.length && found.rungs.length === found.of ? "note-hints-all" : "note-hints");
    for (const [name, button] of this.acts) {
      button.classList.toggle("away", !possible(name, found) || name === primary(found));
      button.setAttribute("aria-disabled", String(found.busy));
    }
    this.finish.show(found);
    if (turned && this.tabs.at === "explain") this.tabs.select("task");
    this.folder.replaceChildren(...(found.folder ? [say("folder"), " ", el("code", {}, found.folder)] : []));
    const open = JSON.stringify([found.told, found.round, writing]), isNew = open !== this.shown;
    this.shown = open;
    this.chose(this.tabs.at, false, isNew);
    this.ready();
  }

  states(found) {
    const passed = found.report?.checks.filter((one) => one.outcome === "passed").length;
    const put = (name, text) => this.tabs.state(name, text);
    put("task", `${found.minutes} ${say("min")}`);
    put("checks", found.report ? `${passed}/${found.report.checks.length}` : say("state-none"));
    put("hints", found.of ? `${found.rungs.length}/${found.of}` : say("state-none"));
    put("diagnose", say(found.diagnosed ? "state-noted" : "state-none"));
    put("explain", found.explained ? say("state-accepted") : found.prompts ? `${found.answered}/${found.prompts}` : "");
    put("debrief", say(found.told ? "state-open" : "state-closed"));
    put("record", found.finish ? say("state-submitted") : String(found.rounds.length));
    put("terminal", this.canType ? found.shell : say("state-closed"));
  }

  // On a phone the way back leads to the tab from which the command came.
  run(command, place, button) {
    const { at } = this.tabs;
    const from = { focus: () => (NARROW.matches && this.tabs.select(at), button.focus()) };
    if (NARROW.matches) this.tabs.select("terminal");
    this.panel.terminals.run(command, place, from, null);
  }
}
