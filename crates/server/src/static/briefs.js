// While a brief is being written: asks for the page again and says how far it is. Without script
// the link "Look again" does the same.
(() => {
  const status = document.getElementById("status");
  const look = async () => {
    try {
      const response = await fetch("/briefs?still=true", { credentials: "same-origin" });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const said = page.getElementById("status");
      if (!said || !said.querySelector(".note")) {
        location.reload();
        return;
      }
      const [old, now] = [status.querySelector("strong"), said.querySelector("strong")];
      if (old && now && old.textContent !== now.textContent) old.textContent = now.textContent;
    } catch {
      // The server may be starting again: ask once more.
    }
    setTimeout(look, 3000);
  };
  setTimeout(look, 3000);
})();
