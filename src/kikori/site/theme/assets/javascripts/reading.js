/* Which lessons were read: marked beside the links to them, and at their end. A served site keeps it with the learner's
   attempts, for every browser; elsewhere this browser keeps it. Nothing is sent anywhere else. */
(() => {
  const LESSON = /\/courses\/([a-z0-9-]+\/[a-z0-9-]+)\/(why|how|why-again)\/(?:index\.html)?$/;
  const PAGES = ["why", "how", "why-again"];
  const NAME = /^[a-z0-9-]+\/[a-z0-9-]+\/(why|how|why-again)$/;
  const PLACE = "kikori-read";
  const READING = "/-/reading";
  const SECONDS = 10;
  const RETRY = 500;
  const SIGNS = { read: "✓", done: "✓", begun: "◐", next: "▶" };
  const MODULES = "a[data-module], .md-nav__link:has(> .md-nav__icon)"; // a module that is folded leads to its first page
  const LISTS = ".md-nav--primary a[href], .kikori-steps a[href], .kikori-track a[href], a[data-module]";
  const words = document.currentScript.dataset;
  const served = document.querySelector("script[data-kikori]");

  const el = (tag, attributes = {}, ...children) => {
    const found = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => found.setAttribute(name, value));
    found.append(...children);
    return found;
  };

  const later = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

  /* How far each module is by its pages; a served site counts its labs, too, and knows which comes next. */
  const counted = (read) => {
    const found = new Map();
    read.forEach((page) => {
      const module = page.slice(0, page.lastIndexOf("/"));
      found.set(module, (found.get(module) ?? 0) + 1);
    });
    return new Map([...found].map(([module, count]) => [module, count === PAGES.length ? ["read"] : ["begun"]]));
  };

  /* A private window may keep nothing, and somebody else's text may stand there; then nothing was read. */
  const here = {
    names() {
      try {
        const found = JSON.parse(localStorage.getItem(PLACE));
        return Array.isArray(found) ? found.filter((one) => NAME.test(one)) : [];
      } catch { return []; }
    },
    put(names) {
      try { localStorage.setItem(PLACE, JSON.stringify(names)); } catch { return; }
    },
    async all() {
      const read = new Set(this.names());
      return { read, modules: counted(read) };
    },
    async mark(page, read) {
      const others = this.names().filter((one) => one !== page);
      this.put(read ? [...others, page] : others);
    },
    async forget() { this.put([]); },
  };
  /* A lab that starts or stops changes the networks, and the browser gives up what it was just asking. */
  const ask = (options) => fetch(READING, options).catch(() => later(RETRY).then(() => fetch(READING, options)));
  const there = {
    async all() {
      const { pages = [], modules = {} } = await ask().then((answer) => answer.json()).catch(() => ({}));
      return { read: new Set(pages), modules: new Map(Object.entries(modules)) };
    },
    async put(asked) {
      const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked) };
      await ask(options).catch(() => null);
    },
    async mark(page, read) { await this.put({ page, read }); },
    async forget() { await this.put({ forget: true }); },
  };
  const store = served ? there : here;

  /* A mark is a sign and a word; where there is little room, the word is for screen readers alone. */
  const sign = (name, bare) => el("span", { class: `kikori-read is-${name}` },
    el("span", { "aria-hidden": "true" }, ` ${SIGNS[name]} `), el("span", bare ? { class: "kikori-unseen" } : {}, words[name]));

  const mark = (link, read, modules) => {
    link.querySelectorAll(":scope > .kikori-read").forEach((one) => one.remove());
    const [, module, page] = LESSON.exec(link.pathname);
    const names = link.matches(MODULES) ? modules.get(module) ?? [] : read.has(`${module}/${page}`) ? ["read"] : [];
    const [marks, icon] = [names.map((name) => sign(name, link.closest(".md-nav"))), link.querySelector(":scope > .md-nav__icon")];
    icon ? icon.before(...marks) : link.append(...marks);
  };

  const note = () => {
    const [text, button] = [el("span"), el("button", { type: "button" })];
    const whole = el("p", { class: "kikori-read-here" }, text, button);
    return { whole, text, button, show(read) {
      const said = read ? words.isRead : words.isUnread;
      if (text.textContent !== said) text.textContent = said;
      button.textContent = read ? words.unmark : words.mark;
      text.setAttribute("role", "status"); // from now on a change is news
    } };
  };

  const own = LESSON.exec(location.pathname);
  const page = own && `${own[1]}/${own[2]}`;
  const foot = own && note();
  let read = new Set();

  const show = async () => {
    const found = await store.all();
    const { modules } = found;
    read = found.read;
    [...document.querySelectorAll(LISTS)].filter((one) => LESSON.test(one.pathname)).forEach((one) => mark(one, read, modules));
    document.dispatchEvent(new CustomEvent("kikori-marks", { detail: { modules, signs: SIGNS, words } }));
    foot?.show(read.has(page));
    if (forget) forget.hidden = !read.size;
  };

  /* Read to the end: the end of the text was in view, and the page was in front for ten seconds. */
  const watch = () => {
    let [seconds, reached, decided] = [0, false, false];
    const settle = async (value) => {
      decided = true;
      await store.mark(page, value);
      await show();
    };
    const look = () => reached && seconds >= SECONDS && !decided && !read.has(page) && settle(true);
    new IntersectionObserver((seen) => { reached ||= seen.some((one) => one.isIntersecting); look(); }).observe(foot.whole);
    setInterval(() => { seconds += document.hidden ? 0 : 1; look(); }, 1000);
    foot.button.addEventListener("click", () => settle(!read.has(page)));
  };

  const article = document.querySelector("article");
  const forget = document.querySelector("[data-module]") && el("button", { type: "button", class: "kikori-forget", hidden: "" }, words.forget);
  if (forget) {
    article.append(el("p", {}, forget));
    forget.addEventListener("click", async () => {
      if (!confirm(words.sure)) return;
      await store.forget();
      await show();
    });
  }
  if (foot) {
    article.append(foot.whole);
    watch();
  }
  show();
  document.addEventListener("visibilitychange", () => document.hidden || show());
  document.addEventListener("kikori-forgot", show);
})();
