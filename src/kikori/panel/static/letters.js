// How large a terminal's letters are: as large as they can be for a line of a usual length to fit.
const LEAST = 8, MOST = 15, STEP = .1; // pixels
const WIDE = 560; // pixels from which a line has 80 characters; below that, as on a phone, 50
const SAMPLE = "m".repeat(50);
let ratio;

function family() {
  return getComputedStyle(document.documentElement).getPropertyValue("--md-code-font") || "monospace";
}

// A letter's width as a part of its height.
function measured() {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `100px ${family()}`;
  return context.measureText(SAMPLE).width / SAMPLE.length / 100;
}

function fit(terminal, addon, screen) {
  const wanted = screen.clientWidth >= WIDE ? 80 : 50;
  ratio ??= measured();
  let size = Math.min(MOST, Math.max(LEAST, screen.clientWidth / wanted / ratio));
  for (; ; size -= STEP) {
    terminal.options.fontSize = size;
    addon.fit();
    if (terminal.cols >= wanted || size <= LEAST) return;
  }
}

export const letters = { family, fit, MOST };
