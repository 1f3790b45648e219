// One key, one question counted: 1–9 on the spot, with Shift by phone, 0 takes the last back.
// On a page whose keys already write (the day's quick line) F2 enters the counters and leaves them again.

const panel = () => document.querySelector("[data-counters]");
const line = () => document.getElementById("quick");

function keyOf(event) {
  const digit = event.code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
  if (!digit) return null;
  return event.shiftKey && digit !== "0" ? `Shift+${digit}` : digit;
}

function isTyping(target) {
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

function toggle(event) {
  event.preventDefault();
  if (panel().contains(document.activeElement) && line()) line().focus();
  else panel().focus();
}

function onKey(event) {
  if (!panel() || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "F2") {
    toggle(event);
    return;
  }
  // With a quick line on the page, digits begin a time there: only those meant for the counters count.
  const isMeant = panel().contains(event.target) || (!line() && !isTyping(event.target));
  const button = isMeant && !document.querySelector("dialog[open], .offcanvas.show") && panel().querySelector(`[data-count="${keyOf(event)}"]`);
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) button.click();
}

// The panel that came back takes the keys again, if the old one had them.
let hadKeys = false;
document.addEventListener("htmx:beforeSwap", (event) => { hadKeys = event.detail.target.id === "counters" && event.detail.target.contains(document.activeElement); });
document.addEventListener("htmx:afterSwap", () => { if (hadKeys) panel()?.focus(); });
document.addEventListener("keydown", onKey, { capture: true });
