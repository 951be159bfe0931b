// Terminals in the page, one for each place of the lab; a shell lives on while the page sleeps.
import { el, lang, say } from "./page.js";

const AGAIN = 1500; // milliseconds until a connection that was lost is tried anew
const PROMPT = 10_000; // milliseconds within which a shell that was just opened asks for a command
const EMPTY = "\x05\x15"; // Ctrl-E and Ctrl-U: what was typed and not run makes room

class Tab {
  constructor(lab, place, host, kinds) {
    Object.assign(this, { lab, place });
    this.screen = el("div", { class: "screen" });
    host.append(this.screen);
    const style = getComputedStyle(document.documentElement);
    this.terminal = new kinds.Terminal({
      fontFamily: style.getPropertyValue("--md-code-font") || "monospace", fontSize: 14, cursorBlink: true,
      scrollback: 5000,
    });
    this.fit = new kinds.FitAddon();
    this.terminal.loadAddon(this.fit);
    this.terminal.open(this.screen);
    this.terminal.onData((text) => this.send(new TextEncoder().encode(text)));
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
    this.socket.addEventListener("open", () => {
      this.terminal.reset();
      this.fits();
      this.size({ cols: this.terminal.cols, rows: this.terminal.rows });
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

  send(bytes) {
    if (this.ended) {
      this.ended = false;
      return void this.connect();
    }
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes);
  }

  size({ cols, rows }) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ columns: cols, lines: rows }));
  }

  fits() {
    if (this.screen.offsetParent) this.fit.fit();
  }
}

export class Terminals {
  constructor(host, lab) {
    this.lab = lab;
    this.tabs = new Map();
    this.bar = el("div", { class: "tabs", role: "tablist" });
    this.screens = el("div", { class: "screens" });
    this.own = el("p", { class: "own" });
    this.told = el("span", { role: "status" });
    this.back = el("button", { type: "button" }, say("run-back"));
    this.dock = el("p", { class: "dock" }, this.told, this.back);
    this.dock.hidden = true;
    host.append(this.bar, this.dock, this.screens, this.own);
  }

  // At the foot of the window, until the reader goes back to the page.
  async run(command, place, part, from) {
    part.classList.add("docked");
    this.dock.hidden = false;
    this.told.textContent = "";
    this.back.onclick = () => {
      part.classList.remove("docked");
      this.dock.hidden = true;
      from.focus();
    };
    const tab = await this.show(place);
    this.told.textContent = say(await tab.type(command) ? "run-ready" : "run-busy");
  }

  services(found) {
    const places = [...(found.workspace ? ["workspace"] : []), ...found.services.map((one) => one.name)];
    if (this.places?.join() === places.join()) return;
    this.places = places;
    this.bar.replaceChildren(...places.map((place) => {
      const tab = el("button", { type: "button", role: "tab", "data-place": place, "aria-selected": "false" }, place);
      tab.addEventListener("click", () => this.show(place));
      return tab;
    }));
    this.own.replaceChildren(say("own-terminal"), el("code", {}, `./kikori shell --lab ${this.lab}`));
  }

  async open(found) {
    if (!this.at) await this.show(found.shell || this.places[0]);
  }

  async show(place) {
    this.at = place;
    const kinds = await (this.kinds ??= load());
    for (const tab of this.tabs.values()) tab.screen.hidden = true;
    const tab = this.tabs.get(place) ?? new Tab(this.lab, place, this.screens, kinds);
    this.tabs.set(place, tab);
    tab.screen.hidden = false;
    for (const one of this.bar.children) one.setAttribute("aria-selected", String(one.dataset.place === place));
    tab.fits();
    tab.terminal.focus();
    return tab;
  }
}

async function load() {
  document.head.append(el("link", { rel: "stylesheet", href: "/-/static/xterm/xterm.css" }));
  const [{ Terminal }, { FitAddon }] = await Promise.all([import("./xterm/xterm.mjs"), import("./xterm/addon-fit.mjs")]);
  return { Terminal, FitAddon };
}
