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

  // A cell opens in the side panel instead of on a new page.
  const panel = document.querySelector("[data-desk-panel]");
  const select = (id) => {
    document.querySelectorAll(".is-selected").forEach((e) => e.classList.remove("is-selected"));
    document.getElementById(`cell-${id}`)?.classList.add("is-selected");
  };
  const open = async (id) => {
    const list = new URLSearchParams(location.search).get("view") === "list" ? "?view=list" : "";
    const response = await fetch(`${panel.dataset.deskPanel}cells/${encodeURIComponent(id)}/${list}`, { credentials: "same-origin" });
    if (!response.ok || response.redirected) return false;
    panel.innerHTML = await response.text();
    select(id);
    panel.scrollIntoView({ block: "nearest" });
    panel.querySelector("#correct-value")?.select();
    return true;
  };
  if (panel) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-desk-cell]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const id = link.dataset.deskCell;
      if (link.classList.contains("desk-goto")) document.getElementById(`cell-${id}`)?.scrollIntoView({ block: "center" });
      open(id).then((done) => { if (!done) location.href = link.href; }, () => { location.href = link.href; });
    });
  }

  // Lists: j and k move, Enter opens.
  const table = document.querySelector("[data-desk-rows]");
  let at = -1;
  if (table) {
    document.addEventListener("keydown", (event) => {
      if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
      const rows = [...table.tBodies[0].rows];
      if (event.key === "j") at = Math.min(at + 1, rows.length - 1);
      else if (event.key === "k") at = Math.max(at - 1, 0);
      else return;
      rows.forEach((row, i) => row.classList.toggle("is-current", i === at));
      rows[at].querySelector("a")?.focus();
      event.preventDefault();
    });
  }
})();
