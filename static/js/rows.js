// Lines of a form (contents of a bag, cash by denomination): added and taken away, by mouse or by Enter on the last one.
// Markup: [data-lines="prefix"] with tr[data-line] rows, a <template> holding one row with __prefix__, [data-line-add], [data-line-drop].

function total(box) {
  return box.querySelector(`input[name="${box.dataset.lines}-TOTAL_FORMS"]`);
}

function number(box) {
  const shown = [...box.querySelectorAll("tr[data-line]:not(.is-gone)")];
  shown.forEach((row, index) => {
    const place = row.querySelector(".line-no");
    if (place) place.textContent = index + 1;
  });
}

function addLine(box) {
  const count = total(box);
  const limit = Number(box.querySelector(`input[name="${box.dataset.lines}-MAX_NUM_FORMS"]`)?.value || 1000);
  if (Number(count.value) >= limit) return null;
  const body = box.querySelector("tbody") ?? box;
  const made = box.querySelector("template").innerHTML.replaceAll("__prefix__", count.value);
  body.insertAdjacentHTML("beforeend", made);
  count.value = Number(count.value) + 1;
  number(box);
  const row = body.lastElementChild;
  if (window.htmx) window.htmx.process(row);
  row.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: row } }));
  return row;
}

/** One place up or down; the numbers by which the rows are ordered follow. */
function moveLine(box, row, step) {
  const shown = [...box.querySelectorAll("tr[data-line]:not(.is-gone)")];
  const other = shown[shown.indexOf(row) + step];
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  box.querySelectorAll("tr[data-line]:not(.is-gone) input[name$='-order']").forEach((field, place) => { field.value = (place + 1) * 10; });
  number(box);
  row.dispatchEvent(new Event("input", { bubbles: true }));
}

function firstField(row) {
  return row?.querySelector("input:not([type=hidden], [type=checkbox]), select, textarea");
}

/** A saved line is marked for deletion, a new one emptied; both leave the sight. */
function dropLine(box, row) {
  const mark = row.querySelector("input[name$='-DELETE']");
  if (mark) mark.checked = true;
  else row.querySelectorAll("input:not([type=hidden], [type=checkbox]), textarea, select").forEach((field) => { field.value = ""; });
  row.classList.add("is-gone");
  number(box);
  row.dispatchEvent(new Event("input", { bubbles: true }));
  const shown = box.querySelectorAll("tr[data-line]:not(.is-gone)");
  if (shown.length) firstField(shown[shown.length - 1])?.focus();
  else firstField(addLine(box))?.focus();
}

function onEnter(event, box) {
  const row = event.target.closest("tr[data-line]");
  if (!row || event.key !== "Enter" || event.isComposing || event.ctrlKey || event.target.matches("textarea, button")) return;
  event.preventDefault();
  const fields = [...row.querySelectorAll("input:not([type=hidden], [type=checkbox]), select")];
  const at = fields.indexOf(event.target);
  if (at < fields.length - 1) return fields[at + 1].focus();
  const next = row.nextElementSibling?.matches("tr[data-line]:not(.is-gone)") ? row.nextElementSibling : null;
  const isEmpty = fields.every((field) => !field.value || field.tagName === "SELECT");
  if (next) firstField(next).focus();
  else if (isEmpty) box.querySelector("[data-line-add]")?.focus();
  else firstField(addLine(box))?.focus();
  return undefined;
}

/** Before a draft is put back: as many lines as it had. */
export function ensureLines(form, fields) {
  form.querySelectorAll("[data-lines]").forEach((box) => {
    const wanted = Number(fields[`${box.dataset.lines}-TOTAL_FORMS`]?.[0] ?? 0);
    while (Number(total(box)?.value ?? wanted) < wanted && addLine(box)) { /* one more */ }
  });
}

export function startRows(part) {
  part.querySelectorAll("[data-lines]").forEach((box) => {
    number(box);
    box.addEventListener("keydown", (event) => onEnter(event, box));
    box.addEventListener("click", (event) => {
      if (event.target.closest("[data-line-add]")) firstField(addLine(box))?.focus();
      const drop = event.target.closest("[data-line-drop]");
      if (drop) dropLine(box, drop.closest("tr[data-line]"));
      const move = event.target.closest("[data-line-move]");
      if (move) moveLine(box, move.closest("tr[data-line]"), Number(move.dataset.lineMove));
    });
  });
}
