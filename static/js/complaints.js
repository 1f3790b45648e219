// The form of a complaint: only who stands at the desk signs, only an authority's letter has its number,
// only a major one has such a reason. The server decides again on saving.

const form = document.querySelector("form.desk-form");
const field = (name) => form?.querySelector(`[name="${name}"]`);
const AT_THE_DESK = ["visit", "book"];
const OUTSIDE = ["12345", "12301", "12315", "bureau"];

function show(part, isShown) {
  part?.toggleAttribute("hidden", !isShown);
}

function follow() {
  const channel = field("channel").value;
  show(form.querySelector(".visitor-signature"), AT_THE_DESK.includes(channel));
  show(form.querySelector(".outside-part"), OUTSIDE.includes(channel));
  show(field("major_reasons")?.closest("[class*=col]"), field("severity")?.value === "major");
}

if (field("channel")) {
  form.addEventListener("change", follow);
  follow();
}
