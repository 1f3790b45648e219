// Runs before the first paint: follows the system's light or dark when the person asked for that.
(function () {
  const root = document.documentElement;
  if (root.dataset.theme !== "auto") return;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.setAttribute("data-bs-theme", system.matches ? "dark" : "light");
  follow();
  system.addEventListener("change", follow);
})();
