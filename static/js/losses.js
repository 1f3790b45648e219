// The form of a lost report: only who stands at the desk signs, only a parcel needs an address.
// The server decides again on saving; this only keeps out of sight what does not apply.

const form = document.querySelector("form.desk-form");
const field = (name) => form?.querySelector(`[name="${name}"]`);

function show(part, isShown) {
  part?.toggleAttribute("hidden", !isShown);
}

function follow() {
  show(form.querySelector(".report-signature"), field("channel").value === "desk");
  show(field("mail_address")?.closest("[class*=col]"), field("pickup_way").value === "mail");
  show(field("reporter_name")?.closest("[class*=col]"), field("relation").value !== "self");
}

if (field("channel")) {
  form.addEventListener("change", follow);
  follow();
}
