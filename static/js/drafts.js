// Nothing typed is lost. One second after typing the form goes to the server, which keeps it encrypted;
// while the network is away it waits in this browser under the person's number and follows later.
import { keep, send, tab } from "./net.js";
import { ensureLines } from "./rows.js";
import { sayWhen } from "./when.js";

const WAIT_MS = 1000;
const RETRY_MS = 15000;
const SKIPPED = new Set(["csrfmiddlewaretoken", "submission_key", "after"]);
const open = new Set();

function isKept(field) {
  return field.name && !SKIPPED.has(field.name) && !["password", "file", "submit", "button"].includes(field.type) && !("signatureValue" in field.dataset);
}

function isFilled(field) {
  return field.type === "checkbox" || field.type === "radio" ? field.checked : true;
}

export function fieldsOf(form) {
  const fields = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const values = field.multiple && field.options ? [...field.selectedOptions].map((option) => option.value) : isFilled(field) ? [field.value] : [];
    fields[field.name] = [...(fields[field.name] ?? []), ...values];
  }
  return fields;
}

function setField(field, values) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
  else if (field.tomselect) field.tomselect.setValue(values);
  else if (field.multiple && field.options) [...field.options].forEach((option) => { option.selected = values.includes(option.value); });
  else if (values.length) field.value = values.shift();
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

export function putBack(form, fields) {
  ensureLines(form, fields);
  const left = structuredClone(fields);
  for (const field of [...form.elements]) {
    if (isKept(field) && left[field.name] && !field.name.endsWith("_FORMS")) setField(field, left[field.name]);
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const time = (at) => sayWhen(new Date(at));

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.draftUrl;
    this.local = `desk:draft:${document.body.dataset.user}:${form.dataset.draft}`;
    this.blank = fieldsOf(form);
    this.kept = this.blank;
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", (event) => { if (!event.defaultPrevented) this.submitted(); });
  }

  say(text) {
    const place = this.form.querySelector("[data-draft-state]");
    if (place) place.textContent = text;
  }

  later() {
    if (this.isRestoring) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT_MS);
  }

  async save(options = {}) {
    clearTimeout(this.timer);
    const fields = fieldsOf(this.form);
    if (same(fields, this.kept)) return;
    try {
      const answer = await send(this.url, "PUT", fields, options);
      if (!answer.ok) throw new Error(String(answer.status));
      this.kept = fields;
      keep.drop(this.local);
      this.say(`草稿已存 ${new Date().toTimeString().slice(0, 5)}`);
    } catch {
      keep.write(this.local, JSON.stringify({ fields, saved_at: new Date().toISOString() }));
      this.say("网络不通,草稿先存在本机,恢复后自动补传");
      this.timer = setTimeout(() => this.save(), RETRY_MS);
    }
  }

  /** The next page tells whether it was taken: only then is the draft thrown away. */
  submitted() {
    clearTimeout(this.timer);
    tab.write("desk:sent", JSON.stringify({ url: this.url, local: this.local, key: this.form.dataset.draft }));
  }

  async find() {
    const here = JSON.parse(keep.read(this.local) ?? "null");
    try {
      const answer = await send(this.url, "GET");
      const there = answer.ok ? await answer.json() : null;
      return here && (!there?.saved_at || here.saved_at > there.saved_at) ? here : there;
    } catch {
      return here;
    }
  }

  async offer() {
    const found = await this.find();
    if (!found?.fields || !Object.keys(found.fields).length || same(found.fields, this.blank)) return;
    if (tab.read("desk:restore") === this.url) {
      tab.drop("desk:restore");
      this.restore(found);
      return;
    }
    this.banner(found);
  }

  banner(found) {
    const place = this.form.querySelector("[data-draft-banner]");
    if (!place) return;
    const note = document.createElement("div");
    note.className = "note note-warning";
    note.setAttribute("role", "status");
    const icon = Object.assign(document.createElement("i"), { className: "bi bi-clock-history", ariaHidden: "true" });
    const text = Object.assign(document.createElement("span"), { textContent: `有未保存的草稿(${time(found.saved_at)})` });
    note.append(icon, text, this.button("恢复", "btn-quiet", () => this.restore(found)), this.button("丢弃", "btn-bare", () => this.discard()));
    place.replaceChildren(note);
  }

  button(label, look, does) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: `btn btn-sm ${look}`, textContent: label });
    button.addEventListener("click", () => {
      this.form.querySelector("[data-draft-banner]").replaceChildren();
      does();
    });
    return button;
  }

  restore(found) {
    this.isRestoring = true;
    putBack(this.form, found.fields);
    this.isRestoring = false;
    this.kept = fieldsOf(this.form);
    this.say(`已恢复 ${time(found.saved_at)} 的草稿`);
  }

  discard() {
    forget(this.url, this.local);
    this.say("草稿已丢弃");
  }
}

function forget(url, local) {
  keep.drop(local);
  send(url, "DELETE").catch(() => {});
}

/** A form that came back with mistakes is still a draft; anything else means it was taken. */
async function settleSent() {
  const sent = JSON.parse(tab.read("desk:sent") ?? "null");
  if (!sent) return;
  tab.drop("desk:sent");
  const again = document.querySelector(`form[data-draft="${CSS.escape(sent.key)}"][data-bound]`);
  const refused = document.querySelector("main.gate, [data-not-saved]");
  if (again || refused || !document.body.dataset.user) return;
  keep.drop(sent.local);
  await send(sent.url, "DELETE").catch(() => {});
}

export function saveAllDrafts(options) {
  return Promise.all([...open].map((draft) => draft.save(options)));
}

export function rememberToRestore() {
  for (const draft of open) if (!same(fieldsOf(draft.form), draft.blank)) tab.write("desk:restore", draft.url);
}

export async function startDrafts() {
  await settleSent();
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    const draft = new Draft(form);
    open.add(draft);
    if ("bound" in form.dataset) draft.kept = {};
    else draft.offer();
  });
  window.addEventListener("online", () => saveAllDrafts());
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveAllDrafts({ keepalive: true }); });
}
