// Small helps for the staff side; every page also works without them.
(() => {
  "use strict";

  // Import results: ask for the rows again until every file has been dealt with.
  const results = document.querySelector("[data-desk-refresh]");
  const finished = () => results.querySelector("[data-desk-finished]")?.dataset.deskFinished === "1";
  const busy = () => results.contains(document.activeElement) && document.activeElement.matches("select, input");
  const refresh = async () => {
    if (finished()) return;
    if (!busy() && !document.hidden) {
      try {
        const response = await fetch(results.dataset.deskRefresh, { credentials: "same-origin" });
        if (response.ok && !response.redirected) results.innerHTML = await response.text();
      } catch { /* the network is away for a moment: try again */ }
    }
    setTimeout(refresh, 1500);
  };
  if (results) setTimeout(refresh, 1000);

  // A cell opens in the side panel instead of on a new page; on a phone the panel lies over the lower half.
  const panel = document.querySelector("[data-desk-panel]");
  const narrow = matchMedia("(max-width: 74.99rem)");
  let opener = null;
  const select = (id) => {
    document.querySelectorAll(".is-selected").forEach((e) => e.classList.remove("is-selected"));
    const cell = document.getElementById(`cell-${id}`);
    cell?.classList.add("is-selected");
    return cell;
  };
  const open = async (id) => {
    const how = panel.dataset.deskView ? `?view=${panel.dataset.deskView}` : "";
    const response = await fetch(`${panel.dataset.deskPanel}cells/${encodeURIComponent(id)}/${how}`, { credentials: "same-origin" });
    if (!response.ok || response.redirected) return false;
    panel.innerHTML = await response.text();
    panel.classList.add("is-open");
    select(id);
    (panel.querySelector("#correct-value") || panel.querySelector("[data-desk-close]")).focus({ preventScroll: true });
    panel.querySelector("#correct-value")?.select();
    return true;
  };
  const close = () => {
    panel.classList.remove("is-open");
    opener?.focus();
  };
  if (panel) {
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-desk-close]")) {
        if (opener) event.preventDefault();
        close();
        return;
      }
      const link = event.target.closest("[data-desk-cell]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      opener = link;
      const id = link.dataset.deskCell;
      if (link.classList.contains("desk-goto")) {
        const cell = document.getElementById(`cell-${id}`);
        cell?.scrollIntoView({ block: narrow.matches ? "start" : "center", inline: "center" });
        opener = cell?.querySelector("[data-desk-cell]") || link;
      }
      open(id).then((done) => { if (!done) location.href = link.href; }, () => { location.href = link.href; });
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && panel.contains(document.activeElement)) close();
    });
  }

  // Lists: j and k move, Enter opens. Whoever has switched single keys off in their account is left alone.
  const settings = JSON.parse(document.getElementById("wagtail-config")?.textContent || "{}");
  const rows = () => [...document.querySelectorAll("[data-desk-rows] tbody tr, li")].filter(
    (row) => row.closest("[data-desk-rows]") && row.querySelector("a"));
  if (settings.KEYBOARD_SHORTCUTS_ENABLED === false) {
    document.querySelectorAll(".desk-keys").forEach((hint) => hint.remove());
  } else {
    document.addEventListener("keydown", (event) => {
      if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { j: 1, k: -1 }[event.key];
      const all = step ? rows() : [];
      if (!all.length) return;
      const now = all.findIndex((row) => row.classList.contains("is-current"));
      const next = now < 0 ? 0 : Math.max(0, Math.min(now + step, all.length - 1));
      all.forEach((row, i) => row.classList.toggle("is-current", i === next));
      all[next].querySelector("a").focus();
      event.preventDefault();
    });
  }
})();
