// Terminals in the page, one for each place of the lab; a shell lives on while the page sleeps.
import { letters } from "./letters.js";
import { el, lang, say } from "./page.js";
import { Tabs } from "./tabs.js";

const AGAIN = 1500; // milliseconds until a connection that was lost is tried anew
const PROMPT = 10_000; // milliseconds within which a shell that was just opened asks for a command
const TRAIL = "your commands"; // no service has a space in its name
const EARLY = 4096; // characters that are kept of what is typed before the connection stands
const EMPTY = "\x05\x15"; // Ctrl-E and Ctrl-U: what was typed and not run makes room

class Shell {
  constructor(lab, place, host, kinds) {
    Object.assign(this, { lab, place });
    this.screen = el("div", { class: "screen" });
    host.append(this.screen);
    this.terminal = new kinds.Terminal({ fontFamily: letters.family(), fontSize: letters.MOST, cursorBlink: true, scrollback: 5000 });
    this.fit = new kinds.FitAddon();
    this.terminal.loadAddon(this.fit);
    this.terminal.open(this.screen);
    this.terminal.textarea.setAttribute("aria-describedby", `keys-${lab}`);
    this.terminal.onData((text) => this.send(text));
    this.terminal.onResize((size) => this.size(size));
    this.terminal.attachCustomKeyEventHandler((event) => this.key(event));
    new ResizeObserver(() => this.fits()).observe(this.screen);
    this.connect();
  }

  connect() {
    const here = new URL(`/-/shell/${this.lab}?at=${this.place}&lang=${lang}`, location.href);
    here.protocol = here.protocol.replace("http", "ws");
    this.socket = new WebSocket(here);
    this.socket.binaryType = "arraybuffer";
    this.early = "";
    this.socket.addEventListener("open", () => {
      this.terminal.reset();
      this.fits();
      this.size({ cols: this.terminal.cols, rows: this.terminal.rows });
      if (this.early) this.send(this.early);
    });
    this.socket.addEventListener("message", (event) => this.receive(event.data));
    this.socket.addEventListener("close", () => this.lost());
  }

  receive(data) {
    if (typeof data !== "string") return void this.terminal.write(new Uint8Array(data));
    const told = JSON.parse(data);
    this.ended = true;
    this.terminal.write(`\r\n\x1b[2m${told.message ?? say("shell-ended")}\x1b[0m\r\n`);
  }

  lost() {
    if (!this.ended && this.screen.isConnected) setTimeout(() => this.connect(), AGAIN);
  }

  key(event) {
    if (event.key === "Tab" && event.shiftKey) return false; // the way out by keyboard
    const held = event.ctrlKey && event.shiftKey && event.type === "keydown";
    if (held && event.code === "KeyC") return void navigator.clipboard.writeText(this.terminal.getSelection()), false;
    return !(held && event.code === "KeyV"); // the browser pastes
  }

  // Text is only put where a shell waits for it: it takes pasted lines as one, and runs none of them before Enter.
  async type(text) {
    for (const end = Date.now() + PROMPT; !this.waits() && Date.now() < end;) await new Promise((next) => setTimeout(next, 100));
    if (!this.waits()) return false;
    this.terminal.input(EMPTY);
    this.terminal.paste(text);
    return true;
  }

  waits() {
    return this.terminal.modes.bracketedPasteMode && this.terminal.buffer.active.type === "normal";
  }

  send(text) {
    if (this.ended) {
      this.ended = false;
      return void this.connect();
    }
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(new TextEncoder().encode(text));
    else if (this.socket.readyState === WebSocket.CONNECTING) this.early = (this.early + text).slice(0, EARLY);
  }

  size({ cols, rows }) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ columns: cols, lines: rows }));
  }

  fits() {
    if (this.screen.offsetParent) letters.fit(this.terminal, this.fit, this.screen);
    this.screen.dataset.columns = this.terminal.cols;
  }

  end() {
    this.ended = true;
    this.socket.close();
    this.terminal.dispose();
    this.screen.remove();
  }
}

