// The search box of the top bar: results below it, arrows walk through them.

function hits(out) {
  return [...out.querySelectorAll("a[href]")];
}

function walk(box, out, by) {
  const all = hits(out);
  if (!all.length) return;
  const next = all.indexOf(document.activeElement) + by;
  if (next < 0) box.focus();
  else all[Math.min(next, all.length - 1)].focus();
}

function onKey(event, box, out) {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    walk(box, out, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape") {
    out.replaceChildren();
    box.blur();
  } else if (event.key === "Enter" && event.target === box && hits(out).length === 1) {
    event.preventDefault();
    hits(out)[0].click();
  }
}

export function startFinder() {
  const finder = document.querySelector("[data-finder]");
  if (!finder) return;
  const box = finder.querySelector("input[type=search]");
  const out = finder.querySelector(".finder-out");
  finder.addEventListener("keydown", (event) => onKey(event, box, out));
  box.addEventListener("input", () => { if (!box.value.trim()) out.replaceChildren(); });
  box.addEventListener("focus", () => {
    box.select();
    if (box.value.trim() && !out.childElementCount) box.dispatchEvent(new Event("finder:again"));
  });
  document.addEventListener("click", (event) => { if (!finder.contains(event.target)) out.replaceChildren(); });
  finder.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !finder.contains(event.relatedTarget)) out.replaceChildren();
  });
}
