// Names stand above each other, character by character; differing ones in cinnabar.
// Markup: [data-names] with [data-name][data-name-label] values, or [data-names-from="#a,#b"] that follows two fields.

const DOTS = /[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65]/gu;

/** The same tidying as the server's: NFKC, trimmed, one middle dot. The server alone decides. */
export function tidy(name) {
  return name.normalize("NFKC").replace(DOTS, "·").trim();
}

function letters(name) {
  return [...tidy(name)];
}

function letter(char, isDifferent) {
  const cell = document.createElement("span");
  cell.className = `letter${isDifferent ? " is-different" : ""}${char ? "" : " is-missing"}`;
  cell.textContent = char ?? "\u3000";
  return cell;
}

function line(label, name, all) {
  const row = document.createElement("tr");
  const head = Object.assign(document.createElement("th"), { scope: "row", textContent: label });
  const cell = document.createElement("td");
  const box = Object.assign(document.createElement("span"), { className: "letters" });
  const mine = letters(name);
  const width = Math.max(...all.map((other) => letters(other).length));
  for (let at = 0; at < width; at += 1) box.append(letter(mine[at], all.some((other) => letters(other)[at] !== mine[at])));
  cell.append(box);
  row.append(head, cell);
  return row;
}

function draw(box, pairs) {
  const table = box.querySelector("table") ?? box.appendChild(Object.assign(document.createElement("table"), { className: "names" }));
  const names = pairs.map(([, name]) => name);
  table.replaceChildren();
  const body = table.createTBody();
  if (names.every((name) => tidy(name))) pairs.forEach(([label, name]) => body.append(line(label, name, names)));
  const said = box.querySelector(".names-said");
  if (!said) return;
  const isSame = new Set(names.map(tidy)).size === 1;
  said.hidden = !names.every((name) => tidy(name));
  said.classList.toggle("is-same", isSame);
  said.classList.toggle("is-different", !isSame);
  said.textContent = isSame ? "✓ 逐字一致" : "✕ 姓名不一致,不能发还";
}

function labelOf(field) {
  return field.dataset.namesLabel ?? field.labels?.[0]?.firstChild?.textContent.trim() ?? "";
}

function follow(box) {
  const fields = box.dataset.namesFrom.split(",").map((selector) => document.querySelector(selector.trim())).filter(Boolean);
  const fixed = [...box.querySelectorAll("[data-name]")].map((each) => [each.dataset.nameLabel, each.dataset.name]);
  const show = () => draw(box, [...fixed, ...fields.map((field) => [labelOf(field), field.value])]);
  fields.forEach((field) => field.addEventListener("input", show));
  show();
}

export function showNames(part) {
  part.querySelectorAll("[data-names-from]").forEach(follow);
  part.querySelectorAll("[data-names]:not([data-names-from])").forEach((box) => {
    draw(box, [...box.querySelectorAll("[data-name]")].map((each) => [each.dataset.nameLabel, each.dataset.name]));
  });
}