export class Terminals {
  constructor(host, lab, isBeside) {
    Object.assign(this, { lab, shells: new Map(), places: [] });
    this.screens = el("div", { class: "screens", id: `screens-${lab}` });
    this.tabs = new Tabs("place", say("places"), (place, byHand) => this.chose(place, byHand));
    this.closed = el("p", { class: "note closed" });
    this.keys = el("p", { class: "keys", id: `keys-${lab}` }, say(isBeside ? "keys" : "keys-lesson"));
    this.own = el("p", { class: "own" }, say("own-terminal"), el("code", {}, `./kikori shell --lab ${lab}`));
    this.told = el("span", { role: "status" });
    this.back = el("button", { type: "button" }, say("run-back"));
    this.dock = el("p", { class: "dock" }, this.told, this.back);
    this.dock.hidden = true;
    host.append(this.tabs.bar, this.dock, this.screens, this.closed, this.keys, this.own);
  }

  // Where the page has a place for it beside the terminal, the trail is one more tab.
  beside(trail) {
    this.trail = trail;
    trail.id = `trail-${this.lab}`;
    this.screens.after(trail);
    this.begin(this.places);
  }

  apart() {
    if (!this.trail) return;
    this.isAside = false;
    this.trail.hidden = false;
    for (const name of ["role", "aria-labelledby"]) this.trail.removeAttribute(name);
    this.trail = null;
    this.begin(this.places);
  }

  // At the foot of the window in a lesson, until the reader goes back to the page.
  async run(command, place, from, part) {
    part?.classList.add("docked");
    this.dock.hidden = false;
    this.told.textContent = "";
    this.back.onclick = () => {
      part?.classList.remove("docked");
      this.dock.hidden = true;
      from.focus();
    };
    const shell = await this.show(place || this.at || this.places[0]);
    this.told.textContent = say(await shell.type(command) ? "run-ready" : "run-busy");
  }

  services(found) {
    const places = found.running ? [...(found.workspace ? ["workspace"] : []), ...found.services.map((one) => one.name)] : [];
    this.found = found;
    if (this.places.join() === places.join()) this.tell(found);
    else this.begin(places);
  }

  tell({ services, trail }) {
    for (const { name, state } of services) if (this.tabs.all.has(name)) this.tabs.all.get(name).tab.dataset.state = state;
    if (this.trail) this.tabs.state(TRAIL, String(trail.length));
  }

  begin(places) {
    this.places = places;
    this.tabs.clear();
    for (const place of places) this.tabs.add(place, place === "workspace" ? say("workspace") : place, this.screens);
    if (this.trail) this.tabs.add(TRAIL, say("trail"), this.trail);
    if (this.at && places.includes(this.at)) this.tabs.mark(this.at);
    if (this.found) this.tell(this.found);
  }

  // While it is written why, the commands stand beside it.
  aside(is) {
    if (!this.trail || is === this.isAside) return;
    this.isAside = is;
    if (is) this.tabs.select(TRAIL);
    else if (this.tabs.at === TRAIL && this.at) this.tabs.select(this.at);
  }

  // What there is to be said while nobody can type.
  close(words) {
    this.closed.textContent = words;
    this.closed.hidden = !words;
    this.screens.classList.toggle("shut", Boolean(words));
    if (!words) return;
    for (const shell of this.shells.values()) shell.end();
    this.shells.clear();
    this.at = undefined;
  }

  async open(found, byHand = true) {
    const place = this.places.includes(found.shell) ? found.shell : this.places[0];
    if (!this.at && place) await this.show(place, byHand);
  }

  focus() {
    if (this.tabs.at === TRAIL && this.at) this.tabs.select(this.at);
    this.shells.get(this.at)?.terminal.focus();
  }

  chose(place, byHand) {
    if (place !== TRAIL) this.show(place, false, byHand);
  }

  async show(place, byHand = true) {
    this.at = place;
    if (byHand || !this.isAside) this.tabs.mark(place);
    const kinds = await (this.kinds ??= load());
    if (this.at !== place) return this.shells.get(place);
    for (const shell of this.shells.values()) shell.screen.hidden = true;
    const shell = this.shells.get(place) ?? new Shell(this.lab, place, this.screens, kinds);
    this.shells.set(place, shell);
    shell.screen.hidden = false;
    shell.fits();
    if (byHand) shell.terminal.focus();
    return shell;
  }
}

// A terminal that is opened before its style is there lies below what the style takes out of the way, and jumps.
async function load() {
  const style = el("link", { rel: "stylesheet", href: "/-/static/xterm/xterm.css" });
  const styled = new Promise((next) => ["load", "error"].forEach((event) => style.addEventListener(event, next)));
  document.head.append(style);
  const [{ Terminal }, { FitAddon }] = await Promise.all([import("./xterm/xterm.mjs"), import("./xterm/addon-fit.mjs"), styled]);
  return { Terminal, FitAddon };
}
