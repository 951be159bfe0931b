/* What a command printed is folded behind the reader's own guess, which is kept in this browser and sent nowhere.
   Without scripts it is there; on paper it is open. A panel that shows more of them later says so with an event. */
(() => {
  const template = document.getElementById("kikori-guess");

  /* A private window may keep nothing; then a page that is left has forgotten its guesses, and that is all. */
  const kept = (use) => {
    try { return use(localStorage); } catch { return null; }
  };
  const keep = (place, guess) => kept((store) => guess ? store.setItem(place, guess) : store.removeItem(place));

  /* The page and the command, so that a guess stays beside it when the page changes above; the same command again
     has a number. */
  const commandOf = (output) => output.previousElementSibling?.querySelector("code")?.textContent.trim() ?? "";
  const placeOf = (output) => {
    const command = commandOf(output);
    const same = [...document.querySelectorAll(".kikori-asked")].filter((one) => commandOf(one) === command);
    return `kikori-guess ${location.pathname} ${command} ${same.indexOf(output)}`;
  };

  const fold = (output) => {
    const place = placeOf(output);
    const [line, details] = template.content.cloneNode(true).children;
    const [input, summary] = [line.querySelector("input"), details.querySelector("summary")];
    details.append(...output.childNodes);
    output.append(line, details);
    input.value = kept((store) => store.getItem(place)) ?? "";
    input.addEventListener("input", () => keep(place, input.value));
    output.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // Enter and Escape are the input method's own
      if (event.key === "Enter" && event.target === input) {
        event.preventDefault(); // or the same key would fold it again
        details.open = true;
        summary.focus(); // a screen reader says its name, and that it is open
      }
      if (event.key === "Escape" && details.open) {
        details.open = false;
        input.focus();
      }
    });
  };

  const foldAll = (root) => root.querySelectorAll(".kikori-asked:not(:has(.kikori-folded))").forEach(fold);
  foldAll(document);
  document.addEventListener("kikori-printed", ({target}) => foldAll(target));

  let opened = [];
  const print = (begins) => {
    if (begins) opened.push(...document.querySelectorAll(".kikori-folded:not([open])"));
    opened.forEach((one) => { one.open = begins; });
    if (!begins) opened = [];
  };
  matchMedia("print").addEventListener("change", ({matches}) => print(matches));
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
})();
