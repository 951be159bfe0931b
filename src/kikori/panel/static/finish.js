// The end of a round: what was reached, the file to keep, and where to go next.
import { ask, el, lang, say } from "./page.js";

const HOME = lang === "ja" ? "/ja" : "";

export class Finish {
  // Whoever has just submitted is shown it once it is there.
  constructor(host, lab, panel, shown) {
    Object.assign(this, { host, lab, panel, shown });
    host.hidden = true;
  }

  async show(found) {
    const told = JSON.stringify([found.finish, found.told, found.unmet, found.running]);
    if (told === this.told) return;
    this.told = told;
    const onward = found.finish ? await ask(`/-/onward/${this.lab}?lang=${lang}`) : {};
    if (told !== this.told) return; // there is newer news
    if (onward.message) this.told = ""; // the server was away: with the next news again
    this.host.hidden = !onward.module;
    if (onward.module) this.host.replaceChildren(...reached(found.finish), ...this.file(found.finish), ...this.next(found, onward));
    if (onward.module) this.shown();
  }

  file(one) {
    const path = el("code", { class: "path" }, one.file);
    const save = el("a", { class: "md-button", href: `/-/submission/${this.lab}`, download: "" }, say("download"));
    return [el("h3", {}, say("finish-file")), el("p", {}, path), one.is_there ? el("p", {}, save) : el("p", {}, say("file-gone"))];
  }

  next(found, { module, lab }) {
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
