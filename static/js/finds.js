// The intake form of a find: category guessed from the thing, valuable from category and value, cash added up.
// The server decides again on saving; this only spares keys and says early what will be asked.

const form = document.querySelector("form.desk-form");
const field = (name) => form?.querySelector(`[name="${name}"]`);
const limit = Number(document.querySelector("[data-find]")?.dataset.valueLimit ?? 500);
const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const BIG = ["", "万", "亿", "兆"];

/** The option one of whose keywords stands in the thing: what ends the phrase first, then the longest. */
function guess(thing) {
  const text = thing.normalize("NFKC").toLowerCase();
  let best = null;
  for (const option of field("category").options) {
    for (const word of (option.dataset.keywords ?? "").normalize("NFKC").toLowerCase().split(/\s+/)) {
      if (!word || !text.includes(word)) continue;
      const rank = [text.endsWith(word) ? 1 : 0, word.length];
      if (!best || rank[0] > best.rank[0] || (rank[0] === best.rank[0] && rank[1] > best.rank[1])) best = { option, rank };
    }
  }
  return best?.option ?? null;
}

/** What a notice calls it: of a category of several nouns the one that stands in the thing, as `public_words` does. */
function publicKind(option) {
  if (option.text === "其他") return "物品";
  const told = (option.dataset.keywords ?? "").split(/\s+/).filter((word) => word && option.text.includes(word) && field("thing").value.includes(word));
  return told.reduce((best, word) => (word.length > best.length ? word : best), "") || option.text;
}

const flags = () => (field("category").selectedOptions[0]?.dataset.flags ?? "").split(" ");

function amounts(suffix) {
  return [...form.querySelectorAll(`input[name$="${suffix}"]`)].filter((input) => !input.closest(".is-gone")).map((input) => Number(input.value.replace(/[,,¥¥]/g, "")) || 0);
}

function cashLines() {
  return [...form.querySelectorAll("[data-cash] tr[data-line]:not(.is-gone)")].map((row) => ({
    currency: row.querySelector("select")?.value,
    amount: Math.round((Number(row.querySelector("[name$=-denomination]")?.value) || 0) * 100) * (Number(row.querySelector("[name$=-pieces]")?.value) || 0),
  })).filter((line) => line.amount > 0);
}

function fourDigits(number) {
  let said = "";
  for (let at = 3; at >= 0; at -= 1) {
    const digit = Math.floor(number / 10 ** at) % 10;
    if (digit) said += DIGITS[digit] + PLACES[at];
    else if (said && !said.endsWith("零")) said += "零";
  }
  return said.replace(/零$/, "");
}

/** 128050 fen → 壹仟贰佰捌拾元伍角 */
function inWords(fen) {
  let said = "";
  let yuan = Math.floor(fen / 100);
  for (let group = 0; yuan > 0; group += 1) {
    const part = yuan % 10000;
    if (part) said = fourDigits(part) + BIG[group] + said;
    yuan = Math.floor(yuan / 10000);
    if (yuan && said && part < 1000 && !said.startsWith("零")) said = `零${said}`;
  }
  const jiao = Math.floor(fen / 10) % 10;
  const rest = fen % 10;
  const small = (jiao ? `${DIGITS[jiao]}角` : rest && said ? "零" : "") + (rest ? `${DIGITS[rest]}分` : "");
  return `${said ? `${said}元` : ""}${small || "整"}`;
}

function showCash(lines) {
  const place = form.querySelector("[data-cash-total]");
  const fen = lines.filter((line) => line.currency === "CNY").reduce((sum, line) => sum + line.amount, 0);
  if (place) place.textContent = fen ? ` ¥${(fen / 100).toFixed(2)} ${inWords(fen)}` : "";
}

let isByHand = Boolean(field("category")?.value);
let isPublicByHand = Boolean(field("public_text")?.value);

function follow() {
  const category = field("category");
  if (!isByHand) category.value = guess(field("thing").value)?.value ?? "";
  category.closest("[class*=col]").toggleAttribute("data-enter-skip", Boolean(category.value));
  const lines = cashLines();
  const value = (Number(field("estimated_value").value.replace(/[,,¥¥元\s]/g, "")) || 0) + amounts("-estimated_value").reduce((a, b) => a + b, 0);
  const isByRule = flags().includes("is_valuable") || flags().includes("is_cash") || lines.length > 0 || value >= limit;
  const tick = field("is_valuable");
  if (isByRule) tick.checked = true;
  else if (tick.dataset.byRule) tick.checked = false;
  tick.toggleAttribute("data-by-rule", isByRule);
  tick.dataset.byRule = isByRule ? "1" : "";
  document.getElementById("valuable-part").hidden = !tick.checked || field("is_field_held")?.value === "1";
  document.querySelector("[data-forbidden]").hidden = !flags().includes("is_forbidden");
  if (!isPublicByHand && field("public_text")) {
    const chosen = category.selectedOptions[0];
    field("public_text").value = chosen?.value ? field("colour").value.trim() + publicKind(chosen) : "";
  }
  showCash(lines);
}

/** A masked number: length and last four stand in the place of its help, so that the clerk can read them back. */
function sayTail(input) {
  const plain = input.value.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");
  const help = document.getElementById(`${input.id}_helptext`);
  if (!help) return;
  help.dataset.help ??= help.textContent;
  help.setAttribute("aria-live", "polite");
  help.textContent = plain ? `${plain.length} 位,尾号 ${plain.slice(-4)}` : help.dataset.help;
}

if (form && field("category")) {
  field("place_detail")?.closest("[class*=col]").setAttribute("data-enter-skip", "");
  form.addEventListener("input", (event) => {
    if (event.target.name === "category") isByHand = Boolean(event.target.value);
    if (event.target.name === "public_text") isPublicByHand = Boolean(event.target.value);
    if (event.target.matches("[data-tail]")) sayTail(event.target);
    follow();
  });
  form.addEventListener("change", follow);
  follow();
}
