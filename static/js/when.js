// A time in few keys: "1020" is today 10:20, "昨1530" yesterday, "-20" twenty minutes ago, "1120 0930" the 20th of November.
// A day alone: "1120", "20", "昨", "-3" (days). Fields: input[data-when] and input[data-when="day"]; what was understood stands in the field before anything is saved.

const two = (number) => String(number).padStart(2, "0");
const DAYS = { 今: 0, 今天: 0, 昨: -1, 昨天: -1, 昨日: -1, 前: -2, 前天: -2 };
const WEEK = "日一二三四五六";

function clockOf(text) {
  const found = /^(\d{1,2})[::.点时]?(\d{2})?分?$/.exec(text);
  if (!found) return null;
  const digits = text.replace(/\D/g, "");
  const hour = digits.length === 3 ? Number(digits[0]) : Number(found[1]);
  const minute = digits.length === 3 ? Number(digits.slice(1)) : Number(found[2] ?? 0);
  return hour < 24 && minute < 60 ? [hour, minute] : null;
}

function dayOf(text, now) {
  if (text in DAYS) return new Date(now.getFullYear(), now.getMonth(), now.getDate() + DAYS[text]);
  const found = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (!found) return null;
  const day = new Date(found[1] ? Number(found[1]) : now.getFullYear(), Number(found[2]) - 1, Number(found[3]));
  if (!found[1] && day > now) day.setFullYear(day.getFullYear() - 1);
  return day.getDate() === Number(found[3]) ? day : null;
}

function fullTime(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})/.exec(text);
  return found ? new Date(Number(found[1]), found[2] - 1, Number(found[3]), Number(found[4]), Number(found[5])) : null;
}

/** The moment meant by what was typed, or null. */
export function readWhen(typed, now = new Date()) {
  const text = typed.trim().replace(/[：]/g, ":").replace(/[－—−]/g, "-");
  const back = /^-(\d{1,4})(分钟?)?$/.exec(text);
  if (back) return new Date(now.getTime() - Number(back[1]) * 60000);
  if (text === "现在" || text === ".") return now;
  const full = fullTime(text);
  if (full) return full;
  const short = /^(\d{2})(\d{2})\s+(\d{3,4}|\d{1,2}:\d{2})$/.exec(text);
  if (short) return readWhen(`${short[1]}-${short[2]} ${short[3]}`, now);
  const parts = /^(今天?|昨[天日]?|前天?|(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?)?\s*(.*)$/.exec(text);
  const day = parts[1] ? dayOf(parts[1], now) : dayOf("今", now);
  const clock = clockOf(parts[2]);
  if (!day || !clock) return null;
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), ...clock);
}

/** The day meant by what was typed, or null: "1120", "11-20", "20", "昨", "-3". */
export function readDay(typed, now = new Date()) {
  const text = typed.trim().replace(/[－—−]/g, "-");
  const back = /^-(\d{1,3})天?$/.exec(text);
  if (back) return new Date(now.getFullYear(), now.getMonth(), now.getDate() - Number(back[1]));
  const short = /^(\d{2})(\d{2})$/.exec(text);
  if (short) return dayOf(`${short[1]}-${short[2]}`, now);
  const whole = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (whole) return dayOf(`${whole[1]}-${whole[2]}-${whole[3]}`, now);
  if (/^\d{1,2}日?$/.test(text)) return dayOf(`${now.getMonth() + 1}-${text.replace("日", "")}`, now);
  return dayOf(text, now);
}

/** 今天 10:20 · 昨天 15:30 · 11月20日 周五 09:30 */
export function sayWhen(at, now = new Date()) {
  return `${sayDay(at, now)} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

function sayDay(at, now = new Date()) {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const days = Math.round((new Date(at.getFullYear(), at.getMonth(), at.getDate()) - midnight) / 86400000);
  const near = { 0: "今天", "-1": "昨天", "-2": "前天", 1: "明天" }[days];
  const year = at.getFullYear() === now.getFullYear() ? "" : `${at.getFullYear()}年`;
  return near ?? `${year}${at.getMonth() + 1}月${at.getDate()}日 周${WEEK[at.getDay()]}`;
}

const dayValue = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const MOMENT = { read: readWhen, say: sayWhen, value: (at) => `${dayValue(at)} ${two(at.getHours())}:${two(at.getMinutes())}` };
const DAY = { read: readDay, say: sayDay, value: dayValue };

function place(input) {
  const box = document.createElement("div");
  box.className = "when-box";
  const said = document.createElement("span");
  said.className = "when-said";
  said.setAttribute("aria-live", "polite");
  said.id = `${input.id}-said`;
  input.before(box);
  box.append(input, said);
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${said.id}`.trim());
  return said;
}

function dressOne(input) {
  input.dataset.whenReady = "1";
  const said = place(input);
  const kind = input.dataset.when === "day" ? DAY : MOMENT;
  const show = () => {
    const at = input.value.trim() ? kind.read(input.value) : null;
    said.textContent = at ? kind.say(at) : input.value.trim().length > 3 ? "看不懂" : "";
    said.classList.toggle("is-wrong", !at);
    return at;
  };
  const settle = () => {
    const at = show();
    if (at) input.value = kind.value(at);
  };
  show();
  input.addEventListener("input", show);
  input.addEventListener("change", settle);
  input.form?.addEventListener("submit", settle, { capture: true });
}

export function startWhen(part) {
  part.querySelectorAll("input[data-when]:not([data-when-ready])").forEach(dressOne);
}
