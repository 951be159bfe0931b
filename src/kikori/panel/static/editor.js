// The explanation: a field for each question, kept while it is written, commands cited by a click.
import { ask, el, lang, say } from "./page.js";

const PAUSE = 700; // milliseconds without a key, after which it is kept

export class Editor {
  // The diagnosis has a form of its own where the page has a place for it.
  constructor({ explain, diagnosis, trail }, lab, fail, apart) {
    Object.assign(this, { lab, fail, commands: trail });
    this.fields = new Map();
    this.form = el("form", { class: "explanation" });
    this.choice = apart ? el("form", { class: "explanation" }) : this.form;
    this.told = el("p", { class: "kept-words" }); // not spoken: it changes with every pause of the keys
    explain.append(this.form);
    if (apart) diagnosis.append(this.choice);
    for (const form of this.forms) form.addEventListener("input", () => this.later());
    if (apart) this.choice.addEventListener("submit", (event) => (event.preventDefault(), this.diagnose()));
    this.form.addEventListener("submit", (event) => this.hand(event));
    this.form.addEventListener("focusin", (event) => event.target.tagName === "TEXTAREA" && (this.last = event.target));
  }

  get forms() {
    return new Set([this.choice, this.form]);
  }

  get isOpen() {
    return this.fields.size > 0;
  }

  async load() {
    if (!this.isOpen) await (this.loading ??= this.fill().finally(() => (this.loading = null)));
  }

  async fill() {
    const found = await ask(`/-/draft/${this.lab}?lang=${lang}`);
    if (!found.prompts) return void (this.told.textContent = found.message ?? "");
    const choices = this.choices(found), apart = this.choice !== this.form;
    if (apart) this.choice.replaceChildren(...choices);
    this.form.replaceChildren(...(apart ? [] : choices), ...found.prompts.flatMap((prompt) => this.field(...prompt)),
      this.reason(""),
      el("button", { type: "submit", class: `md-button ${apart ? "own" : "md-button--primary"}` }, say("do-explain")), this.told);
  }

  // Another round begins with an empty explanation; what was written belongs to the one before.
  turn(round) {
    const before = this.round;
    if (before === round) return false;
    this.round = round;
    clearTimeout(this.timer);
    this.fields.clear();
    for (const form of this.forms) form.replaceChildren();
    return before !== undefined;
  }

  reason(id) {
    return el("p", { class: "reason", id: `reason-${this.lab}-${id}` });
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
    return [...this.described("component", this.component, say("component")), ...this.described("cause", this.cause, say("cause")),
      list, this.means, note];
  }

  field(id, question, text) {
    const area = el("textarea", { name: id, rows: "4" });
    area.value = text;
    this.fields.set(id, area);
    return this.described(id, area, question);
  }

  described(id, field, question) {
    const reason = this.reason(id);
    field.id = `answer-${this.lab}-${id}`;
    field.setAttribute("aria-describedby", reason.id);
    return [el("label", { for: field.id }, question), field, reason];
  }

  async diagnose() {
    const { component, cause } = this.body();
    const found = await ask(`/-/do/${this.lab}/diagnose?lang=${lang}`, { component, cause });
    if (found.message) this.fail(found.message, found.hint);
  }

  body() {
    const answers = Object.fromEntries([...this.fields].map(([id, area]) => [id, area.value]));
    return { answers, component: this.component?.value ?? "", cause: this.cause?.value ?? "", round: this.round };
  }

  later() {
    clearTimeout(this.timer);
    this.told.textContent = say("writing");
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  async keep() {
    const found = await ask(`/-/draft/${this.lab}?lang=${lang}`, this.body());
    this.told.textContent = found.message ? "" : say("kept");
    if (found.message) this.fail(found.message, found.hint);
    else this.lacks(found.problems);
  }

  async hand(event) {
    event.preventDefault();
    clearTimeout(this.timer);
    await this.keep();
    const found = await ask(`/-/do/${this.lab}/explain?lang=${lang}`, this.body());
    if (found.message) this.fail(found.message, found.hint);
  }

  // Each reason at its field. While it is written they are advice; red, once they were why it was refused.
  lacks(problems) {
    for (const reason of this.reasons()) {
      const id = reason.id.slice(`reason-${this.lab}-`.length);
      const found = problems.filter((one) => one.prompt === id).map((one) => one.reason);
      reason.textContent = found.join("; ");
      if (!found.length) this.refuse(reason, false);
    }
  }

  reasons() {
    return [...this.forms].flatMap((form) => [...form.querySelectorAll(".reason")]);
  }

  refuse(reason, isRefused) {
    reason.classList.toggle("refused", isRefused);
    const field = reason.closest("form").querySelector(`[aria-describedby="${reason.id}"]`);
    isRefused ? field?.setAttribute("aria-invalid", "true") : field?.removeAttribute("aria-invalid");
    return field;
  }

  judged(problems) {
    this.lacks(problems);
    const reasons = this.reasons().filter((one) => one.textContent);
    const [first] = reasons.map((one) => this.refuse(one, true)).filter(Boolean);
    return first;
  }

  // The first question without an answer, or else the first.
  begin() {
    const all = [...this.fields.values()];
    (all.find((area) => !area.value.trim()) ?? all[0])?.focus();
  }

  trail(commands, accepted) {
    this.form.classList.toggle("accepted", accepted);
    const told = JSON.stringify(commands);
    if (told === this.shown) return; // whoever is about to cite one keeps the place
    this.shown = told;
    this.commands.replaceChildren(...commands.map((one) => {
      const cite = el("button", { type: "button", title: say("cite") }, `#${one.number}`);
      cite.addEventListener("click", () => this.cite(one.number));
      return el("li", {}, cite, el("code", {}, one.line), ` ${say("ran").replace("{place}", one.service).replace("{code}", one.exit_code)}`);
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
