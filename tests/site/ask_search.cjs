/* The search worker as a page uses it, without a browser: node ask_search.cjs WORKER INDEX, the queries as JSON on the
   standard input, what is shown for each as JSON on the standard output. */
const {readFileSync} = require("node:fs");
const [worker, index] = process.argv.slice(2);
let listener, answered;
globalThis.addEventListener = (type, found) => { listener = found; };
globalThis.postMessage = (message) => answered(message);
require(worker);

const ask = (type, data) => new Promise((resolve) => {
  answered = resolve;
  listener({data: {type, data}});
});

(async () => {
  await ask(0, JSON.parse(readFileSync(index, "utf8")));
  const found = [];
  for (const query of JSON.parse(readFileSync(0, "utf8"))) found.push((await ask(2, query)).data.items);
  console.log(JSON.stringify(found));
})();
