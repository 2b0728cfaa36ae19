// Suggestions under the search box. Without this file the box is a plain form.
import { combobox } from "./combobox.js";

const SHORTEST = 2;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const box = form.elements.q;
  const ask = () => {
    if (box.value.trim().length < SHORTEST) return "";
    const words = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    return `${form.dataset.suggest}?${words}`;
  };
  // The options are links.
  combobox(box, { label: form.dataset.suggestLabel, ask, pick: (option) => option.click() });
}
