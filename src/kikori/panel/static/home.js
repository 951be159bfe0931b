// The home page comes from the server with what comes next, and with the map; here both are kept up to date.
import { ask, lang } from "./page.js";

const OFTEN = 30_000, SOON = 2_000;

class Home {
  constructor(hero, map) {
    this.hero = hero;
    this.map = map;
    for (const place of [hero, map]) place.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("visibilitychange", () => document.hidden || this.show());
    addEventListener("pageshow", ({ persisted }) => persisted && this.show());
    setInterval(() => document.hidden || this.show(), OFTEN);
    for (const place of [hero, map]) place.dataset.live = ""; // from now on a click is heard
  }

  async show() {
    const found = await ask(`/-/home?lang=${lang}`);
    if (found.message) return void setTimeout(() => this.show(), SOON); // what was told before stays
    draw(this.hero, found.hero);
    draw(this.map, found.map);
  }

  clicked(event) {
    const { target } = event;
    const link = target.closest("[data-start]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) this.start(event, link);
    const button = target.closest("[data-forget]");
    if (button && window.confirm(button.dataset.forget)) this.forget();
  }

  // The lab's own page says how the start goes on, and why where it does not.
  async start(event, link) {
    event.preventDefault();
    await ask(`/-/do/${link.dataset.start}/start?lang=${lang}`, {});
    location.href = link.href;
  }

  async forget() {
    await ask(`/-/reading?lang=${lang}`, { forget: true });
    await this.show();
    document.dispatchEvent(new CustomEvent("kikori-forgot"));
  }
}

const drawn = new WeakMap();

// What is the same stays, and with it the keyboard's place.
function draw(place, html) {
  if (drawn.get(place) === html) return;
  const held = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  drawn.set(place, html);
  place.innerHTML = html; // it is escaped already
  if (held !== null) [...place.querySelectorAll("a")].find((one) => one.getAttribute("href") === held)?.focus();
}

export function home() {
  const [hero, map] = [document.querySelector(".kikori-home"), document.querySelector(".kikori-map-place")];
  if (hero && map) new Home(hero, map);
}
