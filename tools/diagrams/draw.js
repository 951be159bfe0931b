// Lays a diagram out with mermaid and gives its shapes and words as data; svg.py draws them. What mermaid calls a
// flowchart is known in every part; of other kinds each visible element is taken as it stands.
(() => {
  const FONT = '"DejaVu Sans", "Noto Sans CJK JP", sans-serif'; // the widest of those that readers have: no box is too small
  const SIZE = 15;
  const WIDE = 700; // pixels that a page has for a picture; what is wider goes down instead of across, if that is narrower
  const BESIDE = "\u2800"; // a blank that nobody trims: mermaid makes a group's frame no wider than its title
  const ROLES = { node: "node", cluster: "group" };
  let drawn = 0;

  mermaid.initialize({
    startOnLoad: false, securityLevel: "strict", htmlLabels: false, suppressErrorRendering: true, fontFamily: FONT,
    themeVariables: { fontFamily: FONT, fontSize: `${SIZE}px` },
    flowchart: { htmlLabels: false, wrappingWidth: 2000, nodeSpacing: 28, rankSpacing: 38, padding: 12, useMaxWidth: false },
    themeCSS: ".cluster-label text { font-weight: 600 }", // as it is drawn: measured thin, a title would be wider than its frame
    sequence: { mirrorActors: false, useMaxWidth: false, actorMargin: 40, width: 130, actorFontFamily: FONT, messageFontFamily: FONT, noteFontFamily: FONT },
    block: { useMaxWidth: false, padding: 10 }, state: { useMaxWidth: false }, xyChart: { useMaxWidth: false, width: 640, height: 320 },
  });

  // Lines of even length that end between words, in Japanese too: the browser knows where.
  function wrapped(words, width) {
    const box = document.createElement("p");
    box.lang = /[ぁ-ヶ]/.test(words) ? "ja" : "en";
    box.style.cssText = `font:${SIZE}px ${FONT};width:${width}px;margin:0;word-break:auto-phrase;text-wrap:balance;line-break:strict`;
    box.textContent = words;
    document.body.append(box);
    const text = box.firstChild, range = document.createRange(), lines = [];
    let before = null;
    for (let at = 0; at < words.length; at++) {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const place = [...range.getClientRects()].pop();
      if (before === null || (place && place.height && place.top > before + 4)) lines.push("");
      if (place && place.height) before = place.top;
      lines[lines.length - 1] += words[at];
    }
    box.remove();
    return lines.map(line => line.trim()).filter(Boolean).join("<br>");
  }

  // What is said of a line is wrapped at 200 pixels by mermaid itself, anywhere. A title has one line if it can: mermaid
  // keeps room for no second one, and the first box would stand on it.
  function widthOf(before, across, begun) {
    if (/^\s*subgraph /.test(begun)) return 220;
    if (!before || !"[({/".includes(before)) return 180;
    return across ? 150 : 230;
  }

  // A question is a hexagon: a rhombus would need four times the room.
  function prepared(text, across) {
    return text
      .replace(/^(\s*flowchart) (LR|RL)/, (all, head) => (across ? all : `${head} TB`))
      .replace(/(?<!\{)\{("[^"]*")\}(?!\})/g, "{{$1}}")
      .replace(/(?<=([^\s]?)\s*)"([^"]*)"/g, (all, before, words, at, whole) =>
        `"${wrapped(words, widthOf(before, across, whole.slice(whole.lastIndexOf("\n", at) + 1, at)))}"`)
      .replace(/^(\s*subgraph [^"\n]*")([^"]*)"/gm, (all, head, words) => `${head}${BESIDE}${words.replaceAll("<br>", `${BESIDE}<br>${BESIDE}`)}${BESIDE}"`);
  }

  // In a sequence the words stand behind a colon, or `as`; mermaid itself would part Japanese words with hyphens.
  function wrappedBehind(text) {
    if (!/^\s*sequenceDiagram/.test(text)) return text;
    return text.replace(/^(.*?(?:: | as ))(.+)$/gm, (all, head, words) => head + wrapped(words, 160).replaceAll("<br>", "<br/>"));
  }

  // A frame that its title makes wider than its boxes would lie over the words of lines that lead into it.
  function roomy(text) {
    return /^\s*subgraph /m.test(text) ? `%%{init: {"flowchart": {"rankSpacing": 54}}}%%\n${text}` : text;
  }

  async function laidOut(text, across) {
    const { svg } = await mermaid.render(`d${drawn++}`, /^\s*flowchart/.test(text) ? roomy(prepared(text, across)) : wrappedBehind(text));
    const place = document.createElement("div");
    place.innerHTML = svg;
    document.body.replaceChildren(place);
    return place.firstElementChild;
  }

  function placeOf(svg, element) {
    const { e, f } = svg.getScreenCTM().inverse().multiply(element.getScreenCTM());
    return [e, f];
  }

  function shape(svg, element, role) {
    const given = name => element.getAttribute(name);
    const [x, y] = placeOf(svg, element);
    const found = { role, x, y };
    if (element.tagName === "path" && given("d").length > 400) { // round ends, written out point by point
      const { x: left, y: top, width, height } = element.getBBox();
      Object.assign(found, { path: null, box: [left, top, width, height, height / 2] });
    } else if (element.tagName === "rect") {
      Object.assign(found, { path: null, box: ["x", "y", "width", "height", "rx"].map(name => Number(given(name) ?? 0)) });
    } else {
      found.path = element.tagName === "polygon" ? `M${given("points").trim().replace(/\s+/g, "L")}z` : given("d");
    }
    return found;
  }

  function shapes(svg) {
    return [...svg.querySelectorAll(".cluster > rect, .node > :is(rect, polygon, path, circle), .node > g > path")].map(one => {
      const owner = one.closest(".node, .cluster");
      const asks = one.tagName === "polygon" && one.points.numberOfItems === 6;
      return shape(svg, one, asks ? "asks" : ROLES[owner.classList[0]]);
    });
  }

  function lines(svg) {
    return [...svg.querySelectorAll(".edgePaths path")].map(one => ({
      path: one.getAttribute("d"),
      look: ["dotted", "thick"].filter(look => one.getAttribute("class").match(new RegExp(`edge-(pattern|thickness)-${look}`))),
      begins: one.hasAttribute("marker-start"), ends: one.hasAttribute("marker-end"),
    }));
  }

  function words(svg) {
    return [...svg.querySelectorAll("text > tspan")].filter(one => one.textContent.trim()).map(one => {
      const [x, y] = placeOf(svg, one);
      const begin = one.getStartPositionOfChar(0), end = one.getEndPositionOfChar(one.getNumberOfChars() - 1);
      const role = one.closest(".cluster-label") ? "title" : one.closest(".edgeLabel") ? "said" : "";
      const frame = one.closest(".cluster")?.querySelector("rect");
      const top = frame ? placeOf(svg, frame)[1] + Number(frame.getAttribute("y")) : null;
      return { role, x: x + (begin.x + end.x) / 2, y: y + begin.y, width: end.x - begin.x, top, text: one.textContent.replaceAll(BESIDE, "").trim() };
    });
  }

  // The same in words, for whoever can't see it: from where to where, and what is said of it.
  async function told(text) {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const names = new Map([...db.getVertices()].map(([id, one]) => [id, one.text ?? id]));
    const groups = db.getSubGraphs();
    for (const one of groups) names.set(one.id, one.title);
    const edges = db.getEdges().map(one => {
      const arrow = one.type.startsWith("double") ? "↔" : one.type === "arrow_open" ? "—" : "→";
      return `${names.get(one.start)} ${arrow} ${one.text ? `(${one.text}) ` : ""}${names.get(one.end)}`;
    });
    const inside = groups.map(one => `${one.title}: ${one.nodes.map(id => names.get(id)).join(", ")}`);
    const linked = new Set([...db.getEdges().flatMap(one => [one.start, one.end]), ...groups.flatMap(one => [one.id, ...one.nodes])]);
    const alone = [...names].filter(([id]) => !linked.has(id)).map(([, name]) => name);
    return [...edges, ...inside, ...alone].join("; ");
  }

  async function fitting(text) {
    const across = /^\s*flowchart (LR|RL)/.test(text), first = await laidOut(text, across);
    const width = first.viewBox.baseVal.width;
    if (!across || width <= WIDE) return first;
    const down = await laidOut(text, false);
    return down.viewBox.baseVal.width < width ? down : laidOut(text, true);
  }

  // The elements of any other kind of diagram. A line has no filling; a note stands out as a question does.
  const SEEN = ":is(rect, polygon, circle, path, line):not(defs *, marker *, symbol *)";
  const SHELL = ".background, .labelBkg, .edgeLabel rect, .label rect";
  const LIFE = 14; // pixels of a participant's line below the last message
  const BELOW = { middle: 5, central: 5, hanging: 12, "text-before-edge": 14 }; // where a line of text begins, below its place
  const UPWARDS = 24; // room above for what mermaid writes upwards

  function visible(one) {
    const look = getComputedStyle(one);
    const bare = look.fill === "none" || /, 0\)$/.test(look.fill);
    return look.display !== "none" && look.visibility !== "hidden" && !(bare && (look.stroke === "none" || !parseFloat(look.strokeWidth)));
  }

  function isLine(one) {
    const { fill } = getComputedStyle(one);
    if (one.closest(".node")) return false; // where states begin and end is drawn by hand, as paths
    return one.tagName === "line" || (one.tagName === "path" && (fill === "none" || /, 0\)$/.test(fill)));
  }

  function anyShape(svg, one) {
    const { x: left, y: top, width, height } = one.getBBox();
    const [x, y] = placeOf(svg, one);
    const note = one.closest(".note, .statediagram-note") || one.classList.contains("note");
    const group = one.closest(".cluster, .statediagram-cluster, .activation0, .background");
    const role = note ? "asks" : group ? "group" : "node";
    if (one.tagName === "polygon") return shape(svg, one, role);
    const round = one.tagName === "circle" || (one.tagName === "path" && Math.abs(width - height) < 1);
    const radius = round ? width / 2 : Number(one.getAttribute("rx") ?? 0);
    return { role, x, y, path: null, box: [left, top, width, height, radius] };
  }

  function anyLine(svg, one) {
    const [x, y] = placeOf(svg, one), given = name => Number(one.getAttribute(name));
    const path = one.tagName === "line" ? `M${given("x1") + x},${given("y1") + y}L${given("x2") + x},${given("y2") + y}` : moved(one.getAttribute("d"), x, y);
    const dashes = getComputedStyle(one).strokeDasharray, life = one.classList.contains("actor-line");
    const look = (dashes !== "none" && !/^0(px)?(, 0(px)?)*$/.test(dashes)) || life ? ["dotted"] : [];
    return { path, look, begins: one.hasAttribute("marker-start"), ends: one.hasAttribute("marker-end") };
  }

  // Absolute coordinates of a path, moved: what mermaid writes has no relative commands but in rounded corners.
  function moved(path, x, y) {
    if (!x && !y) return path;
    return path.replace(/([MLCQ])([^A-Za-z]*)/g, (all, command, numbers) => {
      let place = 0;
      return command + numbers.replace(/-?\d*\.?\d+(?:e-?\d+)?/g, number => Number(number) + (place++ % 2 ? y : x));
    });
  }

  function anyWords(svg) {
    const leaves = [...svg.querySelectorAll("text, text tspan")].filter(one => ![...one.children].length && one.textContent.trim());
    return leaves.map(one => {
      const begin = one.getStartPositionOfChar(0), end = one.getEndPositionOfChar(one.getNumberOfChars() - 1);
      const owner = one.closest("text"), [x, y] = placeOf(svg, owner);
      if (owner.getScreenCTM().b) { // written upwards, beside an axis: it lies above the axis here
        return { role: "said", x: owner.getComputedTextLength() / 2, y: -UPWARDS / 2, text: one.textContent.trim() };
      }
      const role = owner.matches(".messageText, .loopText, .edgeLabel *, .edgeLabels *") ? "said" : owner.closest(".cluster-label, .titleText, .chart-title") ? "title" : "";
      const below = BELOW[getComputedStyle(owner).dominantBaseline] ?? 0;
      return { role, x: x + (begin.x + end.x) / 2, y: y + begin.y + below, text: one.textContent.trim() };
    });
  }

  async function anyTold(text) {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    if (!/^\s*sequenceDiagram/.test(text)) return [...text.matchAll(/"([^"]*)"|:\s*([^:"\n]+)$/gm)].map(([, quoted, after]) => quoted ?? after.trim()).join("; ");
    const actors = db.getActors(), name = id => actors.get(id)?.description ?? id;
    return db.getMessages().filter(one => one.message).map(one => {
      const said = String(one.message);
      return one.from === one.to || !one.to ? `${name(one.from)}: ${said}` : `${name(one.from)} → ${name(one.to)}: ${said}`;
    }).join("; ");
  }

  async function anyKind(text) {
    const svg = await laidOut(text, true);
    const seen = [...svg.querySelectorAll(SEEN)].filter(one => visible(one) && !one.matches(SHELL));
    const lives = seen.filter(one => one.classList.contains("actor-line")); // mermaid draws them two thousand pixels long
    lives.forEach(one => one.setAttribute("y2", one.getAttribute("y1")));
    const { x, y, width, height } = svg.getBBox(), end = y + height + (lives.length ? LIFE : 0);
    lives.forEach(one => one.setAttribute("y2", end));
    const upwards = [...svg.querySelectorAll("text")].some(one => one.getScreenCTM().b) ? UPWARDS : 0;
    return {
      told: await anyTold(text), view: [x, y - upwards, width, end - y + upwards], words: anyWords(svg),
      shapes: seen.filter(one => !isLine(one) && one.getBBox().width > 1).map(one => anyShape(svg, one)),
      lines: seen.filter(isLine).map(one => anyLine(svg, one)),
    };
  }

  window.draw = async text => {
    if (!/^\s*flowchart/.test(text)) return anyKind(text);
    const svg = await fitting(text);
    const { x, y, width, height } = svg.viewBox.baseVal;
    return { told: await told(text), view: [x, y, width, height], shapes: shapes(svg), lines: lines(svg), words: words(svg) };
  };
})();
