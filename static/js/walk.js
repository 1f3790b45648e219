// A walk with a phone in one hand: each tap is saved by itself; what the network would not take waits and is sent again.
import { csrfToken } from "./net.js";

const RETRY_MS = 10000;
const BAD = new Set(["failed", "damaged"]);
const waiting = new Set();

const part = (check, name) => check.querySelector(`[name^="${name}_"]`);
const answerOf = (check) => check.querySelector('input[type="radio"]:checked')?.value ?? "";

function say(check, text) {
  check.querySelector("[data-said]").textContent = text;
}

/** A number that is not what must be there, or × or △: it wants words before it is sent. */
function isBad(check) {
  const number = part(check, "quantity");
  if (BAD.has(answerOf(check))) return true;
  return Boolean(number && number.value !== "" && number.value !== check.dataset.due);
}

/** The desk wants to see it: a good answer is sent with its photo. */
function lacksPhoto(check) {
  const wanted = "photoDue" in check.dataset && !["", "none"].includes(answerOf(check));
  return wanted && !isBad(check) && !part(check, "photo").files.length;
}

function isAnswered(check) {
  return Boolean(answerOf(check) || part(check, "quantity")?.value);
}

function fieldsOf(check) {
  const fields = new FormData();
  for (const field of check.elements) {
    if (!field.name || field.type === "submit" || (field.type === "radio" && !field.checked)) continue;
    if (field.type === "file") {
      if (field.files[0]) fields.append(field.name, field.files[0]);
    } else fields.append(field.name, field.value);
  }
  return fields;
}

function showProgress(check) {
  const place = document.querySelector(".quantity [data-done]");
  if (place && check) place.textContent = check.dataset.done;
}

/** The server draws the line again; the focus stays where the hand was. */
function replace(check, html) {
  const focused = check.contains(document.activeElement) ? document.activeElement.id : "";
  check.insertAdjacentHTML("afterend", html);
  const fresh = check.nextElementSibling;
  check.remove();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (fresh.querySelector(".is-invalid")) fresh.querySelector(".is-invalid").focus();
  showProgress(fresh);
}

async function send(check) {
  if (check.dataset.busy) {
    check.dataset.again = "1";
    return;
  }
  check.dataset.busy = "1";
  say(check, "正在保存…");
  try {
    const answer = await fetch(check.dataset.url, { method: "POST", body: fieldsOf(check), credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" } });
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    waiting.delete(check);
    const html = await answer.text();
    delete check.dataset.busy;
    if (check.dataset.again) {
      delete check.dataset.again;
      send(check);
    } else replace(check, html);
  } catch {
    delete check.dataset.busy;
    waiting.add(check);
    say(check, "没有传到,网络恢复后自动补传");
  }
}

function sendWaiting() {
  [...waiting].filter((check) => check.isConnected).forEach(send);
}

function report(check) {
  const remark = part(check, "remark");
  if (remark.value.trim()) return send(check);
  say(check, "请先写明情况,再上报");
  return remark.focus();
}

function onChange(event) {
  const check = event.target.closest("[data-check]");
  if (!check || event.target.matches('[name^="remark_"], [name^="fault_"]')) return;
  check.classList.toggle("is-different", isBad(check));
  if (event.target.type === "file") {
    const name = check.querySelector("[data-photo-name]");
    if (name && event.target.files[0]) name.textContent = "已选照片";
    if (isBad(check) || !isAnswered(check)) return;
  }
  if (isBad(check)) {
    say(check, "请写明情况,再上报");
    part(check, "remark").focus();
  } else if (lacksPhoto(check)) say(check, "请拍一张,拍好就存");
  else send(check);
}

function onClick(event) {
  const check = event.target.closest("[data-check]");
  if (!check) return;
  if (event.target.closest("[data-report]")) report(check);
  if (event.target.closest("[data-all-there]")) {
    const number = part(check, "quantity");
    number.value = check.dataset.due;
    number.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function onKey(event) {
  const check = event.target.closest("[data-check]");
  if (!check || event.key !== "Enter" || event.isComposing || event.ctrlKey || !event.target.matches("input")) return;
  event.preventDefault();
  if (event.target.matches('[name^="remark_"]')) report(check);
  else event.target.blur();
}

const walk = document.querySelector("form[data-walk]");
if (walk) {
  walk.addEventListener("change", onChange);
  walk.addEventListener("click", onClick);
  walk.addEventListener("keydown", onKey);
  window.addEventListener("online", sendWaiting);
  setInterval(sendWaiting, RETRY_MS);
}
