// Requests to our own server with the token that Django asks for.

export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

export function send(url, method, body, options = {}) {
  const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return fetch(url, {
    method,
    headers,
    credentials: "same-origin",
    redirect: "manual",
    body: body === undefined ? undefined : JSON.stringify(body),
    ...options,
  });
}

/** Browser storage may be refused (private window, full): then the desk goes on without it. */
export const keep = {
  read(key) {
    try { return localStorage.getItem(key); } catch { return null; }
  },
  write(key, value) {
    try { localStorage.setItem(key, value); } catch { /* nothing to do about it */ }
  },
  drop(key) {
    try { localStorage.removeItem(key); } catch { /* nothing to do about it */ }
  },
};

/** The same for this tab alone. */
export const tab = {
  read(key) {
    try { return sessionStorage.getItem(key); } catch { return null; }
  },
  write(key, value) {
    try { sessionStorage.setItem(key, value); } catch { /* nothing to do about it */ }
  },
  drop(key) {
    try { sessionStorage.removeItem(key); } catch { /* nothing to do about it */ }
  },
};
