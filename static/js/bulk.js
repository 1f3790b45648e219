// Rows chosen in a list: one by one, all of the page, or from here to there with Shift.
let last = null;

const picks = () => [...document.querySelectorAll("[data-pick]")];

function show() {
  const all = picks();
  const chosen = all.filter((pick) => pick.checked);
  all.forEach((pick) => pick.closest("tr").classList.toggle("is-chosen", pick.checked));
  const bar = document.querySelector("[data-bulk]");
  if (bar) {
    bar.hidden = !chosen.length;
    bar.querySelector("[data-picked]").textContent = chosen.length;
  }
  const every = document.querySelector("[data-pick-all]");
  if (every) {
    every.checked = all.length > 0 && chosen.length === all.length;
    every.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
}

function setAll(isChecked) {
  picks().forEach((pick) => { pick.checked = isChecked; });
  show();
}

function onPick(event, pick) {
  const all = picks();
  if (event.shiftKey && last && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(pick)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((each) => { each.checked = pick.checked; });
  }
  last = pick;
  show();
}

/** The chosen records on one paper each, in one PDF, in a tab of its own. */
function print(address) {
  const url = new URL(address, window.location.href);
  picks().filter((pick) => pick.checked).forEach((pick) => url.searchParams.append("id", pick.value));
  window.open(url, "_blank", "noopener");
}

export function startBulk() {
  document.addEventListener("click", (event) => {
    if (event.target.matches("[data-pick]")) onPick(event, event.target);
    else if (event.target.matches("[data-pick-all]")) setAll(event.target.checked);
    else if (event.target.closest("[data-pick-none]")) setAll(false);
    else if (event.target.closest("[data-bulk-print]")) print(event.target.closest("[data-bulk-print]").dataset.bulkPrint);
    else if (event.target.matches("td.pick")) event.target.querySelector("[data-pick]")?.click();
  });
  window.addEventListener("pageshow", show);
}
