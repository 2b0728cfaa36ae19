// Suggestions under the search box: a combobox with a list (ARIA 1.2). Without this file the box is a plain form.
// The server makes the list; this only asks for it, moves through it and says how long it is.
const DELAY = 120; // milliseconds after the last key
const SHORTEST = 2;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const box = form.elements.q;
  const list = document.createElement("div");
  const status = document.createElement("p");
  let running = null;
  let timer = 0;
  let options = [];
  let at = -1;

  list.id = `${box.id}-suggesties`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");
  box.parentElement.append(list);
  form.append(status);

  const choose = (number) => {
    options[at]?.setAttribute("aria-selected", "false");
    at = number;
    const option = options[at];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };

  const open = (yes) => {
    choose(-1);
    list.hidden = !(yes && options.length);
    box.setAttribute("aria-expanded", String(!list.hidden));
  };

  const close = () => {
    clearTimeout(timer);
    running?.abort();
    open(false);
  };

  const ask = async () => {
    running?.abort();
    running = new AbortController();
    const words = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    try {
      const answer = await fetch(`${form.dataset.suggest}?${words}`, { signal: running.signal });
      if (!answer.ok) return close();
      list.innerHTML = await answer.text();
      options = [...list.querySelectorAll("[role=option]")];
      status.textContent = list.querySelector("[data-said]")?.textContent ?? "";
      open(document.activeElement === box);
    } catch (error) {
      if (error.name !== "AbortError") close(); // the form still works
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (box.value.trim().length >= SHORTEST) timer = setTimeout(ask, DELAY);
    else { options = []; close(); status.textContent = ""; }
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const down = event.key === "ArrowDown";
    if ((down || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      if (list.hidden) open(true);
      // The box itself is one of the stops, between the last option and the first.
      const stops = options.length + 1;
      choose(((at + 1 + (down ? 1 : stops - 1)) % stops) - 1);
    } else if (event.key === "Enter" && !list.hidden && options[at]) {
      event.preventDefault();
      options[at].click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });

  // A click must not take the focus out of the box first: that would close the list under it.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
}
