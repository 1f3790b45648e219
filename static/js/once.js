// A double click makes one record: the second submit of the same form is stopped and the buttons show that work is under way.

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll(".is-busy").forEach((button) => {
    button.classList.remove("is-busy");
    button.removeAttribute("aria-disabled");
    button.querySelector(".spin")?.remove();
  });
}

function hold(form, button) {
  form.dataset.sent = "1";
  const spin = document.createElement("span");
  spin.className = "spin";
  spin.setAttribute("aria-hidden", "true");
  button?.prepend(spin);
  form.querySelectorAll("button[type=submit]").forEach((each) => {
    each.classList.add("is-busy");
    each.setAttribute("aria-disabled", "true");
  });
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  hold(form, event.submitter);
  // A download or a new tab leaves this page standing: it must be usable again.
  if (event.submitter?.hasAttribute("data-download") || (event.submitter?.formTarget || form.target) === "_blank") setTimeout(release, 2500, form);
}

export function startOnce() {
  document.addEventListener("submit", onSubmit);
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form");
    if (form) release(form);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
}
