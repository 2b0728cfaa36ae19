// The verdict as it would become, anew after each answer. Without this file a button asks for it.
const PAUSE = 600; // milliseconds after the last key

for (const form of document.querySelectorAll("form[data-outlook]")) {
  let timer = 0;
  let running = null;
  const ask = async () => {
    running?.abort();
    running = new AbortController();
    const sent = new FormData(form);
    sent.set("actie", form.dataset.outlook);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(sent), signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [old, fresh] = [document.getElementById("oordeel"), page.getElementById("oordeel")];
      if (old && fresh && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...document.adoptNode(fresh).childNodes);
    } catch (error) {
      if (error.name !== "AbortError") running = null; // the button still works
    }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); };
  form.addEventListener("input", soon);
  // A row that was taken away has no event of its own.
  form.addEventListener("click", (event) => { if (event.target.closest("[data-remove-row]")) soon(); });
}
