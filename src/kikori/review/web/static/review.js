"use strict";

// Keys for what the page offers anyway: every one of these can be reached by Tab or a click.
(() => {
  const form = document.querySelector("form.marking");
  const criteria = [...document.querySelectorAll(".criterion")];
  let current = null; // the criterion that was last gone to
  let armed = false; // whether a digit gives its level
  let dirty = Boolean(form && document.querySelector("[role=alert]")); // what was refused is not kept

  const typing = (target) =>
    target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

  const arm = (criterion) => {
    criteria.forEach((one) => one.classList.toggle("armed", one === criterion));
    armed = Boolean(criterion);
    if (criterion) current = criterion;
  };

  const goTo = (criterion) => {
    if (!criterion) return;
    (criterion.querySelector("input:checked") || criterion.querySelector("input")).focus();
    criterion.scrollIntoView({ block: "nearest" });
    arm(criterion);
  };

  const give = (level) => {
    const input = [...current.querySelectorAll("input[type=radio]")].find((one) => one.value === level);
    if (!input) return;
    input.checked = true;
    dirty = true; // a script's choice is no input event
    input.focus();
    arm(null);
  };

  const digit = (key) => {
    if (armed && "0123".includes(key)) give(key);
    else if (key !== "0") goTo(criteria[Number(key) - 1]);
  };

  const comment = () => {
    const place = current || document.querySelector(".whole");
    if (place) place.querySelector("textarea").focus();
  };

  const follow = (rel) => {
    const link = document.querySelector(`link[rel=${rel}]`);
    if (link) location.assign(link.href);
  };

  const rows = [...document.querySelectorAll(".queue tbody a")];
  const step = (by) => {
    const at = rows.indexOf(document.activeElement);
    const to = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
    if (rows[to]) rows[to].focus();
  };

  const open = (id) => {
    const details = document.getElementById(id);
    details.open = !details.open;
    if (details.open) details.querySelector("summary").focus();
  };

  const unfold = () => {
    const cited = [...document.querySelectorAll(".cited")];
    const open = cited.some((one) => !one.open);
    cited.forEach((one) => { one.open = open; });
  };

  const keys = {
    j: () => (rows.length ? step(1) : follow("next")),
    n: () => (rows.length ? step(1) : follow("next")),
    k: () => (rows.length ? step(-1) : follow("prev")),
    p: () => (rows.length ? step(-1) : follow("prev")),
    c: comment,
    s: () => form && form.requestSubmit(),
    x: unfold,
    u: () => { const up = document.querySelector("a.up"); if (up) up.click(); },
    "/": () => { const field = document.querySelector(".filter input"); if (field) field.focus(); },
    "?": () => open("keys"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      if (document.activeElement) document.activeElement.blur();
      arm(null);
    } else if (!typing(event.target)) {
      const act = /^[0-9]$/.test(event.key) ? () => digit(event.key) : keys[event.key];
      if (act) {
        event.preventDefault();
        act();
      }
    }
  });

  for (const criterion of criteria) {
    criterion.addEventListener("focusin", (event) => {
      current = criterion;
      if (event.target.matches("input[type=radio]:focus-visible")) arm(criterion);
    });
  }

  // What was typed or given is not lost by a key that leads elsewhere.
  if (form) {
    form.addEventListener("input", () => { dirty = true; });
    form.addEventListener("submit", () => { dirty = false; });
    window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  }

  // An earlier comment goes into the box at once; without this script it is added when the form is kept.
  for (const pick of document.querySelectorAll(".pick input")) {
    pick.addEventListener("change", () => {
      const box = pick.closest("fieldset").querySelector("textarea");
      box.value = [box.value.trim(), pick.value].filter(Boolean).join("\n");
      dirty = true;
      pick.disabled = true;
      pick.closest(".pick").hidden = true;
      box.focus();
    });
  }
})();
