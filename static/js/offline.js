// Search in a copy of the site that stands in a folder: finds and sorts in the list that is on the page.
"use strict";
(() => {
  const index = window.ZOEKINDEX;
  // Token, weight, token, weight: a map of the one to the other.
  const pairs = (numbers) => {
    const found = new Map();
    for (let at = 0; at < numbers.length; at += 2) found.set(numbers[at], numbers[at + 1] / 100);
    return found;
  };
  const list = document.getElementById("treffers");
  if (!index || !list) return;
  const form = document.getElementById("zoekformulier");
  const [count, status, chips] = ["aantal", "status", "gekozen"].map((id) => document.getElementById(id));
  const [more, nothing, sorting] = ["meer", "niets", "sorteer"].map((id) => document.getElementById(id));
  const entries = index.initiatieven.map((entry, place) => ({ ...entry, w: pairs(entry.w), card: list.children[place] }));
  const language = document.documentElement.lang;
  const PAGE = 20;
  let shown = PAGE;

  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, " ").trim();
  const boxes = (facet) => [...document.querySelectorAll(`input[type=checkbox][name="${facet}"]`)];

  // What the address asks and no box on the page can say, such as one organisation.
  const asked = new URLSearchParams(location.search);
  const extra = new Map();
  for (const facet of index.facetten) {
    for (const code of asked.getAll(facet)) {
      const box = boxes(facet).find((one) => one.value === code);
      if (box) box.checked = true;
      else extra.set(facet, [...(extra.get(facet) ?? []), code]);
    }
  }
  form.elements.q.value = asked.get("q") ?? "";
  for (const box of boxes("landelijk")) box.checked = asked.get("landelijk") === "ja";
  if ([...sorting.options].some((one) => one.value === asked.get("sorteer"))) sorting.value = asked.get("sorteer");

  const chosen = () =>
    new Map(index.facetten.map((facet) => [
      facet,
      [...boxes(facet).filter((box) => box.checked).map((box) => box.value), ...(extra.get(facet) ?? [])],
    ]));

  // Each spelling with what it looks for; the rarer a token is, the more it says.
  const families = new Map();
  for (const [words, token, others = [], parts = []] of index.woorden) {
    for (const word of words.split(" ")) families.set(word, { token, others, parts });
  }
  const silent = new Set(index.stil.split(" "));
  const counts = new Map();
  for (const { w } of entries) for (const token of w.keys()) counts.set(token, (counts.get(token) ?? 0) + 1);
  const rarity = (token) => Math.log(1 + (entries.length + 0.5) / ((counts.get(token) ?? 0) + 0.5));

  // The ways to meet a word: tokens that must all be there, and what that is worth.
  const ways = (word) => {
    const known = families.get(word);
    if (known) {
      const found = [[[known.token], 1], ...known.others.map(([token, weight]) => [[token], weight])];
      return known.parts.length ? [...found, [known.parts, index.samen]] : found;
    }
    const found = new Map();
    for (const [other, { token }] of families) {
      const weight = other.startsWith(word) ? 0.7 : word.length > 3 && other.includes(word) ? 0.3 : 0;
      if (weight) found.set(token, Math.max(weight, found.get(token) ?? 0));
    }
    return [...found].map(([token, weight]) => [[token], weight]);
  };
  const worth = (entry, ways) =>
    Math.max(0, ...ways.map(([tokens, weight]) =>
      tokens.every((token) => entry.w.has(token))
        ? weight * tokens.reduce((sum, token) => sum + entry.w.get(token) * rarity(token), 0)
        : 0));

  const matches = () => {
    const typed = [...new Set(fold(form.elements.q.value).split(" ").filter(Boolean))];
    if (!typed.length) return entries.map((entry) => ({ entry, score: 0 }));
    const telling = typed.filter((word) => word.length > 1 && !silent.has(word));
    const words = (telling.length ? telling : typed).map(ways);
    const scored = entries.map((entry) => {
      const each = words.map((one) => worth(entry, one));
      return { entry, met: each.filter(Boolean).length, score: each.reduce((sum, one) => sum + one, 0) };
    });
    const all = scored.filter((one) => one.met === words.length);
    return all.length ? all : scored.filter((one) => one.met && one.met * 2 >= words.length);
  };

  const holds = (entry, facet, codes) => {
    if (!codes.length || (entry.f[facet] ?? []).some((code) => codes.includes(code))) return true;
    return facet === "regio" && entry.n && boxes("landelijk").some((box) => box.checked);
  };
  const passes = (entry, choices, except) =>
    index.facetten.every((facet) => facet === except || holds(entry, facet, choices.get(facet)));

  const ORDERS = {
    bewijs: (one, other) => other.entry.s[0] - one.entry.s[0],
    nieuw: (one, other) => other.entry.s[1].localeCompare(one.entry.s[1]),
    bevestigd: (one, other) => other.entry.s[2].localeCompare(one.entry.s[2]),
  };

  const tally = (found, choices) => {
    for (const facet of index.facetten) {
      const numbers = new Map();
      for (const { entry } of found) {
        if (!passes(entry, choices, facet)) continue;
        for (const code of entry.f[facet] ?? []) numbers.set(code, (numbers.get(code) ?? 0) + 1);
      }
      for (const box of boxes(facet)) {
        const number = numbers.get(box.value) ?? 0;
        const [small, spoken] = [box.parentElement.querySelector("small"), box.parentElement.lastElementChild];
        small.textContent = number.toLocaleString(language);
        spoken.textContent = `, ${number.toLocaleString(language)}`;
        box.parentElement.classList.toggle("empty", !number && !box.checked);
      }
    }
  };

  const chip = (text, remove) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = text;
    button.setAttribute("aria-label", `${chips.dataset.remove}: ${text}`);
    button.addEventListener("click", () => { remove(); update(); count.focus(); });
    item.append(button);
    return item;
  };

  const showChips = (choices) => {
    const made = [...choices].flatMap(([facet, codes]) =>
      codes.map((code) => chip(index.namen[language]?.[facet]?.[code] ?? code, () => {
        for (const box of boxes(facet)) if (box.value === code) box.checked = false;
        extra.set(facet, (extra.get(facet) ?? []).filter((one) => one !== code));
      })));
    chips.replaceChildren(...made);
    chips.hidden = !made.length;
  };

  const update = () => {
    const choices = chosen();
    const found = matches();
    tally(found, choices);
    const results = found.filter(({ entry }) => passes(entry, choices));
    const order = ORDERS[sorting.value] ?? ((one, other) => other.score - one.score || ORDERS.bewijs(one, other));
    results.sort(order);
    list.replaceChildren(...results.slice(0, shown).map(({ entry }) => entry.card));
    const text = results.length === 1
      ? count.dataset.one : count.dataset.many.replace("#", results.length.toLocaleString(language));
    count.textContent = status.textContent = text;
    more.hidden = results.length <= shown;
    nothing.hidden = results.length > 0;
    showChips(choices);
  };

  const again = () => { shown = PAGE; update(); };
  form.addEventListener("submit", (event) => { event.preventDefault(); again(); count.focus(); });
  form.elements.q.addEventListener("input", again);
  document.addEventListener("change", (event) => { if (event.target.form === form) again(); });
  more.addEventListener("click", () => {
    const first = list.children.length;
    shown += PAGE;
    update();
    list.children[first]?.querySelector("a")?.focus();
  });
  update();
})();
