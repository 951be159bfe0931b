// The end of a round: what was reached, the file to keep, and where to go next.
import { el, lang, say } from "./page.js";

const HOME = lang === "ja" ? "/ja" : "";

export class Finish {
  constructor(host, lab, panel) {
    Object.assign(this, { host, lab, panel });
  }

  show(found) {
    const told = JSON.stringify([found.finish, found.onward, found.unmet, found.running, found.busy]);
    if (told === this.told) return;
    this.told = told;
    this.host.hidden = !found.finish;
    this.host.replaceChildren(...(found.finish ? [...reached(found.finish), ...this.file(found.finish), ...this.next(found)] : []));
  }

  file(one) {
    const path = el("code", { class: "path" }, one.file);
    const save = el("a", { class: "md-button", href: `/-/submission/${this.lab}`, download: "" }, say("download"));
    return [el("h3", {}, say("finish-file")), el("p", {}, path), one.is_there ? el("p", {}, save) : el("p", {}, say("file-gone"))];
  }

  next(found) {
    const { module, lab } = found.onward;
    const items = [
      found.running && found.told && this.button("debrief", () => this.panel.lay.open("debrief", true)),
      found.running && found.unmet > 0 && this.button("do-another", () => this.panel.act("another")),
      link(`${HOME}/courses/${module.id}/why-again/`, "next-why-again", module.title),
      lab && link(`${HOME}/labs/${lab.id}/`, "next-lab", lab.title),
    ];
    return [el("h3", {}, say("finish-next")), el("ul", { class: "onward" }, ...items.filter(Boolean).map((one) => el("li", {}, one)))];
  }

  button(words, act) {
    const found = el("button", { type: "button", class: "as-link" }, say(words === "debrief" ? "next-debrief" : words));
    found.addEventListener("click", act);
    return found;
  }
}

function link(href, words, title) {
  return el("a", { href }, say(words).replace("{title}", title));
}

function reached(one) {
  const rows = [
    ["reached-time", say("of-minutes").replace("{n}", Math.max(1, Math.round(one.minutes))).replace("{of}", one.stated)],
    ["reached-hints", say("n-of").replace("{n}", one.hints).replace("{of}", one.of)],
    ["reached-checks", say("n-of").replace("{n}", one.passed).replace("{of}", one.checks)],
    ["reached-decided", one.deciding ? el("code", {}, `#${one.deciding.number} ${one.deciding.line}`) : say("none-cited")],
  ];
  return [el("h2", {}, say("finish")), el("dl", { class: "reached" }, ...rows.flatMap(([name, value]) => [el("dt", {}, say(name)), el("dd", {}, value)]))];
}
