// Scores from paper, one number key each: a digit that fits goes on to the next field by itself.
const fields = [...document.querySelectorAll("[data-digit]")];

function isDone(field) {
  const most = Number(field.dataset.digit);
  // Where ten is possible, a 1 may still become one.
  return most < 10 || field.value.length > 1 || field.value !== "1";
}

for (const [place, field] of fields.entries()) {
  field.addEventListener("focus", () => field.select());
  field.addEventListener("input", (event) => {
    if (event.isComposing) return;
    field.value = field.value.normalize("NFKC").replace(/\D/g, "");
    const fits = field.value !== "" && Number(field.value) <= Number(field.dataset.digit);
    field.classList.toggle("is-invalid", field.value !== "" && !fits);
    if (fits && isDone(field) && fields[place + 1]) fields[place + 1].focus();
  });
}
