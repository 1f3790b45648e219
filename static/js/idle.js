// A desk left alone covers its screen at once, keeps what was typed, and asks for the password.
// All tabs of one browser share the clock; one tab that locks locks them all.
import { rememberToRestore, saveAllDrafts } from "./drafts.js";
import { keep, send } from "./net.js";

const CHECK_MS = 2000;
const WARN_MS = 30000;
const NOTE_MS = 1000;
let lastNoted = 0;
let isLocking = false;

const clock = () => `desk:active:${document.body.dataset.user}`;
const lockFlag = () => `desk:locked:${document.body.dataset.user}`;

function note() {
  const now = Date.now();
  if (isLocking || now - lastNoted < NOTE_MS) return;
  lastNoted = now;
  keep.write(clock(), String(now));
}

function cover() {
  document.documentElement.classList.add("is-covered");
}

async function lock(tellServer) {
  if (isLocking) return;
  isLocking = true;
  cover();
  rememberToRestore();
  await saveAllDrafts({ keepalive: true }).catch(() => {});
  const { lockUrl } = document.body.dataset;
  if (tellServer) {
    keep.write(lockFlag(), String(Date.now()));
    await send(lockUrl, "POST").catch(() => {});
  }
  const next = encodeURIComponent(window.location.pathname + window.location.search);
  window.location.assign(`${lockUrl}?next=${next}`);
}

function warn(left) {
  const place = document.querySelector("[data-idle-warning]");
  if (!place) return;
  place.hidden = left > WARN_MS;
  if (!place.hidden) place.textContent = `${Math.ceil(left / 1000)} 秒后自动锁屏,动一下鼠标就不锁`;
}

function check(limit) {
  const left = limit - (Date.now() - Math.max(Number(keep.read(clock())), lastNoted));
  warn(left);
  if (left <= 0) lock(true);
}

/** Locked by hand: what was typed goes to the server first, then the lock. */
function lockByHand(event) {
  if (!event.target.matches("form[data-lock]")) return;
  event.preventDefault();
  lock(true);
}

export function startIdle() {
  const minutes = Number(document.body.dataset.idleMinutes);
  if (!minutes || !document.body.dataset.lockUrl || document.querySelector("main.gate")) return;
  document.addEventListener("submit", lockByHand, { capture: true });
  note();
  ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"].forEach((kind) => document.addEventListener(kind, note, { passive: true, capture: true }));
  window.addEventListener("storage", (event) => { if (event.key === lockFlag()) lock(false); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) check(minutes * 60000); });
  setInterval(check, CHECK_MS, minutes * 60000);
}
