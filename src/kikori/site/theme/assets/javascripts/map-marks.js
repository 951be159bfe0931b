/* The drawn map with the marks of its modules or courses: a second drawing of the same size lies over the picture. */
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const plain = (text) => text.replace(/\s+/g, "");
  const svg = (name, attributes, ...children) => {
    const found = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => found.setAttribute(key, value));
    found.append(...children);
    return found;
  };

  /* A box of the picture has its title inside, line by line. */
  const number = (node, name) => Number(node.getAttribute(name));
  const holds = (box, text) => {
    const [x, y] = [number(text, "x") - number(box, "x"), number(text, "y") - number(box, "y")];
    return x >= 0 && y >= 0 && x <= number(box, "width") && y <= number(box, "height");
  };
  const boxes = (drawing) => {
    const texts = [...drawing.querySelectorAll("text")];
    const told = (box) => plain(texts.filter((one) => holds(box, one)).map((one) => one.textContent).join(""));
    return new Map([...drawing.querySelectorAll("rect.node")].map((box) => [told(box), box]));
  };

  /* The titles that the page's own lists link, each with its marks; a course has those of all its modules. */
  const title = (link) => [...link.childNodes].find((one) => one.nodeType === Node.TEXT_NODE)?.textContent ?? "";
  const module = (link) => /\/courses\/([a-z0-9-]+\/[a-z0-9-]+)\//.exec(link.pathname)?.[1];
  const ofCourse = (link, modules) => {
    const all = [...link.closest("li").querySelectorAll("a[data-module]")].map((one) => modules.get(module(one)) ?? []);
    const whole = ["done", "read"].find((name) => all.length && all.every((one) => one.includes(name)));
    const begun = !whole && all.some((one) => one.some((name) => name !== "next"));
    return [...(whole ? [whole] : []), ...(begun ? ["begun"] : []), ...(all.some((one) => one.includes("next")) ? ["next"] : [])];
  };
  const marked = (modules) => {
    const courses = [...document.querySelectorAll("a[data-course]")].map((one) => [title(one), ofCourse(one, modules)]);
    const own = [...document.querySelectorAll("a[data-module]")].map((one) => [title(one), modules.get(module(one)) ?? []]);
    return (courses.length ? courses : own).filter(([, names]) => names.length);
  };

  const badge = (box, name, place, signs) => {
    const [x, y] = [number(box, "x") + number(box, "width") - 12 - place * 24, number(box, "y") - 10];
    return svg("g", { class: `is-${name}` },
      svg("rect", { x: x - 11, y, width: 22, height: 20, rx: 10 }), svg("text", { x, y: y + 14 }, signs[name]));
  };

  const draw = (picture, drawing, { modules, signs, words }) => {
    const [known, found] = [boxes(drawing), marked(modules)];
    picture.parentElement.querySelector(".kikori-marks")?.remove();
    const seen = found.filter(([name]) => known.has(plain(name)));
    if (!seen.length) return;
    const told = seen.map(([name, names]) => `${name}: ${names.map((one) => words[one]).join(", ")}`).join("; ");
    const { documentElement: from } = drawing;
    const over = svg("svg", { class: "kikori-marks", role: "img", "aria-label": words.marks.replace("{marks}", told) });
    ["viewBox", "width", "height"].forEach((name) => over.setAttribute(name, from.getAttribute(name)));
    seen.forEach(([name, names]) => over.append(...names.map((one, place) => badge(known.get(plain(name)), one, place, signs))));
    picture.after(over);
  };

  const drawings = new Map();
  const STYLE = /<style[\s\S]*?<\/style>/g; // a served page takes none that is not its own
  const read = async (picture) => {
    const text = await (await fetch(picture.src)).text();
    return new DOMParser().parseFromString(text.replace(STYLE, ""), "image/svg+xml");
  };
  document.addEventListener("kikori-marks", async ({ detail }) => {
    for (const picture of document.querySelectorAll(".kikori-diagram img")) {
      if (!drawings.has(picture)) drawings.set(picture, read(picture).catch(() => drawings.delete(picture) && null));
      const drawing = await drawings.get(picture);
      if (drawing) draw(picture, drawing, detail);
    }
  });
})();
