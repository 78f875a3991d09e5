{
  const ask = window.fetch;
  let dialog = null;
  const isIn = async () => (await ask("/signed-in", {redirect: "manual"})).ok;
  const show = () => {
    if (dialog) return;
    dialog = document.createElement("dialog");
    dialog.className = "again";
    dialog.setAttribute("aria-labelledby", "again");
    const put = (kind, words, of = {}) => {
      const it = Object.assign(document.createElement(kind), of);
      it.textContent = words;
      dialog.append(it);
      return it;
    };
    put("h2", "You are signed out", {id: "again"});
    put("p", "Sign in again in another tab and come back: this page stays as it is.");
    put("a", "Sign in again", {href: "/sign-in?next=/signed-in", target: "_blank", className: "button"}).dataset.primary = "";
    put("button", "Not now", {type: "button", className: "button quiet"}).onclick = () => dialog.close();
    dialog.addEventListener("close", () => { dialog.remove(); setTimeout(() => dialog = null, 60000); });
    document.body.append(dialog);
    dialog.showModal();
  };
  addEventListener("focus", async () => { if (dialog?.open && await isIn()) { dialog.close(); dialog = null; } });
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (answer.status === 401 && new URL(answer.url).pathname.startsWith("/fn/")) show();
    return answer;
  };
}
