// A signature on the screen goes as a PNG into a hidden input; or the person signs on the paper instead.

function fit(canvas, pad) {
  const ratio = Math.max(window.devicePixelRatio || 1, 1);
  const { width, height } = canvas.getBoundingClientRect();
  if (!width || (canvas.width === Math.round(width * ratio) && canvas.height === Math.round(height * ratio))) return;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.getContext("2d").scale(ratio, ratio);
  pad.redraw();
}

function startOne(box) {
  const canvas = box.querySelector("canvas");
  const value = box.querySelector("[data-signature-value]");
  const pad = new window.SignaturePad(canvas, { penColor: "#111827", backgroundColor: "rgb(255,255,255)", minWidth: 0.8, maxWidth: 2.6 });
  const put = () => {
    value.value = box.dataset.how === "paper" || pad.isEmpty() ? "" : pad.toDataURL("image/png");
    value.dispatchEvent(new Event("change", { bubbles: true }));
  };
  // A form that comes back refused brings the strokes along: nobody signs twice.
  if (value.value) pad.fromDataURL(value.value);
  pad.addEventListener("endStroke", put);
  box.querySelector("[data-signature-clear]").addEventListener("click", () => { pad.clear(); put(); canvas.focus(); });
  box.querySelectorAll(".signature-how input").forEach((choice) => choice.addEventListener("change", () => {
    box.dataset.how = choice.value;
    fit(canvas, pad);
    put();
  }));
  new ResizeObserver(() => fit(canvas, pad)).observe(canvas);
}

export function startSignatures(part) {
  if (window.SignaturePad) part.querySelectorAll("[data-signature]").forEach(startOne);
}
