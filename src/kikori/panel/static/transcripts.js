// The transcripts of a debrief, as the pages show theirs: a command that can be copied and run, its output folded.
import { el } from "./page.js";
import { commandOf, offerAll } from "./run.js";

const TYPED = /^([a-z][a-z0-9-]*)\$ (.+)$/;

// What was typed where, each with the lines that were printed; nothing where a block is no transcript.
function typedIn(text) {
  const found = [];
  for (const line of text.trimEnd().split("\n")) {
    const [, place, command] = TYPED.exec(line) ?? [];
    if (place) found.push({ place, command, printed: [] });
    else if (found.length) found.at(-1).printed.push(line);
    else return [];
  }
  return found;
}

const block = (...lines) => el("pre", {}, el("code", {}, lines.join("\n")));

function shown({ place, command, printed }) {
  const typed = el("div", { class: "kikori-command highlight", "data-place": place }, block(command));
  typed.querySelector("code").dataset.prompt = `${place}$`;
  const { translations } = JSON.parse(document.getElementById("__config").textContent);
  const copy = { type: "button", class: "md-code__button", title: translations["clipboard.copy"], "data-md-type": "copy" };
  typed.firstChild.prepend(el("nav", { class: "md-code__nav" }, el("button", { ...copy, "data-clipboard-text": commandOf(typed) })));
  return printed.length ? [typed, el("div", { class: "kikori-printed kikori-asked" }, block(...printed))] : [typed];
}

export function transcripts(root) {
  for (const pre of root.querySelectorAll("pre")) {
    const found = typedIn(pre.textContent);
    if (found.length) pre.replaceWith(...found.flatMap(shown));
  }
  offerAll(root);
  root.dispatchEvent(new Event("kikori-printed", { bubbles: true })); // the page's own script folds them
}
