// Places, categories and people picked by name, number, pinyin or initials: select[data-picker].
// An option may carry data-pinyin ("youkezhongxin ykzx") and data-note, shown small at its side.

function optionHtml(data, escape) {
  const note = data.note ? `<span class="option-note">${escape(data.note)}</span>` : "";
  return `<div class="option"><span>${escape(data.text)}</span>${note}</div>`;
}

function nameOf(select) {
  const label = select.labels?.[0]?.cloneNode(true);
  label?.querySelectorAll(".asteriskField").forEach((star) => star.remove());
  return select.getAttribute("aria-label") ?? label?.textContent.trim() ?? "选择";
}

/** tom-select leaves its parts without names; screen readers need one on each. */
function nameParts(picker, name) {
  picker.control_input.setAttribute("aria-label", name);
  picker.dropdown_content.setAttribute("aria-label", `${name}的选项`);
  picker.input.setAttribute("aria-label", name);
}

/** The focus was meant for the select, which is hidden now; the browser gives it later than this runs, or has given it. */
function keepFocus(select, picker) {
  const isFree = document.activeElement === document.body;
  if (document.activeElement === select || (select.autofocus && isFree)) picker.focus();
}

function startOne(select) {
  const name = nameOf(select);
  const isCombo = "pickerNew" in select.dataset;
  const picker = new window.TomSelect(select, {
    searchField: ["text", "value", "pinyin", "note"],
    maxOptions: 200,
    create: isCombo,
    selectOnTab: true,
    openOnFocus: true,
    // With a pause, a quick clerk takes the first option before the list is narrowed, and the focus jumps back.
    refreshThrottle: 0,
    hidePlaceholder: true,
    allowEmptyOption: false,
    placeholder: select.dataset.placeholder ?? "名称、编号、拼音",
    plugins: select.multiple ? { remove_button: { title: "去掉" } } : {},
    render: {
      option: optionHtml,
      no_results: () => '<div class="no-results">没有这一项</div>',
      option_create: (data, escape) => `<div class="create">用“${escape(data.input)}”</div>`,
    },
  });
  nameParts(picker, name);
  keepFocus(select, picker);
  // A press into the words of a picker that has the focus already would close it and lose what is typed next.
  picker.control_input.addEventListener("click", (event) => { if (picker.isOpen) event.stopPropagation(); });
  // What was typed to find one is not wanted for the next.
  if (select.multiple) picker.on("item_add", () => { picker.setTextboxValue(""); picker.refreshOptions(false); });
}

export function startPickers(part) {
  if (!window.TomSelect) return;
  part.querySelectorAll("select[data-picker]:not(.tomselected)").forEach(startOne);
}
