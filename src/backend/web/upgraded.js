{
  // A page says with each call by which version it was made; when that isn't the one that runs any
  // more, it offers to load itself again. What is being written stays until then.
  const ask = window.fetch;
  const build = document.documentElement.dataset.build;
  let told = false;
  const tell = () => {
    if (told) return;
    told = true;
    const bar = document.createElement("div");
    bar.className = "upgraded";
    bar.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = "Sundown was upgraded. Load the page again to go on.";
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button";
    again.dataset.primary = "";
    again.textContent = "Load again";
    again.onclick = () => location.reload();
    bar.append(words, again);
    document.body.append(bar);
  };
  window.fetch = async (...asked) => {
    const request = new Request(...asked);
    const path = new URL(request.url).pathname;
    if (path.startsWith("/fn/")) request.headers.set("x-sundown-build", build);
    const answer = await ask(request);
    const isOld = answer.status === 409 && answer.headers.has("x-sundown-build");
    if (isOld || (answer.status === 404 && path.startsWith("/pkg/"))) tell();
    return answer;
  };
}
