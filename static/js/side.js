// What the system knows, asked for while typing and shown beside the form, never in its way.
// Only fields named in data-side-fields travel (all typed fields without it); never a password or a signature.
import { csrfToken } from "./net.js";
import { fieldsOf } from "./drafts.js";

const WAIT_MS = 500;

export function startSide() {
  const place = document.querySelector("[data-side]");
  const form = document.querySelector("form.desk-form");
  if (!place || !form) return;
  let timer = null;
  let asked = null;
  let busy = null;
  const mark = document.getElementById("side-busy");

  async function ask() {
    const query = new URLSearchParams();
    for (const [name, values] of Object.entries(fieldsOf(form))) values.filter(Boolean).forEach((value) => query.append(name, value.slice(0, 200)));
    if (String(query) === asked) return;
    asked = String(query);
    busy?.abort();
    busy = new AbortController();
    mark?.classList.add("htmx-request");
    try {
      // POST keeps names and phones out of the server's log of addresses.
      const answer = await fetch(place.dataset.side, { method: "POST", body: query, credentials: "same-origin", redirect: "manual", signal: busy.signal, headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" } });
      if (answer.ok) place.innerHTML = await answer.text();
    } catch { /* the network is away: the form goes on without it */ }
    mark?.classList.remove("htmx-request");
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  };
  if ("bound" in form.dataset) ask();
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}
