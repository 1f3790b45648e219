// The day screen: what is typed anywhere goes into the quick line; a countdown beside a notice that is due.

const TICK_MS = 1000;

/** A plain key on the page itself begins the quick line; a shortcut, a field or a dialog keeps its own. */
function catchTyping(line) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target !== document.body && event.target.id !== "main") return;
    // An input method says "Process": its first letter must already find the field.
    const begins = event.key === "Process" || (event.key.length === 1 && !"/? ".includes(event.key));
    if (begins && !document.querySelector("dialog[open], .offcanvas.show")) line.focus();
  }, { capture: true });
}

function said(seconds) {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const rest = String(Math.floor(Math.abs(seconds) % 60)).padStart(2, "0");
  const span = minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
  return seconds >= 0 ? `还剩 ${span}` : `已超 ${span}`;
}

function countDown(place) {
  const due = new Date(place.dataset.countdown).getTime();
  const show = () => { place.textContent = said((due - Date.now()) / 1000); };
  show();
  setInterval(show, TICK_MS);
}

const line = document.getElementById("quick");
if (line) {
  catchTyping(line);
  line.setSelectionRange(line.value.length, line.value.length);
}
document.querySelectorAll("[data-countdown]").forEach(countDown);
