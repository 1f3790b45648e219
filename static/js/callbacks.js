// Calling back with one hand on the telephone: 0 shows the number, 1–9 say what came of the call, Esc takes it back, N is the next person.
// What was answered is asked step by step, each by a digit; Enter saves. The server judges again.

const form = document.querySelector("form[data-call]");
const part = (name) => form.querySelector(`[data-part="${name}"]`);
const stage = (name) => form.querySelector(`[data-stage="${name}"]`);
const field = (name) => form.querySelector(`#id_${name}`);
const STAGES = ["solved", "satisfaction", "cause"];
// Which parts an outcome opens; any other is saved by its key.
const OPENS = { reached: ["reached", "words"], later: ["later", "words"], refused: ["words"] };
// A wrong key can be taken back for so long; what is written down cannot.
const HOLD_MS = 1200;
let isSent = false;
let holding = 0;

function isTyping(target) {
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value ?? "";

/** Not solved, or less content than the setting asks for: the cause is asked. */
function fails() {
  const score = chosen("satisfaction");
  return chosen("is_solved") === "no" || (score !== "" && Number(score) < Number(form.dataset.pass));
}

function isOpen(name) {
  const found = stage(name);
  return Boolean(found) && !found.hidden;
}

/** The first question without an answer; empty when all are answered. */
function nextStage() {
  const names = { solved: "is_solved", satisfaction: "satisfaction", cause: "cause" };
  return STAGES.find((name) => isOpen(name) && !chosen(names[name])) ?? "";
}

function mark(now) {
  STAGES.forEach((name) => stage(name)?.classList.toggle("is-now", name === now));
}

/** The cursor goes where the next thing is said. */
function goOn() {
  const cause = stage("cause");
  cause.hidden = !fails();
  if (cause.hidden) cause.querySelectorAll("input").forEach((input) => { input.checked = false; });
  const now = nextStage();
  mark(now);
  if (now) stage(now).scrollIntoView({ block: "nearest" });
  else field("comment").focus();
}

function show(outcome) {
  const open = OPENS[outcome] ?? [];
  ["reached", "later", "words"].forEach((name) => { part(name).hidden = !open.includes(name); });
  form.querySelector("[data-bar]").hidden = outcome === "";
  form.querySelectorAll("[data-outcome]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.outcome === outcome)));
}

function hold(isHeld) {
  clearTimeout(holding);
  holding = 0;
  form.querySelector("[data-holding]").hidden = !isHeld;
  if (isHeld) holding = setTimeout(save, HOLD_MS);
}

function save() {
  if (isSent) return;
  isSent = true;
  form.requestSubmit();
}

function choose(button) {
  const outcome = button.dataset.outcome;
  const isAgain = field("outcome").value === outcome;
  field("outcome").value = outcome;
  show(outcome);
  hold("atOnce" in button.dataset);
  if ("atOnce" in button.dataset) {
    if (isAgain) save();
  } else if (outcome === "reached") {
    document.activeElement?.blur();
    goOn();
  } else field(outcome === "later" ? "next_at" : "comment").focus();
}

function answer(digit) {
  const now = nextStage();
  const label = now && stage(now).querySelector(`label[data-digit="${digit}"]`);
  if (!label) return false;
  form.querySelector(`#${label.htmlFor}`).checked = true;
  goOn();
  return true;
}

/** On to the next person; what is about to be saved is saved first, and leads there too. */
function leave() {
  if (holding) save();
  else document.querySelector("a[data-next]")?.click();
}

/** Back to the nine outcomes. */
function startAgain() {
  field("outcome").value = "";
  hold(false);
  show("");
  mark("");
}

function onDigit(event, digit) {
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat) return;
  if (digit === "0") document.querySelector("form[data-open] button")?.click();
  else if (field("outcome").value === "reached" && answer(digit)) return;
  else form.querySelector(`[data-outcome][data-digit="${digit}"]`)?.click();
}

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.querySelector("dialog[open], .offcanvas.show")) return;
  if (isTyping(event.target)) return;
  const digit = event.code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
  if (digit !== undefined && !event.shiftKey) onDigit(event, digit);
  else if (event.key.toLowerCase() === "n") leave();
  else if (event.key === "Escape") startAgain();
  else if (event.key === "Enter" && field("outcome").value && !event.target.closest("a, button")) save();
}

if (form) {
  document.addEventListener("keydown", onKey, { capture: true });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-outcome]");
    const time = event.target.closest("[data-when-text]");
    if (button) choose(button);
    if (time) {
      field("next_at").value = time.dataset.whenText;
      field("next_at").focus();
    }
  });
  form.addEventListener("change", (event) => { if (event.target.matches("input[type=radio]")) goOn(); });
  show(field("outcome").value);
  if (field("outcome").value === "reached") {
    stage("cause").hidden = !fails();
    mark(nextStage());
  }
}
