/* Which lessons were read: marked beside the links to them, and at their end. A served site keeps it with the learner's
   attempts, for every browser; elsewhere this browser keeps it. Nothing is sent anywhere else. */
(() => {
  const LESSON = /\/courses\/([a-z0-9-]+\/[a-z0-9-]+)\/(why|how|why-again)\/(?:index\.html)?$/;
  const PAGES = ["why", "how", "why-again"];
  const PLACE = "kikori-read";
  const SECONDS = 10;
  const LISTS = ".md-nav--primary a[href], .kikori-steps a[href], .kikori-track a[href], a[data-module]";
  const words = document.currentScript.dataset;
  const served = document.querySelector("script[data-kikori]");

  const el = (tag, attributes = {}, ...children) => {
    const found = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => found.setAttribute(name, value));
    found.append(...children);
    return found;
  };

  /* A private window may keep nothing, and somebody else's text may stand there; then nothing was read. */
  const here = {
    async all() {
      try {
        const found = JSON.parse(localStorage.getItem(PLACE));
        return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
      } catch { return []; }
    },
    async put(pages) {
      try { localStorage.setItem(PLACE, JSON.stringify(pages)); } catch { return; }
    },
    async mark(page, read) {
      const others = (await this.all()).filter((one) => one !== page);
      await this.put(read ? [...others, page] : others);
    },
    async forget() { await this.put([]); },
  };
  const there = {
    async all() {
      try { return (await (await fetch("/-/reading")).json()).pages ?? []; } catch { return []; }
    },
    async put(asked) {
      const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked) };
      await fetch("/-/reading", options).catch(() => null);
    },
    async mark(page, read) { await this.put({ page, read }); },
    async forget() { await this.put({ forget: true }); },
  };
  const store = served ? there : here;

  /* A mark is a sign and a word: the word stands in the link's name, where there is room for it too. */
  const marked = (told) => el("span", { class: "kikori-read" }, el("span", { "aria-hidden": "true" }, " ✓ "), el("span", {}, told));
  const small = (told) => el("span", { class: "kikori-read" }, el("span", { "aria-hidden": "true" }, " ✓"), el("span", { class: "kikori-unseen" }, ` (${told})`));

  const ofModule = (link) => "module" in link.dataset || link.closest(".md-nav__item--pruned");
  const told = (link, read) => {
    const [, module, page] = LESSON.exec(link.pathname);
    if (!ofModule(link)) return read.has(`${module}/${page}`) ? words.read : "";
    const count = PAGES.filter((one) => read.has(`${module}/${one}`)).length;
    return count === PAGES.length ? words.read : count ? words.some.replace("%n", count) : "";
  };

  const mark = (link, read) => {
    link.querySelector(":scope > .kikori-read")?.remove();
    const said = told(link, read);
    if (said) link.append(link.closest(".md-nav") && said === words.read ? small(said) : marked(said));
  };

  const note = () => {
    const [text, button] = [el("span", { role: "status" }), el("button", { type: "button" })];
    const whole = el("p", { class: "kikori-read-here" }, text, button);
    return { whole, text, button, show(read) {
      const said = read ? words.isRead : words.isUnread;
      if (text.textContent !== said) text.textContent = said;
      button.textContent = read ? words.unmark : words.mark;
    } };
  };

  const own = LESSON.exec(location.pathname);
  const page = own && `${own[1]}/${own[2]}`;
  const foot = own && note();
  let read = new Set();

  const show = async () => {
    read = new Set(await store.all());
    [...document.querySelectorAll(LISTS)].filter((one) => LESSON.test(one.pathname)).forEach((one) => mark(one, read));
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
})();
