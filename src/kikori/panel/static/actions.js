// What can be done at a stage: every command of the panel, the one that comes next, and the step of the way it belongs to.
export const BUTTONS = ["start", "break", "another", "apply", "quick", "bench", "check", "hint", "pause", "resume", "reset", "give-up", "submit", "stop"];
export const ASK_FIRST = new Set(["reset", "give-up", "stop"]);

export function possible(name, found) {
  if (name === "start") return !found.running;
  if (!found.running) return false;
  const paused = found.paused;
  return {
    break: !paused && found.faults,
    another: !paused && found.faults && found.unmet > 0 && found.rounds.length > 0,
    apply: !paused && found.workspace,
    quick: !paused && found.kind === "tune",
    bench: !paused && found.kind === "tune",
    check: !paused,
    hint: !paused && found.rungs.length < found.of && (found.stage === "broken" || !found.faults),
    pause: !paused,
    resume: paused,
    reset: true,
    "give-up": !found.told && ["broken", "mended"].includes(found.stage),
    submit: !paused && found.stage === "mended" && found.explained,
    stop: true,
  }[name];
}

// The command that comes next, as the command line says it; a shell stands beside the page already.
const NEXT = { start: "start", reset: "reset", break: "break", bench: "bench", check: "check", shell: "check", explain: "explain", submit: "submit", stop: "stop", resume: "resume" };

export function primary(found) {
  if (!found.running) return "start";
  if (found.edited && !found.paused && ["healthy", "broken"].includes(found.stage)) return "apply";
  return NEXT[found.next.split(" ")[1]] ?? "check";
}

export function steps(found) {
  return ["start", "healthy", ...(found.faults ? ["break"] : []), "fix", "check", "explain", "submit"];
}

// Where on the way the attempt stands; "done" once it was submitted.
export function step(found, checking) {
  if (!found.running || found.stage === "starting") return "start";
  if (found.submitted) return "done";
  if (checking) return "check";
  if (found.stage === "breaking") return "break";
  if (found.stage === "mended") return found.explained ? "submit" : "explain";
  return found.stage === "broken" || !found.faults ? "fix" : "healthy";
}
