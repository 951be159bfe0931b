/* The search worker as a page uses it, without a browser: node ask_search.cjs WORKER INDEX, the queries as JSON on standard input. */
const {readFileSync} = require("node:fs");
const [worker, index] = process.argv.slice(2);
const answers = [];
let listener;
globalThis.addEventListener = (type, found) => { listener = found; };
globalThis.postMessage = (message) => answers.push(message);
require(worker);
listener({data: {type: 0, data: JSON.parse(readFileSync(index, "utf8"))}});
const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(asked.map((query) => {
  listener({data: {type: 2, data: query}});
  return answers.at(-1).data.items;
})));
