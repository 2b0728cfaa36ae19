// A text box with a list under it (combobox with a listbox, ARIA 1.2): asking, moving, choosing, closing.
// The server makes the list; `ask` gives its address, or nothing when there is nothing to ask yet.
let made = 0;

const listFor = (box, label, holder) => {
  const list = document.createElement("div");
  list.id = `lijst-${made += 1}`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  holder.append(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");
  return list;
};

const statusIn = (holder) => {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  holder.append(status);
  return status;
};

// `pick` gets what was chosen, `leave` is called when somebody goes on without choosing.
// `keep` says which options stay; `first` makes Enter choose the first one when none was pointed at.
export const combobox = (box, { label, ask, pick, delay = 120, keep = () => true, first = false, whole = false, leave = () => {} }) => {
  const list = listFor(box, label, box.parentElement);
  const status = statusIn(box.form ?? box.parentElement);
  let running = null;
  let timer = 0;
  let options = [];
  let at = -1;
  // Whether the list of what was typed is still under way, and Enter was pressed before it came.
  let pending = false;
  let hurried = false;

  const point = (number) => {
    options[at]?.setAttribute("aria-selected", "false");
    at = number;
    const option = options[at];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };

  const open = (yes) => {
    point(-1);
    list.hidden = !(yes && options.length);
    box.setAttribute("aria-expanded", String(!list.hidden));
  };

  const close = () => {
    pending = hurried = false;
    clearTimeout(timer);
    running?.abort();
    open(false);
  };

  const forget = () => { options = []; close(); status.textContent = ""; };

  const show = (html) => {
    list.innerHTML = html;
    for (const option of list.querySelectorAll("[role=option]")) if (!keep(option)) option.remove();
    options = [...list.querySelectorAll("[role=option]")];
    options.forEach((option, number) => { option.id = `${list.id}-${number}`; });
    status.textContent = list.querySelector("[data-said]")?.textContent ?? "";
    const choosing = hurried && options.length > 0;
    pending = hurried = false;
    const isHere = document.activeElement === box;
    if (choosing) return chosen(options[0]);
    open(isHere);
    if (!isHere) leave();
  };

  const fill = async () => {
    const address = ask();
    if (!address) return forget();
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(address, { signal: running.signal });
      if (!answer.ok || answer.redirected) return close();
      show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") close(); // the form still works
    }
  };

  const chosen = (option) => {
    close();
    pick(option);
  };

  const move = (down) => {
    if (list.hidden) open(true);
    // The box itself is one of the stops, between the last option and the first.
    const stops = options.length + 1;
    point(((at + 1 + (down ? 1 : stops - 1)) % stops) - 1);
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    hurried = false;
    pending = Boolean(ask());
    if (pending) timer = setTimeout(fill, delay);
    else forget();
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const down = event.key === "ArrowDown";
    if (down || event.key === "ArrowUp") {
      if (options.length) { event.preventDefault(); move(down); }
      else if (whole) { event.preventDefault(); fill(); }
    } else if (event.key === "Enter" && !list.hidden && options[at]) {
      event.preventDefault();
      chosen(options[at]);
    } else if (event.key === "Enter" && first) {
      event.preventDefault();
      // The list that stands there may still be that of fewer letters.
      if (pending) hurried = true;
      else if (!list.hidden) chosen(options[0]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });

  // A click must not take the focus out of the box first: that would close the list under it.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]:not(a)");
    if (option) chosen(option);
  });
  // Whoever presses Enter and goes on before the list came still gets the choice.
  box.addEventListener("blur", () => { if (hurried) return; close(); leave(); });
  box.form?.addEventListener("submit", close);
  return { forget, say: (words) => { status.textContent = words; } };
};
