// The start page counts again by itself. Not while nobody looks (hidden, locked), and whoever stands on a line stays on it.

/** What the focus stands on: the same link of the new lines, else the first of the list it was in. */
function placeOf(board) {
  const here = document.activeElement;
  if (!board.contains(here)) return null;
  return { href: here.getAttribute("href"), isNumber: Boolean(here.closest(".numbers")) };
}

function backTo(board, place) {
  const links = [...board.querySelectorAll(place.isNumber ? ".numbers a" : ".waiting a")];
  const link = links.find((each) => each.getAttribute("href") === place.href) ?? links[0];
  link?.focus({ preventScroll: true });
}

export function startBoard() {
  const board = document.querySelector("[data-board-seconds]");
  if (!board) return;
  let place = null;
  let asked = Date.now();
  const isWatched = () => !document.hidden && !document.documentElement.classList.contains("is-covered");
  const again = () => {
    asked = Date.now();
    window.htmx.trigger(board, "board:again");
  };
  const every = Number(board.dataset.boardSeconds) * 1000;
  setInterval(() => { if (isWatched()) again(); }, every);
  document.addEventListener("visibilitychange", () => { if (isWatched() && Date.now() - asked > every) again(); });
  board.addEventListener("htmx:beforeSwap", () => { place = placeOf(board); });
  board.addEventListener("htmx:afterSwap", () => { if (place) backTo(board, place); });
}
