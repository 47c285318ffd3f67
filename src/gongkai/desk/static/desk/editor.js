// The editor around the text: saving by itself, files, related documents, suggestions, the panel of the scan.
(() => {
  "use strict";
  const form = document.querySelector("[data-desk-editor]");
  if (!form) return;
  const words = JSON.parse(document.getElementById("desk-editor-words")?.textContent || "{}");
  const $ = (selector, root = form) => root.querySelector(selector);
  const $$ = (selector, root = form) => [...root.querySelectorAll(selector)];
  const say = $("[data-desk-saved]");
  const trouble = document.querySelector("[data-desk-trouble]");
  const token = () => $("[name=csrfmiddlewaretoken]").value;
  // Marks this window, to the server and among the copies: the same person may write in two at once.
  const here = [...crypto.getRandomValues(new Uint32Array(3))].map((n) => n.toString(36)).join("");
  $("[name=window]").value = here;
  // Several people may write on one machine: each finds only what they wrote themselves.
  const place = () => `desk.${form.dataset.person}.publication.${form.dataset.publication || "new"}.`;
  const key = () => place() + here;
  const post = (url, body) => fetch(url, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": token() } });
  const complain = (message, link) => {
    trouble.hidden = !message;
    trouble.textContent = message || "";
    if (link) { const a = document.createElement("a"); a.href = link; a.target = "_blank"; a.textContent = words.signIn; trouble.append(" ", a); }
  };
  // Another window saved something else: both texts go side by side to a page of their own.
  const disagree = (message) => {
    complain(message);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = words.compare;
    button.addEventListener("click", () => { window.deskText?.save(); keep(); dirty = false; form.submit(); });
    trouble.append(" ", button);
    trouble.scrollIntoView({ block: "center" });
  };

  // ---- a copy on this machine, so that no word is lost when the session or the network ends
  const snapshot = () => {
    window.deskText?.save();
    const data = {};
    for (const [name, value] of new FormData(form)) {
      if (value instanceof File || name === "csrfmiddlewaretoken") continue;
      (data[name] ||= []).push(value);
    }
    return data;
  };
  const keep = () => { try { localStorage.setItem(key(), JSON.stringify({ at: Date.now(), data: snapshot() })); } catch { /* full or forbidden */ } };
  const forget = (name = key()) => { try { localStorage.removeItem(name); } catch { /* forbidden */ } };
  const restore = (data) => {
    for (const field of form.elements) {
      if (!field.name || field.type === "file" || ["csrfmiddlewaretoken", "based_on", "window", "agency"].includes(field.name) || /^(file|relation)_/.test(field.name)) continue;
      const values = data[field.name] || [];
      if (field.type === "checkbox") field.checked = values.includes(field.value);
      else if (field.multiple) [...field.options].forEach((o) => { o.selected = values.includes(o.value); });
      else if (field.type !== "submit" && field.type !== "button" && field.name in data) field.value = values[0];
    }
    if (data.body) window.deskText?.set(data.body[0]);
    // What was saved meanwhile from elsewhere is not overwritten unseen.
    if (data.based_on?.[0]) $("[name=based_on]").value = data.based_on[0];
    changed();
  };
  const copies = () => {
    const found = [];
    try {
      for (const name of Object.keys(localStorage)) {
        const copy = name.startsWith(place()) && name !== key() ? JSON.parse(localStorage.getItem(name)) : null;
        if (copy?.data) found.push({ name, ...copy });
      }
    } catch { /* forbidden or broken */ }
    return found.sort((a, b) => b.at - a.at);
  };
  const offered = document.querySelector("[data-desk-restore]");
  const offerCopy = () => {
    const [copy] = copies();
    offered.hidden = !copy;
    if (!copy) return;
    offered.querySelector("p").textContent = words.restore.replace("{at}", new Date(copy.at).toLocaleString());
    offered.querySelector("[data-desk-restore-yes]").onclick = () => { restore(copy.data); keep(); forget(copy.name); offerCopy(); };
    offered.querySelector("[data-desk-restore-no]").onclick = () => { forget(copy.name); offerCopy(); };
  };
  if (offered && !document.querySelector("[data-desk-focus]")) offerCopy();

  // ---- saving
  let dirty = false, saving = null, stopped = false, signedOut = false, keeping = 0;
  const showErrors = (errors) => {
    $$("[data-error]").forEach((line) => {
      const lines = errors[line.dataset.error] || [];
      line.hidden = !lines.length;
      line.textContent = lines.join(" ");
      line.closest("[data-field]")?.classList.toggle("has-error", lines.length > 0);
    });
    if (errors[""]) complain(errors[""].join(" "));
  };
  const send = async () => {
    window.deskText?.save();
    const body = new FormData(form);
    body.delete("files");
    body.delete("word");
    const first = !form.dataset.publication;
    const before = key();
    const url = first ? form.dataset.new : `/admin/publications/${form.dataset.publication}/edit/`;
    const response = await post(url, body);
    if (response.redirected || response.status === 401 || !(response.headers.get("content-type") || "").includes("json")) {
      keep();
      signedOut = true;
      complain(words.signedOut, form.dataset.login);
      return;
    }
    const answer = await response.json();
    if (answer.conflict) { keep(); stopped = true; disagree(answer.message); return; }
    showErrors(answer.errors || {});
    if (!response.ok) { keep(); say.textContent = words.notSaved; return; }
    complain("");
    $("[name=based_on]").value = answer.revision;
    if (first) {
      form.dataset.publication = answer.id;
      form.action = answer.edit;
      history.replaceState(null, "", answer.edit);
      forget(before);
    }
    say.textContent = Object.keys(answer.errors || {}).length ? `${answer.saved} · ${words.partly}` : answer.saved;
    if (answer.scan) showScan(answer.scan);
    if (answer.sums && !dirty) { window.deskText?.sums(answer.sums.html); $("[data-desk-notes]").textContent = answer.sums.problems.join(" "); }
    if (!dirty) forget();
  };
  const save = () => {
    if (saving) return saving.then(() => (dirty ? save() : undefined));
    if (!dirty || stopped || signedOut) return Promise.resolve();
    dirty = false;
    saving = send().catch(() => { dirty = true; keep(); say.textContent = words.offline; }).finally(() => { saving = null; });
    return saving;
  };
  const changed = () => {
    dirty = true;
    say.textContent = words.unsaved;
    clearTimeout(keeping);
    keeping = setTimeout(() => { if (dirty) keep(); }, 800);
  };
  const ensureDraft = async () => {
    if (form.dataset.publication) return;
    dirty = true;
    await save();
    if (!form.dataset.publication) throw new Error("no draft");
  };
  const ready = () => $("#id_title").value.trim() || form.dataset.publication;
  window.deskEditor = { changed, ensureDraft, blurred: () => { if (ready()) save(); suggestSoon(); } };
  form.addEventListener("input", (event) => { if (!event.target.closest("[data-desk-scan-form]")) changed(); });
  form.addEventListener("change", (event) => { if (!event.target.closest("[data-desk-scan-form]") && event.target.type !== "file") changed(); });
  // Enter in a line saves; it sends nothing anywhere.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || !event.target.matches("input:not([type=submit], [type=file], [type=checkbox])")) return;
    event.preventDefault();
    if (ready()) save();
  });
  form.addEventListener("focusout", (event) => { if (dirty && ready() && event.target.matches("input, textarea, select")) save(); });
  setInterval(() => { if (dirty && ready()) save(); }, Number(form.dataset.saveSeconds) * 1000);
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) keep(); });
  addEventListener("beforeunload", (event) => { if (dirty) { keep(); event.preventDefault(); } });
  form.addEventListener("submit", () => { window.deskText?.save(); dirty = false; keep(); });
  // Back from signing in again in another tab: take its token and go on where the writing stopped.
  addEventListener("focus", async () => {
    if (!signedOut) return;
    const page = await fetch(form.dataset.publication ? `/admin/publications/${form.dataset.publication}/edit/` : form.dataset.new, { credentials: "same-origin" }).catch(() => null);
    if (!page?.ok || page.redirected) return;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-desk-editor] [name=csrfmiddlewaretoken]");
    if (!fresh) return;
    $$("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh.value; });
    signedOut = false;
    complain("");
    dirty = true;
    save();
  });

  // ---- the panel of the scan
  const panel = document.querySelector("[data-desk-scanpanel]");
  const showScan = (html) => { panel.innerHTML = html; untangle(); };
  // A form cannot stand in a form: its buttons are answered here.
  const untangle = () => $$("[data-desk-scan]", panel).forEach((button) => { button.type = "button"; });
  untangle();
  panel.addEventListener("click", async (event) => {
    const hit = event.target.closest("[data-desk-hit]");
    if (hit) {
      event.preventDefault();
      const field = { title: "#id_title", summary: "#id_summary", claim: "#id_claim", correction_note: "#id_correction_note" }[hit.dataset.where];
      if (field) { $(field)?.closest("details")?.setAttribute("open", ""); $(field)?.focus(); }
      else if (hit.dataset.where.startsWith("file")) $("[data-desk-files]").scrollIntoView({ block: "center" });
      else if (!window.deskText?.show(hit.dataset.words, Number(hit.dataset.nth))) $("#id_body").scrollIntoView({ block: "center" });
      return;
    }
    const button = event.target.closest("[data-desk-scan]");
    if (!button || panel.ariaBusy === "true") return;
    panel.ariaBusy = "true";
    try { await act(button); } finally { panel.ariaBusy = "false"; }
  });
  const act = async (button) => {
    const chosen = $$("input[name=fingerprint]:checked", panel);
    const body = new FormData();
    chosen.forEach((box) => body.append("fingerprint", box.value));
    body.set("reason", panel.querySelector("#override-reason")?.value || "");
    dirty = true;
    await save();
    if (stopped || signedOut) return;
    const response = await post(`/admin/publications/${form.dataset.publication}/${button.dataset.deskScan}/`, body);
    if (response.redirected) { complain(words.signedOut, form.dataset.login); return; }
    const answer = await response.json();
    complain(response.ok ? "" : answer.message);
    if (answer.scan) showScan(answer.scan);
    if (response.ok && button.dataset.deskScan === "redact") { dirty = false; forget(); location.reload(); }
  };

  // ---- a Word file
  $("[data-desk-word]")?.addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    const body = new FormData();
    body.append("word", file);
    body.set("agency", $("[name=agency]")?.value || "");
    say.textContent = words.reading;
    const id = form.dataset.publication;
    if (id) await save();
    if (stopped || signedOut) { event.target.value = ""; return; }
    const response = await post(id ? `/admin/publications/${id}/word/` : `${form.dataset.new}word/`, body).catch(() => null);
    const answer = response && !response.redirected ? await response.json().catch(() => ({})) : {};
    event.target.value = "";
    if (answer.edit) { dirty = false; forget(); location.href = answer.edit; } else { say.textContent = ""; complain(answer.message || words.uploadFailed); }
  });

  // ---- files
  const list = $("[data-desk-files]");
  const row = (file) => {
    const item = document.createElement("li");
    item.className = "desk-filerow";
    item.draggable = true;
    item.innerHTML = `<span class="desk-grip" aria-hidden="true">⠿</span><input type="hidden" name="file_id"><input type="text" name="file_title" maxlength="255"><a class="desk-hint"></a><button type="button" class="desk-small" data-move="-1">↑</button><button type="button" class="desk-small" data-move="1">↓</button><button type="button" class="desk-small" data-remove>✕</button>`;
    $("[name=file_id]", item).value = file.id;
    $("[name=file_title]", item).value = file.title;
    $("[name=file_title]", item).setAttribute("aria-label", words.fileName);
    $("a", item).href = file.url;
    $("a", item).textContent = `${file.type.toUpperCase()} ${Math.max(1, Math.round(file.size / 1024))} KB`;
    $$("[data-move]", item).forEach((b) => b.setAttribute("aria-label", b.dataset.move < 0 ? words.up : words.down));
    $("[data-remove]", item).setAttribute("aria-label", words.remove);
    list.append(item);
  };
  const uploadFiles = async (files) => {
    if (!files.length) return;
    try { await ensureDraft(); } catch { complain(words.titleFirst); return; }
    say.textContent = words.uploading;
    $("[data-desk-refused]").textContent = "";
    for (const file of files) {
      const body = new FormData();
      body.append("files", file);
      const response = await post(`/admin/publications/${form.dataset.publication}/files/`, body).catch(() => null);
      const answer = response?.ok && !response.redirected ? await response.json() : { files: [], refused: [words.uploadFailed] };
      answer.files.forEach(row);
      if (answer.refused.length) { const line = $("[data-desk-refused]"); line.hidden = false; line.textContent = `${line.textContent} ${answer.refused.join(" ")}`.trim(); }
    }
    changed();
    save();
  };
  $("#id_files").addEventListener("change", (event) => { uploadFiles([...event.target.files]).then(() => { event.target.value = ""; }); });
  const drop = $("[data-desk-drop]");
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("is-over"); uploadFiles([...event.dataTransfer.files]); });
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    const step = Number(event.target.dataset.move || 0);
    if (step < 0 && item.previousElementSibling) item.previousElementSibling.before(item);
    else if (step > 0 && item.nextElementSibling) item.nextElementSibling.after(item);
    else if (event.target.closest("[data-remove]")) item.remove();
    else return;
    if (step) event.target.focus();
    changed();
  });
  let dragged = null;
  list.addEventListener("dragstart", (event) => { dragged = event.target.closest("li"); });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
  });
  list.addEventListener("dragend", () => { dragged = null; changed(); });

  // ---- related documents
  const relations = $("[data-desk-relations]");
  const options = (input, items, choose) => {
    close();
    const box = document.createElement("ul");
    box.className = "desk-options";
    box.setAttribute("role", "listbox");
    box.id = "desk-options";
    items.forEach((item, n) => {
      const line = document.createElement("li");
      line.setAttribute("role", "option");
      line.id = `desk-option-${n}`;
      line.textContent = item.title;
      const small = document.createElement("small");
      small.textContent = [item.number, item.agency, item.day].filter(Boolean).join(" · ");
      line.append(small);
      line.addEventListener("mousedown", (event) => { event.preventDefault(); choose(item); close(); });
      box.append(line);
    });
    if (items.length) { input.parentElement.append(box); input.setAttribute("aria-controls", box.id); input.setAttribute("aria-expanded", "true"); }
  };
  const close = () => { document.getElementById("desk-options")?.remove(); $$("[aria-expanded]").forEach((i) => i.removeAttribute("aria-activedescendant")); };
  const spare = () => {
    const last = relations.lastElementChild;
    if (!$("[name=relation_text]", last).value) return;
    const next = last.cloneNode(true);
    $$("input", next).forEach((input) => { input.value = ""; input.readOnly = false; });
    $("[data-remove]", last).hidden = false;
    $("[data-remove]", next).hidden = true;
    last.removeAttribute("data-desk-spare");
    relations.append(next);
  };
  let asked = 0;
  relations.addEventListener("input", (event) => {
    const input = event.target.closest("[name=relation_text]");
    if (!input) return;
    clearTimeout(asked);
    asked = setTimeout(async () => {
      const query = input.value.trim();
      if (query.length < 2) { close(); return; }
      const response = await fetch(`${form.dataset.pick}?q=${encodeURIComponent(query)}&publication=${form.dataset.publication}`, { credentials: "same-origin" }).catch(() => null);
      if (!response?.ok || response.redirected) return;
      options(input, (await response.json()).items, (item) => {
        input.value = item.title;
        input.readOnly = true;
        $("[name=relation_target]", input.closest("li")).value = item.id;
        spare();
        changed();
      });
    }, 250);
  });
  relations.addEventListener("keydown", (event) => {
    const box = document.getElementById("desk-options");
    if (!box) return;
    const lines = [...box.children];
    const now = lines.findIndex((l) => l.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const next = (now + step + lines.length) % lines.length;
      lines.forEach((l, i) => l.setAttribute("aria-selected", String(i === next)));
      event.target.setAttribute("aria-activedescendant", lines[next].id);
      lines[next].scrollIntoView({ block: "nearest" });
      event.preventDefault();
    } else if (event.key === "Enter" && now >= 0) { event.preventDefault(); lines[now].dispatchEvent(new MouseEvent("mousedown")); }
    else if (event.key === "Escape") close();
  });
  relations.addEventListener("focusout", () => { close(); spare(); });
  relations.addEventListener("click", (event) => { if (event.target.closest("[data-remove]")) { event.target.closest("li").remove(); changed(); } });

  // ---- other agencies: chips and a field to find them by name, in place of a long list
  $$("[data-desk-agencies]").forEach((select) => {
    select.hidden = true;
    const chips = document.createElement("ul");
    chips.className = "desk-chips";
    const find = document.createElement("input");
    find.type = "text";
    find.autocomplete = "off";
    find.placeholder = words.findAgency;
    find.setAttribute("aria-label", select.previousElementSibling?.textContent || "");
    const wrap = document.createElement("div");
    wrap.style.position = "relative";
    wrap.append(find);
    select.before(chips, wrap);
    const draw = () => {
      chips.replaceChildren(...[...select.selectedOptions].map((o) => {
        const chip = document.createElement("li");
        chip.textContent = o.textContent;
        const off = document.createElement("button");
        off.type = "button";
        off.textContent = "✕";
        off.setAttribute("aria-label", `${words.remove} ${o.textContent}`);
        off.addEventListener("click", () => { o.selected = false; draw(); changed(); });
        chip.append(off);
        return chip;
      }));
    };
    const add = (item) => {
      let o = [...select.options].find((x) => x.value === String(item.id));
      if (!o) { o = new Option(item.title, item.id); select.add(o); }
      o.selected = true;
      draw();
      changed();
    };
    select.deskAdd = add;
    let looking = 0;
    find.addEventListener("input", (event) => {
      event.stopPropagation();
      clearTimeout(looking);
      looking = setTimeout(async () => {
        const query = find.value.trim();
        if (!query) { close(); return; }
        const response = await fetch(`${form.dataset.agencies}?q=${encodeURIComponent(query)}`, { credentials: "same-origin" }).catch(() => null);
        if (!response?.ok || response.redirected) return;
        const held = [...select.selectedOptions].map((o) => o.value);
        const found = (await response.json()).items.filter((item) => !held.includes(String(item.id)));
        options(find, found, (item) => { add(item); find.value = ""; });
      }, 250);
    });
    find.addEventListener("keydown", (event) => {
      const first = document.getElementById("desk-options")?.firstElementChild;
      if (event.key === "Enter") { event.preventDefault(); first?.dispatchEvent(new MouseEvent("mousedown")); }
      if (event.key === "Escape") close();
    });
    find.addEventListener("blur", close);
    new MutationObserver(draw).observe(select, { attributes: true, subtree: true });
    draw();
  });

  // ---- the document number, read as it is typed
  const number = $("#id_document_number");
  let reading = 0;
  number?.addEventListener("input", () => {
    clearTimeout(reading);
    reading = setTimeout(async () => {
      const response = await fetch(`${form.dataset.number}?text=${encodeURIComponent(number.value)}&publication=${form.dataset.publication}`, { credentials: "same-origin" }).catch(() => null);
      if (!response?.ok || response.redirected) return;
      const answer = await response.json();
      const line = $("[data-error=document_number]");
      line.hidden = !answer.problems.length;
      line.textContent = answer.problems.join("；");
      offer("document_number", answer.canonical && answer.canonical !== number.value.trim() ? [[answer.canonical, answer.canonical]] : []);
    }, 400);
  });

  // ---- suggestions from title and text
  // What was found is taken all at once; the kind decides the path, so it is chosen by itself.
  const all = $("[data-desk-takeall]");
  const offers = () => $$("[data-suggest] button").filter((b) => b.closest("[data-suggest]").dataset.suggest !== "kind");
  const count = () => { if (all) all.hidden = offers().length < 2; };
  all?.addEventListener("click", () => { offers().forEach((b) => b.click()); save(); });
  const offer = (name, pairs) => {
    const box = $(`[data-suggest="${name}"]`);
    if (!box) return;
    setTimeout(count);
    box.replaceChildren(...pairs.map(([value, label]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${words.use}${label}`;
      button.addEventListener("click", () => { take(name, value); button.remove(); count(); });
      return button;
    }));
  };
  const take = (name, value) => {
    const field = $(`#id_${name}`);
    if (name === "categories") { const box = $(`input[name=categories][value="${value}"]`); if (box) box.checked = true; }
    else if (field?.deskAdd) field.deskAdd(value);
    else if (field) field.value = value;
    changed();
    kinds();
  };
  const labelOf = (name, value) => {
    if (name === "categories") return $(`input[name=categories][value="${value}"]`)?.parentElement.textContent.trim();
    return [...($(`#id_${name}`)?.options || [])].find((o) => o.value === String(value))?.textContent;
  };
  const suggest = async () => {
    const title = $("#id_title").value.trim();
    if (!title) return;
    const body = new FormData();
    body.set("title", title);
    body.set("body", (window.deskText?.value() || $("#id_body").value).replace(/src="data:[^"]*"/g, ""));
    body.set("agency", $("[name=agency]").value);
    const response = await post(form.dataset.suggestUrl, body).catch(() => null);
    if (!response?.ok || response.redirected) return;
    const found = await response.json();
    for (const name of ["kind", "genre", "theme"]) {
      const now = $(`#id_${name}`)?.value;
      const empty = name === "kind" ? now !== found[name] : !now;
      offer(name, found[name] && empty && labelOf(name, found[name]) ? [[found[name], labelOf(name, found[name])]] : []);
    }
    for (const name of ["document_number", "made_on", "summary"]) {
      if (found[name] || name !== "document_number") offer(name, found[name] && !$(`#id_${name}`).value ? [[found[name], found[name]]] : []);
    }
    offer("categories", (found.categories || []).filter((v) => labelOf("categories", v) && !$(`input[name=categories][value="${v}"]`).checked).map((v) => [v, labelOf("categories", v)]));
    const held = [...$("#id_touched_agencies").selectedOptions, ...$("#id_joint_agencies").selectedOptions].map((o) => o.value);
    const named = (found.touched_agencies || []).filter((item) => !held.includes(String(item.id)));
    offer("touched_agencies", named.map((item) => [item, item.title]));
    if (named.length) $("[data-group=agencies]")?.setAttribute("open", "");
  };
  let soon = 0;
  const suggestSoon = () => { clearTimeout(soon); soon = setTimeout(suggest, 600); };
  $("#id_title").addEventListener("blur", suggestSoon);
  $("#id_kind")?.addEventListener("change", () => kinds());

  // ---- groups that belong to one kind only
  const kinds = () => {
    const kind = $("#id_kind")?.value;
    const only = { interpretation: ["interpretation"], clarification: ["clarification"], validity: ["regulation", "normative", "policy", "plan"] };
    for (const [group, of] of Object.entries(only)) {
      const box = $(`[data-group=${group}]`);
      if (box) { box.hidden = !of.includes(kind); if (of.includes(kind) && group !== "validity") box.open = true; if (group === "validity" && ["regulation", "normative"].includes(kind)) box.open = true; }
    }
  };
  kinds();
  suggestSoon();
})();
