// The explanation: a field for each question, kept while it is written, commands cited by a click.
import { ask, el, lang, say } from "./page.js";

const PAUSE = 700; // milliseconds without a key, after which it is kept

export class Editor {
  constructor(host, lab) {
    this.lab = lab;
    this.fields = new Map();
    this.form = el("form", { class: "explanation" });
    this.commands = el("ul", { class: "trail" });
    this.told = el("p", { class: "status", "aria-live": "polite" });
    host.append(this.form, el("h4", {}, say("trail")), this.commands);
    this.form.addEventListener("submit", (event) => this.hand(event));
    this.form.addEventListener("focusin", (event) => event.target.tagName === "TEXTAREA" && (this.last = event.target));
  }

  async load() {
    if (this.fields.size) return;
    const found = await ask(`/-/draft/${this.lab}?lang=${lang}`);
    if (!found.prompts) return void (this.told.textContent = found.message ?? "");
    this.form.replaceChildren(...this.choices(found), ...found.prompts.flatMap((prompt) => this.field(...prompt)),
      el("button", { type: "submit", class: "md-button md-button--primary" }, say("do-explain")), this.told);
    this.form.addEventListener("input", () => this.later());
  }

  choices(found) {
    if (!found.components.length) return [];
    this.component = el("select", { name: "component" }, el("option", { value: "" }, "—"),
      ...found.components.map((value) => el("option", { value }, value)));
    const list = el("datalist", { id: `causes-${this.lab}` },
      ...Object.entries(found.causes).map(([value, words]) => el("option", { value }, words)));
    this.cause = el("input", { name: "cause", list: list.id, maxlength: "190", autocomplete: "off" });
    this.means = el("small", { class: "means" });
    const tell = () => (this.means.textContent = found.causes[this.cause.value] ?? say(this.cause.value ? "own-words" : "choose"));
    this.cause.addEventListener("input", tell);
    [this.component.value, this.cause.value] = [found.component, found.cause];
    tell();
    const note = el("button", { type: "button", class: "md-button" }, say("do-diagnose"));
    note.addEventListener("click", () => this.diagnose());
    return [el("label", {}, say("component"), this.component), el("label", {}, say("cause"), this.cause), list, this.means, note];
  }

  field(id, question, text) {
    const area = el("textarea", { name: id, rows: "4", id: `answer-${this.lab}-${id}` });
    area.value = text;
    this.fields.set(id, area);
    const reason = el("p", { class: "reason", id: `reason-${this.lab}-${id}` });
    area.setAttribute("aria-describedby", reason.id);
    return [el("label", { for: area.id }, question), area, reason];
  }

  async diagnose() {
    const { component, cause } = this.body();
    const found = await ask(`/-/do/${this.lab}/diagnose?lang=${lang}`, { component, cause });
    if (found.message) this.told.textContent = found.message;
  }

  body() {
    const answers = Object.fromEntries([...this.fields].map(([id, area]) => [id, area.value]));
    return { answers, component: this.component?.value ?? "", cause: this.cause?.value ?? "" };
  }

  later() {
    clearTimeout(this.timer);
    this.told.textContent = say("writing");
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  async keep() {
    const found = await ask(`/-/draft/${this.lab}?lang=${lang}`, this.body());
    this.told.textContent = found.message ?? say("kept");
    this.lacks(found.problems ?? []);
  }

  async hand(event) {
    event.preventDefault();
    clearTimeout(this.timer);
    await this.keep();
    const found = await ask(`/-/do/${this.lab}/explain?lang=${lang}`, this.body());
    if (found.message) this.told.textContent = found.message;
  }

  lacks(problems) {
    for (const id of this.fields.keys()) {
      const found = problems.filter((one) => one.prompt === id).map((one) => one.reason);
      document.getElementById(`reason-${this.lab}-${id}`).textContent = found.join("; ");
    }
  }

  trail(commands, accepted) {
    this.form.classList.toggle("accepted", accepted);
    this.commands.replaceChildren(...commands.map((one) => {
      const cite = el("button", { type: "button", title: say("cite") }, `#${one.number}`);
      cite.addEventListener("click", () => this.cite(one.number));
      return el("li", {}, cite, el("code", {}, one.line), ` ${one.service}, ${one.exit_code}`);
    }));
  }

  cite(number) {
    const area = this.last ?? this.fields.values().next().value;
    if (!area) return;
    area.setRangeText(`[#${number}]`, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    this.later();
  }
}
