// The endless list: what is older is fetched when its link comes into sight.
"use strict";
tellTimes(document);
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) {
      fetchOlder(entry.target);
    }
  }
});
async function fetchOlder(link) {
  seen.unobserve(link);
  const answer = await fetch(link.href);
  if (!answer.ok) {
    return;
  }
  const part = document.createElement("div");
  part.innerHTML = await answer.text();
  tellTimes(part);
  link.replaceWith(...part.childNodes);
  watch();
}
function watch() {
  const link = document.getElementById("older");
  if (link) {
    seen.observe(link);
  }
}
watch();
