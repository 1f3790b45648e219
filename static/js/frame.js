// Small habits of the frame: close buttons, sheets, the paper drawer, questions before a step, the token for htmx.
import { csrfToken } from "./net.js";

function openPaper(button) {
  const drawer = document.getElementById("paper-drawer");
  if (!drawer || !window.bootstrap) return;
  drawer.querySelector("#paper-title").textContent = button.dataset.paperTitle;
  drawer.querySelector("[data-paper-print]").href = button.dataset.paperPdf || button.dataset.paper;
  drawer.querySelector("iframe").src = button.dataset.paper;
  window.bootstrap.Offcanvas.getOrCreateInstance(drawer).show();
}

function onClick(event) {
  const target = event.target.closest("[data-close], [data-close-sheet], [data-open-sheet], [data-paper], [data-confirm]");
  if (!target) return;
  if (target.dataset.close) target.closest(target.dataset.close)?.remove();
  if ("closeSheet" in target.dataset) target.closest("dialog")?.close();
  if (target.dataset.openSheet) document.getElementById(target.dataset.openSheet)?.showModal();
  if (target.dataset.paper) openPaper(target);
  if (target.dataset.confirm && !window.confirm(target.dataset.confirm)) event.preventDefault();
}

function closeSheetFromOutside(event) {
  if (event.target.matches("dialog.sheet")) event.target.close();
}

/** On a phone the filters are folded but for the first. */
function showAllFilters(event) {
  const isOpen = event.currentTarget.closest("form").classList.toggle("is-open");
  event.currentTarget.setAttribute("aria-expanded", String(isOpen));
}

/** A table that fits keeps its head in sight; a wider one scrolls in its own frame. */
function measureTables() {
  document.querySelectorAll(".table-wrap").forEach((wrap) => {
    wrap.classList.remove("is-wide");
    wrap.classList.toggle("is-wide", wrap.scrollWidth > wrap.clientWidth + 1);
  });
}

/** The first field that is wrong, else the first that is empty, gets the focus. */
function focusRightField() {
  const wrong = document.querySelector(".desk-form .is-invalid");
  if (wrong) return (wrong.tomselect ?? wrong).focus();
  if (document.querySelector("[autofocus]")) return undefined;
  const first = document.querySelector(
    ".desk-form input:not([type=hidden], [type=file], [readonly], .visually-hidden), .desk-form textarea, .desk-form select",
  );
  return first?.focus({ preventScroll: true });
}

/** A rail longer than the screen stays as it was left, and shows where one is; the page itself is not moved. */
function keepRail() {
  const rail = document.querySelector(".rail-in");
  if (!rail) return;
  rail.scrollTop = Number(sessionStorage.getItem("rail") ?? 0);
  const here = rail.querySelector("[aria-current]");
  const foot = rail.querySelector(".rail-foot")?.offsetHeight ?? 0;
  const isHidden = here && (here.offsetTop < rail.scrollTop
    || here.offsetTop + here.offsetHeight > rail.scrollTop + rail.clientHeight - foot);
  if (isHidden) rail.scrollTop = here.offsetTop - rail.clientHeight / 2;
  rail.addEventListener("scroll", () => sessionStorage.setItem("rail", String(rail.scrollTop)), { passive: true });
}

export function startFrame() {
  keepRail();
  document.addEventListener("click", onClick);
  document.addEventListener("click", closeSheetFromOutside);
  document.body.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = csrfToken();
  });
  document.querySelector("[data-filters-more]")?.addEventListener("click", showAllFilters);
  document.querySelector("[data-filters]")?.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=date], input[type=checkbox]:not([name=columns])")) event.currentTarget.requestSubmit();
  });
  measureTables();
  // The window's width, the size of type, other columns: whatever changes the room.
  const watched = new ResizeObserver(measureTables);
  const watch = () => document.querySelectorAll(".table-wrap, .table-wrap > table").forEach((part) => watched.observe(part));
  watch();
  document.body.addEventListener("htmx:afterSwap", watch);
  window.addEventListener("load", focusRightField, { once: true });
}
