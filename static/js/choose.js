// Type-ahead in the form of an initiative. Without this file there are text boxes, ticked boxes and lists.
// A field says with data-list what is chosen from; the form says with data-choose where to ask.
import { combobox } from "./combobox.js";

const form = document.querySelector("form[data-choose]");
const words = form?.dataset ?? {};

const changed = (field) => {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

const address = (list, typed) => `${words.choose}?${new URLSearchParams({ lijst: list, q: typed })}`;

const labelOf = (field) => (field.labels?.[0] ?? field.querySelector("legend"))?.textContent.trim() ?? "";

// A text box in which other words may stand too: the list helps, and what is typed counts.
const help = (box) => {
  box.removeAttribute("list");
  const { list } = box.dataset;
  const ask = () => (box.value.trim() ? address(list, box.value) : "");
  const pick = (option) => {
    box.value = option.dataset.value;
    // Without the list opening once more for what was just chosen.
    changed(box);
    asked.forget();
  };
  const asked = combobox(box, { label: labelOf(box), ask, pick });
};

// A long row of boxes to tick: one types what one looks for, and only what is ticked stays in sight.
const shorten = (group) => {
  const choices = [...group.querySelectorAll("label.choice")];
  const ticked = (choice) => choice.querySelector("input").checked;
  const box = document.createElement("input");
  const label = document.createElement("label");
  const holder = document.createElement("div");
  const all = document.createElement("button");
  box.className = "medium";
  box.autocomplete = "off";
  box.id = `${group.id}-zoek`;
  label.htmlFor = box.id;
  const whose = document.createElement("span");
  whose.className = "visually-hidden";
  whose.textContent = `${labelOf(group)}: `;
  label.className = "hint";
  label.append(whose, words.chooseSearch);
  all.type = "button";
  all.className = "button-link";
  all.append(whose.cloneNode(true), words.chooseAll);
  all.setAttribute("aria-expanded", "false");
  all.setAttribute("aria-controls", `${group.id}-keuzes`);
  holder.className = "field choose";
  holder.append(label, box);
  const boxes = choices[0].parentElement;
  boxes.id = `${group.id}-keuzes`;
  boxes.classList.add("chosen");
  boxes.before(holder);
  boxes.after(all);

  const look = (open) => {
    all.setAttribute("aria-expanded", String(open));
    boxes.classList.toggle("chosen", !open);
    for (const choice of choices) choice.hidden = !open && !ticked(choice);
  };
  look(false);
  all.addEventListener("click", () => look(all.getAttribute("aria-expanded") === "false"));

  const byValue = (value) => choices.find((choice) => choice.querySelector("input").value === value);
  const pick = (option) => {
    const choice = byValue(option.dataset.value);
    choice.hidden = false;
    choice.querySelector("input").checked = true;
    changed(choice.querySelector("input"));
    box.value = "";
    asked.forget();
    asked.say(`${option.dataset.text}: ${words.chooseDone}`);
  };
  const keep = (option) => { const choice = byValue(option.dataset.value); return choice && !ticked(choice); };
  const asked = combobox(box, {
    label: labelOf(group), pick, keep, first: true, whole: true,
    ask: () => address(group.dataset.list, box.value),
  });
};

// A list to pull down becomes a box to type in; the list stays behind it and is what is sent.
const open = (select) => {
  const box = document.createElement("input");
  const chosen = () => (select.value ? select.selectedOptions[0].textContent : "");
  const choose = (value, text) => {
    select.value = value;
    box.value = text;
    changed(select);
  };
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) box.setAttribute(name, select.getAttribute(name));
  }
  const label = labelOf(select);
  box.id = select.id;
  box.autocomplete = "off";
  box.value = chosen();
  select.id += "-lijst";
  select.hidden = true;
  select.after(box);
  const pick = (option) => { choose(option.dataset.value, option.dataset.text); asked.forget(); };
  // Words that are not in the list choose nothing; an empty box takes the choice away.
  const leave = () => {
    const typed = box.value.trim().toLowerCase();
    const same = [...select.options].find((option) => option.value && option.textContent.trim().toLowerCase() === typed);
    if (box.value.trim() === chosen()) return;
    if (!typed || same) choose(same?.value ?? "", same?.textContent ?? "");
    else box.value = chosen();
  };
  const asked = combobox(box, {
    label, pick, leave, first: true, whole: true,
    // What stands there already is no question.
    ask: () => address(select.dataset.list, box.value === chosen() ? "" : box.value),
  });
};

const enhance = (part) => {
  for (const field of part.querySelectorAll("[data-list]:not([data-chosen])")) {
    field.dataset.chosen = "";
    if (field.matches("fieldset")) shorten(field);
    else if (field.matches("select")) open(field);
    else help(field);
  }
};

if (form) {
  enhance(form);
  // Rows that come in later.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.matches?.("[data-row]")) enhance(node);
    }
  }).observe(form, { childList: true, subtree: true });
}
