// Hides the examples that do not contain what is typed. Without it everything is there to read.
const form = document.getElementById("finding");
const field = document.getElementById("find");
const found = document.getElementById("found");
form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", () => {
  const wanted = field.value.toLowerCase();
  const cases = [...document.querySelectorAll(".case")];
  for (const one of cases) one.hidden = !one.textContent.toLowerCase().includes(wanted);
  const shown = cases.filter((one) => !one.hidden).length;
  found.textContent = wanted ? found.dataset.words.replace("#", shown) : "";
});
