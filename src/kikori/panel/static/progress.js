// Own progress beside every link to a lab: done, or where an attempt stands.
import { home } from "./home.js";
import { ask, el, say } from "./page.js";

const LAB = /\/labs\/([a-z0-9-]+)\/$/;

export async function mark(root) {
  home();
  const elsewhere = (one) => one.host === location.host && one.pathname !== location.pathname; // a heading leads to itself
  const links = [...root.querySelectorAll("a[href]")].filter((one) => LAB.test(one.pathname) && elsewhere(one));
  if (!links.length) return;
  const states = await ask("/-/progress");
  for (const link of links) {
    const state = states[LAB.exec(link.pathname)[1]];
    if (state) link.after(" ", el("span", { class: `own-progress ${state}` }, state === "done" ? `✓ ${say("done")}` : say(`stage-${state}`)));
  }
}
