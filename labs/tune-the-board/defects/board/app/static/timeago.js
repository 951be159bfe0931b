// Writes times as people say them: "3 hours ago".
"use strict";
const STEPS = [[60, "second"], [60, "minute"], [24, "hour"], [30, "day"], [12, "month"], [Infinity, "year"]];
function ago(iso) {
  let size = (Date.now() - Date.parse(iso + "Z")) / 1000;
  for (const [many, unit] of STEPS) {
    if (Math.abs(size) < many) {
      return new Intl.RelativeTimeFormat(document.documentElement.lang).format(-Math.round(size), unit);
    }
    size /= many;
  }
  return iso;
}
function tellTimes(within) {
  for (const article of within.querySelectorAll("article.picture")) {
    article.querySelector(".at").textContent = ago(article.dataset.at);
  }
}
