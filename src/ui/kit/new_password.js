{
  const field = document.querySelector("[data-rated]"), meter = document.querySelector(".strength");
  let waiting = 0, asked = 0;
  if (field && meter) field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const turn = ++asked;
      if (!field.value) { meter.hidden = true; return; }
      const own = [...document.querySelectorAll("[data-own]")].map(it => it.value).join(" ");
      try {
        const answer = await fetch("/fn/sundown/server_fns/account/rate_password", {
          method: "POST", headers: {"content-type": "application/json"},
          body: JSON.stringify({password: field.value, own})
        });
        const {score, words} = await answer.json();
        if (turn !== asked) return;
        meter.hidden = false;
        meter.querySelector("meter").value = score + 1;
        meter.dataset.score = score;
        meter.querySelector("span").textContent = words;
      } catch {}
    }, 200);
  });
  for (const button of document.querySelectorAll("[data-shows]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const it = document.getElementById(button.dataset.shows), isShown = it.type === "text";
      it.type = isShown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!isShown));
    });
  }
}
