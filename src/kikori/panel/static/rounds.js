// The record of a lab: its rounds as a table, and time as a clock shows it.
import { el, lang, say } from "./page.js";

const COLUMNS = {
  round: (one) => one.number,
  begun: (one) => new Date(one.begun * 1000).toLocaleString(lang === "ja" ? "ja-JP" : "en-GB", { dateStyle: "medium", timeStyle: "short" }),
  wrong: (one) => (one.cause || one.fault || "–").replaceAll("`", ""),
  time: (one) => clock(one.minutes * 60),
  hints: (one) => one.hints,
  checks: (one) => one.checks,
  result: (one) => say(`result-${one.result.replaceAll(" ", "-")}`),
};

export function table(rounds) {
  const names = Object.keys(COLUMNS);
  return el("table", {},
    el("thead", {}, el("tr", {}, ...names.map((name) => el("th", { scope: "col" }, say(`column-${name}`))))),
    el("tbody", {}, ...rounds.map((one) => el("tr", {}, ...names.map((name) => cell(name, one))))));
}

function cell(name, one) {
  return el("td", { "data-label": say(`column-${name}`) }, String(COLUMNS[name](one)));
}

export function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, "0")}`;
}

// The own timeline, once there is one, and what classes took, where somebody measured.
export function timesOf(found) {
  const parts = [];
  if (found.to_first_check !== null) parts.push(`${say("first-check")} ${clock(found.to_first_check)}`);
  if (found.to_mend !== null) parts.push(`${say("mended-after")} ${clock(found.to_mend)}`);
  if (found.to_mend !== null && found.measured) {
    parts.push(`${say("class-median")} ${found.measured.median} min (${found.measured.n})`);
  }
  return parts.join(" · ");
}
