// A ready text is copied by one button; where the browser does not let it, the text is marked to be copied by hand.

function mark(place) {
  const range = document.createRange();
  range.selectNodeContents(place);
  const chosen = window.getSelection();
  chosen.removeAllRanges();
  chosen.addRange(range);
}

async function copy(button) {
  const place = document.querySelector(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  try {
    await navigator.clipboard.writeText(place.textContent.trim());
    said.textContent = "已复制,可以粘贴到群里。";
  } catch {
    mark(place);
    said.textContent = "已选中文字,请按 Ctrl+C 复制。";
  }
}

document.querySelectorAll("[data-copy]").forEach((button) => button.addEventListener("click", () => copy(button)));
