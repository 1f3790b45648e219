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

/** Two names set against each other with the fewest differences, so that one missing sign shifts nothing. */
function aligned(one, other) {
  const cost = [...Array(one.length + 1)].map((_, row) => [...Array(other.length + 1)].map((__, column) => row + column));
  for (let row = 1; row <= one.length; row += 1) {
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      cost[row][column] = Math.min(cost[row - 1][column - 1] + same, cost[row - 1][column] + 1, cost[row][column - 1] + 1);
    }
  }
  const lines = [[], []];
  let [row, column] = [one.length, other.length];
  while (row || column) {
    const here = cost[row][column];
    const isPair = row && column && here === cost[row - 1][column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1);
    const takesOne = isPair || (row && here === cost[row - 1][column] + 1);
    const takesOther = isPair || !takesOne;
    lines[0].unshift(takesOne ? one[--row] : null);
    lines[1].unshift(takesOther ? other[--column] : null);
  }
  return lines;
}

/** The letters of all names in columns; null where a name has none. */
function columns(names) {
  const all = names.map(letters);
  if (all.length === 2) return aligned(...all);
  const width = Math.max(...all.map((each) => each.length));
  return all.map((each) => [...Array(width)].map((_, at) => each[at] ?? null));
}

function letter(char, isDifferent) {
  const cell = document.createElement("span");
  cell.className = `letter${isDifferent ? " is-different" : ""}${char ? "" : " is-missing"}`;
  cell.textContent = char ?? "\u3000";
  return cell;
}

function line(label, mine, all) {
  const row = document.createElement("tr");
  const head = Object.assign(document.createElement("th"), { scope: "row", textContent: label });
  const cell = document.createElement("td");
  const box = Object.assign(document.createElement("span"), { className: "letters" });
  mine.forEach((char, at) => box.append(letter(char, all.some((other) => other[at] !== char))));
  cell.append(box);
  row.append(head, cell);
  return row;
}

function draw(box, pairs) {
  const table = box.querySelector("table") ?? box.appendChild(Object.assign(document.createElement("table"), { className: "names" }));
  const names = pairs.map(([, name]) => name);
  table.replaceChildren();
  const body = table.createTBody();
  if (names.every((name) => tidy(name))) {
    const all = columns(names);
    pairs.forEach(([label], at) => body.append(line(label, all[at], all)));
  }
  const said = box.querySelector(".names-said");
  // Where the server has spoken, its sentence stands.
  if (!said || "said" in said.dataset) return;
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
