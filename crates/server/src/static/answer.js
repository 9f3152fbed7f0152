// What makes answering easier where scripts run: a draft that stays on this device until it is sent,
// a count of letters, the focus on the question. The page works without.
(() => {
  "use strict";
  const store = (act) => { try { return act(window.localStorage); } catch { return null; } };
  const form = document.querySelector("form.ask");
  const path = location.pathname;
  const DAY = 86400000;
  // A draft that was never sent goes after a month: devices are shared, and links don't last.
  store((kept) => Object.keys(kept).filter((key) => key.startsWith("/a/")).forEach((key) => {
    const draft = JSON.parse(kept.getItem(key) || "null");
    if (!draft || !(Date.now() - draft.at < 30 * DAY)) kept.removeItem(key);
  }));

  if (document.querySelector("[data-sent]")) store((kept) => kept.removeItem(path));

  if (form) {
    const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden");
    const value = (field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value);
    const name = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);
    // What was chosen between two ideas is no draft: the next time others may stand there.
    const drafts = "draft" in form.dataset;
    const draft = drafts && store((kept) => JSON.parse(kept.getItem(path) || "null")?.fields);
    const untouched = fields().every((field) => value(field) === (field.type === "radio" || field.type === "checkbox" ? field.defaultChecked : field.defaultValue));
    const fresh = !document.getElementById("wrong");
    if (draft && untouched && fresh) {
      for (const field of fields()) {
        const was = draft[name(field)];
        if (typeof was === "boolean") field.checked = was;
        else if (typeof was === "string") field.value = was;
      }
    }
    const keep = () => store((kept) => kept.setItem(path, JSON.stringify({ at: Date.now(), fields: Object.fromEntries(fields().map((field) => [name(field), value(field)])) })));
    const note = document.querySelector("[data-draft-note]");
    const tell = () => { if (note) note.hidden = false; };
    if (drafts) form.addEventListener("input", () => { keep(); tell(); });
    if (draft) tell();
    // A second press while the first is on its way sends nothing more.
    form.addEventListener("submit", (event) => {
      if (form.dataset.sending) event.preventDefault();
      form.dataset.sending = "yes";
    });
    window.addEventListener("pageshow", () => {
      delete form.dataset.sending;
      // Whoever goes back after sending, perhaps on a device that others use, finds nothing.
      if (drafts && fresh && !store((kept) => kept.getItem(path))) form.reset();
    });
    window.addEventListener("hashchange", () => {
      const screen = location.hash ? document.querySelector(location.hash) : document.getElementById("s1");
      if (screen) { screen.focus({ preventScroll: true }); window.scrollTo(0, 0); }
    });
  }

  for (const box of document.querySelectorAll("textarea[data-most]")) {
    const said = document.createElement("p");
    said.className = "count";
    said.setAttribute("aria-live", "polite");
    box.after(said);
    const count = () => {
      const left = Number(box.dataset.most) - [...box.value.trim()].length;
      said.textContent = left > 200 ? "" : `${left < 0 ? box.dataset.over : box.dataset.left} ${Math.abs(left)}`;
      said.classList.toggle("over", left < 0);
    };
    box.addEventListener("input", count);
    count();
  }
})();
