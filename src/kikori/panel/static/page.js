// What every part of a panel uses: elements, words, questions to the server, its stream.
const own = document.querySelector("script[data-kikori]");
export const lang = document.documentElement.lang === "ja" ? "ja" : "en";
const RETRY = 500;
const words = (await (await insist(new URL("./words.json", import.meta.url))).json())[lang];

// The policy of these pages lets in no style without this page's number; the terminal makes some of its own.
const plain = document.createElement.bind(document);
document.createElement = (name, options) => {
  const found = plain(name, options);
  if (String(name).toLowerCase() === "style") found.nonce = own.nonce;
  return found;
};

export function say(key) {
  return words[key] ?? key;
}

export function el(tag, attributes = {}, ...children) {
  const found = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) found.setAttribute(name, value);
  found.append(...children);
  return found;
}

// A lab that starts or stops changes the networks, and the browser gives up what it was just asking.
function insist(path, options) {
  return fetch(path, options).catch(() => later(RETRY).then(() => fetch(path, options)));
}

export async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  // A server that closes a connection just then has heard nothing; where it has, it refuses the second time.
  const answer = await insist(path, options).catch(() => null);
  if (!answer) return { message: say("lost"), hint: "./kikori serve" };
  if (answer.status === 403) return { message: say("refused"), hint: "./kikori serve" };
  return answer.json().catch(() => ({ message: `${answer.status} ${answer.statusText}`, hint: "./kikori serve" }));
}

function later(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export function listen(path, heard) {
  const source = new EventSource(path);
  for (const name of ["server", "panel", "job"]) {
    source.addEventListener(name, (event) => heard[name](JSON.parse(event.data)));
  }
  source.addEventListener("open", () => heard.lost(""));
  source.addEventListener("error", async () => {
    if (source.readyState !== EventSource.CLOSED) return heard.lost("lost"); // the browser tries again by itself
    source.close();
    heard.lost(await isRefused() ? "refused" : "lost");
    setTimeout(() => listen(path, heard), 2000); // the server has gone, and may come back
  });
}

// A stream does not say why it was closed: a server that was started anew may know this page no longer.
async function isRefused() {
  return (await fetch("/-/progress").catch(() => null))?.status === 403;
}
