// Runs before anything is drawn: colours and language as chosen before, else as the system has them.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => (root.dataset.theme = localStorage.getItem("theme") ?? (system.matches ? "dark" : "light"));
  apply();
  system.addEventListener("change", () => {
    apply();
    window.dispatchEvent(new Event("regulars-theme"));
  });
  root.lang = document.cookie.match(/(?:^|; )language=(en|zh)/)?.[1] ?? root.lang;
})();
