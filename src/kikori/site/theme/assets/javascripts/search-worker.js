/* The search of the site, in the place of the theme's: it reads through the text of every page, as grep does. Japanese has
   no spaces to cut words at, and here nothing is cut beforehand: what is typed is looked for as it stands. The messages
   are those of the theme, whose bundle shows the results. Why so, and what else was tried: docs/adr/0035. */
(() => {
  const RUN = /[\p{sc=Han}々〆]+|[ァ-ヶー]+|[ぁ-ん]+|[^\p{sc=Han}々〆ァ-ヶーぁ-ん]+/gu;
  const JAPANESE = /[\p{sc=Han}々〆ァ-ヶーぁ-ん]/u;
  const SECTIONS = 6; // of one page
  const SNIPPET = {en: 180, ja: 100}; // characters
  const NOTHING = "\u2060"; // a highlight that no page has
  let pages = [];
  let length = 1; // of a page, on average

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const escaped = (text) => text.replace(/[|\\{}()[\]^$+*?./]/g, "\\$&");
  const html = (text) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

  function setup(docs) {
    pages = docs.map((page) => {
      const sections = page.sections.map((one) => ({
        ...one, head: one.title.toLowerCase(), body: one.text.toLowerCase(), names: (one.names ?? [one.title]).map(fold).map(stem),
      }));
      const size = sections.reduce((sum, one) => sum + one.body.length, 0);
      const place = page.where.join(" › ").toLowerCase();
      const all = [place, ...sections.flatMap(({head, body}) => [head, body])].join("\n");
      return {...page, sections, size, place, all, taught: page.terms.map(fold).map(stem)};
    });
    length = pages.reduce((sum, page) => sum + page.size, 0) / (pages.length || 1);
  }

  /* What a word has in common with its plural; other endings stay. */
  function stem(word) {
    if (!/[a-z]{4}$/.test(word)) return word;
    return word.replace(/(?:(?<=x|ch|sh|ss)es|ies|(?<=[^su])s|(?<=[a-z]{4})ing)$/, "");
  }

  /* A hit is whole where its word begins and ends with it: キャッシュ is only a part of ページキャッシュ. Three letters that are
     a word are no beginning of another: SLO is not slow. */
  function term(word) {
    const last = word.length > 3 ? word.replace(/(?<=[ァ-ヶ])ー$/, "") : word;
    const root = stem(last);
    const begin = /^[a-z0-9]/.test(word) ? "(?<![a-z0-9])" : "";
    const part = {before: "", after: ""};
    if (/^[ァ-ヶー]/.test(word)) part.before = "(?<![ァ-ヶー])";
    if (/[ァ-ヶー]$/.test(word)) part.after = "ー?(?![ァ-ヶー])";
    if (/^\p{sc=Han}/u.test(word)) part.before = "(?<!\\p{sc=Han})";
    if (/\p{sc=Han}$/u.test(word)) part.after = "(?!\\p{sc=Han})";
    if (/[a-z0-9]$/.test(word)) part.after = "(?:e?s)?(?![a-z0-9])";
    const whole = new RegExp(`${begin || part.before}(?:${escaped(root)}|${escaped(last)})${part.after}`, "gu");
    const any = new RegExp(begin + escaped(root), "gu");
    return {word, whole, any: /^[a-z0-9]{1,3}$/.test(word) && having({any: whole}) > 2 ? whole : any};
  }

  const count = (text, pattern) => (text.match(pattern) ?? []).length;
  const hits = (text, one) => {
    const all = count(text, one.any);
    return all && .3 * all + .7 * count(text, one.whole);
  };
  const holds = (page, one) => page.all.search(one.any) >= 0;
  const having = (one) => pages.filter((page) => holds(page, one)).length;
  const known = (word) => having(term(word));

  /* The longest part that some page has, then the next: 再起動回数 is 再起動 and 回数. */
  function cut(word) {
    for (let end = word.length; end > 1; end--) {
      const part = word.slice(0, end);
      if (known(part)) return [part, ...(end < word.length ? cut(word.slice(end)) : [])];
    }
    return word.length > 1 ? cut(word.slice(1)) : [];
  }

  /* What must be found of a word: all of it where three pages have it so, or else its runs of one script. */
  function parts(word) {
    const runs = word.match(RUN);
    if (known(word) >= (runs.length > 1 ? 3 : 1)) return [word];
    if (!JAPANESE.test(word)) return [word];
    const telling = runs.filter((run) => !/^[ぁ-ん]+$/.test(run));
    const found = (telling.length ? telling : runs).flatMap((run) => (known(run) ? [run] : cut(run)));
    return found.length ? found : [word];
  }

  /* How much of a short text a word is: "Images" is more about images than a longer title. */
  const share = (text, one) => {
    const found = hits(text, one) && Math.min(1, hits(text, one));
    return found && found * (.5 + .5 * Math.min(1, one.word.length / text.length));
  };

  function rated(page, wanted, query) {
    const sections = page.sections.map((one) => ({...one, score: 0}));
    let score = page.taught.includes(query) ? 20 : 0;
    for (const one of wanted) {
      let found = 0;
      for (const section of sections) {
        const inside = hits(section.body, one);
        found += inside;
        section.score += one.rare * (2 * inside / (inside + 2) + 3 * share(section.head, one));
      }
      const full = found / (found + 1.2 * (.25 + .75 * page.size / length));
      const heads = Math.max(0, ...sections.slice(1).map((section) => share(section.head, one)));
      score += one.rare * (2.2 * full + 5 * share(sections[0].head, one) + 3 * share(page.place, one) + 2 * heads);
    }
    if (sections.some(({names}) => names.includes(query))) score += 10;
    return {page, sections, score: score * page.boost};
  }

  function marked(text, wanted) {
    const lower = text.toLowerCase();
    const ranges = wanted.flatMap((one) => [...lower.matchAll(one.any)].map((hit) => [hit.index, hit.index + hit[0].length]));
    let done = 0, out = "";
    for (const [from, to] of ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
      if (from < done) continue;
      out += `${html(text.slice(done, from))}<mark>${html(text.slice(from, to))}</mark>`;
      done = to;
    }
    return out + html(text.slice(done));
  }

  function snippet({text, body}, wanted) {
    const places = wanted.map((one) => body.search(one.any)).filter((place) => place >= 0);
    const size = JAPANESE.test(text) ? SNIPPET.ja : SNIPPET.en;
    const start = places.length ? Math.max(0, Math.min(...places) - Math.floor(size / 3)) : 0;
    return `${start ? "…" : ""}${marked(text.slice(start, start + size), wanted)}${start + size < text.length ? "…" : ""}`;
  }

  function shown({page, sections, score}, wanted, terms) {
    const [head, ...rest] = sections;
    const place = page.where.length ? `<span class="kikori-place">${html(page.where.join(" › "))}</span> ` : "";
    const article = {location: page.location, title: place + marked(head.title, wanted), text: snippet(head, wanted), score: head.score, terms};
    const below = rest.filter((one) => one.score > 0).sort((a, b) => b.score - a.score).slice(0, SECTIONS).map((one) => ({
      location: `${page.location}#${one.anchor}`, title: marked(one.title, wanted), text: snippet(one, wanted), score: one.score, terms,
    }));
    return {score, all: [article, ...below].sort((a, b) => b.score - a.score)};
  }

  function search(asked) {
    const query = fold(asked).replace(/[\s"「」、。]+/g, " ").trim();
    if (!query) return [];
    const words = query.split(" ").filter((word, place, all) => all.length === 1 || !/^[a-z]$/.test(word)); // half typed
    const must = [...new Set(words.flatMap(parts))].map(term);
    const wanted = must.some((one) => one.word === query) ? must : [...must, term(query)];
    for (const one of wanted) {
      const known = having(one);
      one.rare = Math.log(1 + (pages.length - known + .5) / (known + .5)) * (known ? 1 : 0);
    }
    const teaches = (page) => page.taught.includes(stem(query));
    const held = pages.filter((page) => must.every((one) => holds(page, one)));
    // The module that teaches it may call it by another of its names: cgroup, not control group.
    const every = held.some(teaches) ? held : pages.filter((page) => teaches(page) || held.includes(page));
    const some = every.length ? every : pages.filter((page) => must.some((one) => holds(page, one)));
    return some.map((page) => rated(page, wanted, stem(query)))
      .sort((a, b) => b.score - a.score)
      .map((one) => shown(one, wanted, missing(one.page, teaches(one.page) ? [] : must)).all);
  }

  /* The words that a page has, to be highlighted there, and those that it lacks. A sign between letters would cut one up. */
  function missing(page, must) {
    const found = must.map((one) => [one.word, holds(page, one)]).filter(([word, has]) => !has || !/^.$|[\s*+\-:~^]/u.test(word));
    return Object.fromEntries(found.some(([, has]) => has) ? found : [...found, [NOTHING, true]]);
  }

  let latest = null;
  addEventListener("message", ({data: {type, data}}) => {
    if (type === 0) {
      setup(data.docs);
      postMessage({type: 1});
      return;
    }
    latest = data;
    setTimeout(() => { // who types on asks again before the answer is there
      if (latest === null) return;
      const items = search(latest);
      latest = null;
      postMessage({type: 3, data: {items}});
    });
  });
})();
