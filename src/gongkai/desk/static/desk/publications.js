// Helps for the pages of publications; every page also works without them.
(() => {
  "use strict";
  document.documentElement.classList.add("desk-scripted");
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  $("[data-desk-focus]")?.focus();
  // The server has what was kept on this machine: the copy may go.
  const saved = document.cookie.match(/(?:^|; )desk_saved=([0-9]+)\.([0-9a-z]*)/);
  if (saved) {
    try {
      const kept = new RegExp(`^desk\\.[0-9]+\\.publication\\.(new|${saved[1]})\\.${saved[2]}$`);
      Object.keys(localStorage).filter((name) => kept.test(name)).forEach((name) => localStorage.removeItem(name));
    } catch { /* forbidden */ }
    document.cookie = "desk_saved=; max-age=0; path=/admin/";
  }

  // List: tick all, say how many, ask for the reason that some things need.
  const ticks = () => $$("input[name=id][form=batch]");
  const count = $("[data-desk-chosen]");
  const counted = () => { if (count) count.textContent = `${count.dataset.word} ${ticks().filter((t) => t.checked).length}`; };
  $("[data-desk-all]")?.addEventListener("change", (event) => { ticks().forEach((t) => { t.checked = event.target.checked; }); counted(); });
  ticks().forEach((t) => t.addEventListener("change", counted));
  $("#batch")?.addEventListener("submit", (event) => {
    const reason = $("#batch-reason");
    reason.required = event.submitter?.hasAttribute("data-desk-needs-reason") || false;
    if (!reason.reportValidity()) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "x" || event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const tick = $("[data-desk-rows] tr.is-current input[name=id]");
    if (tick) { tick.checked = !tick.checked; counted(); }
  });

  // A hit of the scan: show the passage in the text of the page (the editor has its own way).
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-desk-hit]");
    if (!link || $("[data-desk-editor]")) return;
    const mark = document.getElementById(link.hash.slice(1));
    if (!mark) return;
    event.preventDefault();
    $$(".desk-hit.is-shown").forEach((m) => m.classList.remove("is-shown"));
    mark.classList.add("is-shown");
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  });

  // The review form by keyboard.
  const review = $("[data-desk-review]");
  const form = $("[data-desk-reviewform]");
  if (review && form) {
    const shade = () => $$(".desk-question", form).forEach((q) => q.classList.toggle("is-yes", $("input[value=yes]", q).checked));
    const allNo = () => { $$(".desk-question", form).forEach((q) => { if (!$("input:checked", q)) $("input[value=no]", q).checked = true; }); shade(); };
    $("[data-desk-allno]", form)?.addEventListener("click", allNo);
    form.addEventListener("change", (event) => {
      shade();
      const question = event.target.closest(".desk-question");
      if (question && event.target.value === "yes") {
        const grounds = question.dataset.grounds.split(",");
        if (grounds.length === 1) { const box = $(`input[name=grounds][value="${grounds[0]}"]`, form); if (box) box.checked = true; }
      }
    });
    shade();
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); form.requestSubmit(); return; }
      if (event.target.matches("input:not([type=radio]):not([type=checkbox]), select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
      const choice = $(`input[data-key="${event.key}"]`, form);
      if (choice) { choice.checked = true; choice.focus(); event.preventDefault(); }
      else if (event.key === "0") { allNo(); event.preventDefault(); }
      else if (event.key === "[" && review.dataset.previous) location.href = review.dataset.previous;
      else if (event.key === "]" && review.dataset.next) location.href = review.dataset.next;
    });
  }

  // Print, and copy what goes to other channels.
  $("[data-desk-print]")?.addEventListener("click", () => window.print());
  const copied = (button, done) => { const say = button.parentElement.querySelector("[data-desk-copied]"); if (say) say.textContent = done ? "✓" : "✕"; };
  $$("[data-desk-copy]").forEach((button) => button.addEventListener("click", async () => {
    const field = $(button.dataset.deskCopy);
    try { await navigator.clipboard.writeText(field.value); copied(button, true); }
    catch { field.select(); copied(button, document.execCommand("copy")); }
  }));
  $$("[data-desk-copy-html]").forEach((button) => button.addEventListener("click", async () => {
    const box = $(button.dataset.deskCopyHtml);
    try {
      await navigator.clipboard.write([new ClipboardItem({
        "text/html": new Blob([box.innerHTML], { type: "text/html" }),
        "text/plain": new Blob([box.innerText], { type: "text/plain" }),
      })]);
      copied(button, true);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(box);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      copied(button, document.execCommand("copy"));
    }
  }));
})();
