{
  const root = document.documentElement, key = "sundown-theme";
  const all = (what, among = document) => [...among.querySelectorAll(what)];

  // Day, dusk, or as the system has it.
  const shown = () => {
    let kept = null;
    try { kept = localStorage.getItem(key); } catch {}
    for (const it of all("[data-chooses]")) it.setAttribute("aria-pressed", String(it.dataset.chooses === (kept ?? "system")));
  };
  for (const it of all("[data-chooses]")) it.addEventListener("click", () => {
    const word = it.dataset.chooses, isSystem = word === "system";
    try { isSystem ? localStorage.removeItem(key) : localStorage.setItem(key, word); } catch {}
    if (isSystem) delete root.dataset.theme;
    else root.dataset.theme = word;
    shown();
  });
  shown();

  // Where the browser doesn't let it, the text can still be marked and copied by hand.
  for (const it of all("[data-copies]")) it.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(document.getElementById(it.dataset.copies).value); } catch {}
    it.textContent = "Copied";
  });

  // What a form would do: its draft is its own address, of which only the preview and the faults are
  // put in place, so that what is being typed stays.
  for (const form of all("form[data-previews]")) {
    let waiting = 0, asked = 0;
    const put = (page) => {
      const from = page.getElementById("preview"), to = document.getElementById("preview");
      if (!from || !to) return;
      const open = all("details", to).map(it => it.open);
      to.replaceChildren(...from.childNodes);
      all("details", to).forEach((it, at) => { it.open = open[at] ?? it.open; });
      for (const it of all(".field-fault", form)) it.textContent = page.getElementById(it.id)?.textContent ?? "";
      for (const it of form.elements) {
        const isWrong = it.id && page.getElementById(it.id)?.hasAttribute("aria-invalid");
        isWrong ? it.setAttribute("aria-invalid", "true") : it.removeAttribute("aria-invalid");
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const turn = ++asked;
        try {
          const query = new URLSearchParams(new FormData(form));
          const answer = await fetch(`${form.getAttribute("action")}?${query}`);
          const text = await answer.text();
          if (turn === asked && answer.ok) put(new DOMParser().parseFromString(text, "text/html"));
        } catch {}
      }, 250);
    });
  }
  root.dataset.hydrated = "";
}
