// Keys for a clerk with a queue. Nothing is read while an input method is composing Chinese.

const FIELDS = "input:not([type=hidden], [type=file], [disabled], [readonly]), select:not([disabled]), textarea:not([disabled]), button[type=submit].btn-primary";

function isTyping(target) {
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

/** Within a closed <details> an element has a place but takes no focus: Enter would stand still before it. */
function isShown(element) {
  return (element.checkVisibility?.() ?? true) && element.getClientRects().length > 0 && !element.classList.contains("visually-hidden") && element.tabIndex >= 0;
}

/** Alt+1 as the page writes it; Alt alone with a digit or letter, whatever the layout prints for it. */
function keyName(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return null;
  const plain = event.code.replace(/^(Digit|Numpad|Key)/, "");
  return plain.length === 1 ? `Alt+${plain}` : null;
}

function followKey(event) {
  const name = keyName(event);
  if (!name) return false;
  if (name === "Alt+L") {
    document.querySelector("form[data-lock] button")?.click();
    return true;
  }
  const link = document.querySelector(`a[data-key="${name}"]`);
  link?.click();
  return Boolean(link);
}

function goOn(event) {
  const form = event.target.closest("form[data-enter-goes-on]");
  if (!form || event.shiftKey || !event.target.matches("input:not([type=submit], [type=button], [type=file]), select")) return false;
  if (event.target.closest("tr[data-line]") || event.target.closest(".ts-wrapper.dropdown-active")) return false;
  const fields = [...form.querySelectorAll(FIELDS)].filter(isShown).filter((field) => !field.closest("[data-enter-skip]")).filter(oneOfEachRadio());
  event.preventDefault();
  fieldAfter(event.target, fields)?.focus();
  return true;
}

/** The next stop in the order of the page; the buttons of one radio group count as one. */
function fieldAfter(here, fields) {
  const isSame = (field) => here.type === "radio" && field.type === "radio" && field.name === here.name;
  return fields.find((field) => !isSame(field) && here.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/** Enter has just taken an option of a picker: the field is filled, go on. */
function goOnAfterPicking(event) {
  if (event.key === "Enter" && !event.ctrlKey && event.target.closest(".ts-wrapper.single.has-items")) goOn(event);
}

/** A radio group is one stop: its chosen button, else its first. */
function oneOfEachRadio() {
  const seen = new Set();
  return (field) => {
    if (field.type !== "radio") return true;
    const chosen = field.form?.querySelector(`input[type=radio][name="${CSS.escape(field.name)}"]:checked`);
    if (seen.has(field.name) || (chosen && chosen !== field)) return false;
    seen.add(field.name);
    return true;
  };
}

function submitForm(event) {
  const form = event.target.closest("form") ?? document.querySelector("form.desk-form");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("[data-save-next]") ?? form.querySelector("button[type=submit].btn-primary");
  if (button) form.requestSubmit(button);
  else form.requestSubmit();
}

function rowsOf(table) {
  return [...table.querySelectorAll("tbody tr[data-href]")];
}

function walkRows(event) {
  const table = document.querySelector("table[data-list]");
  const row = event.target.closest("tr[data-href]");
  if (!table || (event.target !== document.body && !row && !event.target.closest("main"))) return;
  const rows = rowsOf(table);
  if (!rows.length) return;
  const at = row ? rows.indexOf(row) : -1;
  const next = event.key === "ArrowDown" ? at + 1 : Math.max(at - 1, 0);
  event.preventDefault();
  rows[Math.min(next, rows.length - 1)].focus();
}

function onRowKey(event) {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target !== row) return;
  if (event.key === "Enter") window.location.assign(row.dataset.href);
  if (event.key === " ") {
    event.preventDefault();
    row.querySelector("[data-pick]")?.click();
  }
}

/** On a record: its first paper, or the first to fifth of the buttons on top. */
function onRecordKey(event) {
  if (!document.querySelector(".record-head")) return;
  const paper = event.key.toLowerCase() === "p" && document.querySelector(".paper-list a[href]");
  if (paper) window.location.assign(paper.href);
  if (/^[1-5]$/.test(event.key)) document.querySelectorAll(".record-head .page-do > :is(a, button), .record-head .page-do > form button")[event.key - 1]?.click();
}

function onKey(event) {
  if (event.isComposing) return undefined;
  if (event.defaultPrevented) return goOnAfterPicking(event);
  if (followKey(event)) return event.preventDefault();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return submitForm(event);
  if (event.key === "Enter" && goOn(event)) return undefined;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  onRowKey(event);
  if (isTyping(event.target)) {
    if (event.key === "Escape" && !document.querySelector("dialog[open], .offcanvas.show, .ts-wrapper.dropdown-active")) event.target.blur();
    return undefined;
  }
  if (event.key === "/") {
    event.preventDefault();
    return document.getElementById("finder")?.focus();
  }
  if (event.key === "?") return document.getElementById("keyboard-sheet")?.showModal();
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return walkRows(event);
  return onRecordKey(event);
}

function openRow(event) {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, .pick") || String(window.getSelection())) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
  else window.location.assign(row.dataset.href);
}

export function startKeyboard() {
  document.querySelectorAll("table[data-list] tr[data-href]").forEach((row) => { row.tabIndex = -1; });
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", openRow);
}
