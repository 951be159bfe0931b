/* A quiz in the page: what was chosen is kept for this window, told apart at the end where the page may tell, and saved
   as a CSV file for the instructor. Nothing is sent anywhere. What is said stands in the page, in its language. */
(() => {
  const form = document.querySelector("form.kikori-quiz");
  if (!form) return;
  const {quiz, missing, saved, result, right, wrong} = form.dataset;
  const questions = [...form.querySelectorAll("fieldset")];
  const status = form.querySelector(".kikori-quiz-status");
  const chosen = (question) => question.querySelector("input:checked")?.value ?? "";
  const number = (question) => questions.indexOf(question) + 1;

  const say = (text) => {
    status.textContent = text;
    status.focus();
  };

  /* A private window may keep nothing; then a page that is left has forgotten its answers, and that is all. */
  const place = `kikori-quiz-${quiz}`;
  const kept = (use) => {
    try { return use(sessionStorage); } catch { return null; }
  };
  const keep = () => {
    const answers = questions.map((one) => [one.dataset.question, chosen(one)]);
    kept((store) => store.setItem(place, JSON.stringify([form.learner?.value ?? "", ...answers])));
  };
  const [name, ...answers] = JSON.parse(kept((store) => store.getItem(place)) ?? '[""]');
  if (form.learner && name) form.learner.value = name;
  for (const [question, answer] of answers) {
    const input = form.querySelector(`fieldset[data-question="${question}"] input[value="${answer || "-"}"]`);
    if (input) input.checked = true;
  }

  /* The first time, whoever left something out is told which; the second time it is meant. */
  let told = false;
  const left = () => {
    const numbers = questions.filter((one) => !chosen(one)).map(number);
    if (!numbers.length || told) return false;
    told = true;
    say(missing.replace("{numbers}", numbers.join(", ")));
    return true;
  };

  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const save = () => {
    if (!form.reportValidity() || left()) return;
    const learner = form.learner.value.trim();
    const rows = [["quiz", "learner", "question", "answer"]];
    rows.push(...questions.map((one) => [quiz, learner, one.dataset.question, chosen(one)]));
    const text = "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], {type: "text/csv"}));
    link.download = `${quiz}-${learner.replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    say(saved.replace("{file}", link.download));
  };

  const check = () => {
    if (left()) return;
    let points = 0;
    for (const question of questions) {
      const about = question.querySelector("template");
      const isRight = chosen(question) === about.dataset.right;
      points += isRight;
      const note = document.createElement("p");
      note.className = `kikori-quiz-note ${isRight ? "is-right" : "is-wrong"}`;
      const verdict = document.createElement("strong");
      verdict.textContent = isRight ? right : wrong.replace("{letter}", about.dataset.right.toUpperCase());
      note.append(verdict, " ", about.content.cloneNode(true));
      if (isRight) note.querySelector(".kikori-quiz-read")?.remove();
      question.append(note);
      question.querySelectorAll("input").forEach((input) => { input.disabled = true; });
    }
    form.querySelector("[data-do=check]").hidden = true;
    form.querySelector("[data-do=again]").hidden = false;
    say(result.replace("{points}", points).replace("{of}", questions.length));
  };

  const again = () => {
    kept((store) => store.removeItem(place));
    form.reset();
    told = false;
    for (const question of questions) {
      question.querySelector(".kikori-quiz-note")?.remove();
      question.querySelectorAll("input").forEach((input) => { input.disabled = false; });
    }
    form.querySelector("[data-do=check]").hidden = false;
    form.querySelector("[data-do=again]").hidden = true;
    status.textContent = "";
    questions[0].querySelector("input").focus();
  };

  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const [what, act] of Object.entries({save, check, again})) {
    form.querySelector(`[data-do=${what}]`)?.addEventListener("click", act);
  }
  form.querySelector(".kikori-quiz-buttons").hidden = false;
})();
