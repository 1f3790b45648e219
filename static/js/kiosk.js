// A kiosk that nobody touches goes back to its first page, so that the next visitor finds no half answer.
const { kioskSeconds, kioskStart } = document.body.dataset;
let timer = 0;

function begin() {
  clearTimeout(timer);
  timer = setTimeout(() => window.location.replace(kioskStart), Number(kioskSeconds) * 1000);
}

for (const touch of ["pointerdown", "keydown", "input", "scroll"]) {
  window.addEventListener(touch, begin, { passive: true });
}
begin();
