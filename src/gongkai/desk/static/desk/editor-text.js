// The rich text of the editor: HugeRTE with the few buttons that official documents need, in Chinese.
(() => {
  "use strict";
  const form = document.querySelector("[data-desk-editor]");
  const area = form?.querySelector("#id_body");
  if (!area || !window.hugerte) return;
  const words = JSON.parse(document.getElementById("desk-editor-words")?.textContent || "{}");
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const dark = document.documentElement.classList.contains("w-theme-dark")
    || (document.documentElement.classList.contains("w-theme-system") && matchMedia("(prefers-color-scheme: dark)").matches);
  const language = words.language || "";

  const paper = `body{font:17px/1.8 "Songti SC","Noto Serif SC",SimSun,serif;max-width:42em;margin:1rem auto;padding:0 1rem}
    table{border-collapse:collapse}td,th{border:1px solid #999;padding:4px 8px}img{max-width:100%;height:auto}
    td[data-formula]::after,th[data-formula]::after{content:" =" attr(data-formula);color:#1f4e8c;font-size:12px}
    .desk-found{background:#fff4dc;outline:2px solid #7a4d00}`;

  // What is pasted goes to the server, which keeps the structure and drops the junk.
  const cleaned = async (html) => {
    const body = new FormData();
    body.set("html", html);
    body.set("publication", form.dataset.publication);
    if (!hugerte.activeEditor.getContent({ format: "text" }).trim()) { body.set("whole", "1"); body.set("title", form.querySelector("#id_title").value.trim()); }
    body.set("csrfmiddlewaretoken", token());
    const response = await fetch(form.dataset.clean, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    return response.json();
  };
  const notes = form.querySelector("[data-desk-notes]");
  const sum = (editor) => {
    const cell = editor.dom.getParent(editor.selection.getNode(), "td,th");
    if (!cell) { notes.textContent = words.sumOutside; return; }
    cell.textContent = "=SUM(ABOVE)";
    editor.setDirty(true);
    editor.dispatch("input");
  };

  hugerte.init({
    target: area,
    base_url: form.dataset.vendor.replace(/\/$/, ""),
    suffix: ".min",
    language: language || undefined,
    skin: dark ? "oxide-dark" : "oxide",
    content_css: false,
    content_style: dark ? `${paper} body{background:#1b1f24;color:#e8eaed}` : paper,
    plugins: "table lists link image searchreplace",
    menubar: false,
    statusbar: true,
    branding: false,
    promotion: false,
    elementpath: false,
    height: 520,
    min_height: 320,
    resize: true,
    toolbar_mode: "wrap",
    toolbar: "blocks | bold italic underline | bullist numlist | alignleft aligncenter alignright | table desksum | link image | searchreplace removeformat | undo redo",
    block_formats: words.blocks,
    table_toolbar: "tableprops tablecellprops | tableinsertrowbefore tableinsertrowafter tabledeleterow | tableinsertcolbefore tableinsertcolafter tabledeletecol | tablemergecells tablesplitcells | tablerowheader desksum",
    table_default_attributes: {}, table_default_styles: {}, table_sizing_mode: "responsive", table_resize_bars: false,
    table_appearance_options: false, table_advtab: false, table_cell_advtab: false, table_row_advtab: false,
    link_assume_external_targets: "https", link_target_list: false, link_title: false,
    image_description: true, image_dimensions: true, a11y_advanced_options: false,
    automatic_uploads: true,
    file_picker_types: "image",
    images_upload_handler: async (blob) => {
      await window.deskEditor.ensureDraft();
      const body = new FormData();
      body.append("files", blob.blob(), blob.filename());
      body.set("csrfmiddlewaretoken", token());
      const response = await fetch(`/admin/publications/${form.dataset.publication}/files/`, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) throw words.uploadFailed;
      const answer = await response.json();
      if (!answer.files.length) throw answer.refused.join(" ");
      return answer.files[0].url;
    },
    convert_urls: false, relative_urls: false, remove_script_host: false,
    valid_elements: "h2[id|style],h3[id|style],h4[id|style],p[style],ul,ol[start],li,table,caption,thead,tbody,tr,th[colspan|rowspan|scope|data-formula|style],td[colspan|rowspan|data-formula|style],strong/b,em/i,u,sub,sup,a[href],img[src|alt|width|height],figure,figcaption,blockquote,hr,br",
    valid_styles: { "*": "text-align,vertical-align" },
    paste_data_images: true,
    setup: (editor) => {
      editor.ui.registry.addButton("desksum", { text: "Σ", tooltip: words.sum, onAction: () => sum(editor) });
      editor.on("paste", (event) => {
        const data = event.clipboardData;
        const html = data?.getData("text/html");
        if (!html) return;
        event.preventDefault();
        const draft = /src=["']?(?:data|file):/i.test(html) ? window.deskEditor.ensureDraft() : Promise.resolve();
        draft.catch(() => {}).then(() => cleaned(html)).then((answer) => {
          editor.insertContent(answer.html);
          const title = form.querySelector("#id_title");
          if (answer.title && !title.value.trim()) title.value = answer.title;
          notes.textContent = answer.notes.join(" ");
          window.deskEditor.changed();
        }, () => {
          editor.insertContent(editor.dom.encode(data.getData("text/plain")).replace(/\r?\n/g, "<br>"));
          notes.textContent = words.cleanFailed;
          window.deskEditor.changed();
        });
      });
      editor.on("input change undo redo SetContent", (event) => { if (!event.initial) window.deskEditor?.changed(); });
      editor.on("blur", () => window.deskEditor?.blurred());
      editor.on("init", () => {
        editor.getBody().setAttribute("aria-label", words.body);
        editor.getContainer().querySelector(".tox-statusbar__resize-handle")?.setAttribute("role", "button");
        // An image without words is nothing to those who cannot see it.
        editor.on("BeforeSetContent NodeChange", () => {
          const bare = editor.getBody().querySelectorAll("img:not([alt]), img[alt='']").length;
          if (bare) notes.textContent = words.altMissing;
        });
      });
    },
  });

  const texts = (root) => {
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  // Shows the n-th place in the text where some words stand.
  window.deskText = {
    value: () => (hugerte.activeEditor?.initialized ? hugerte.activeEditor.getContent() : area.value),
    save: () => hugerte.triggerSave(),
    // Puts the figures that the server computed into their cells; nothing else in the text is touched.
    sums: (html) => {
      const editor = hugerte.activeEditor;
      if (!editor) return;
      const fresh = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("td,th")];
      const held = [...editor.getBody().querySelectorAll("td,th")];
      if (fresh.length !== held.length) return;
      fresh.forEach((cell, i) => {
        const formula = cell.getAttribute("data-formula");
        if (!formula || held[i].contains(editor.selection.getNode()) && editor.hasFocus()) return;
        held[i].setAttribute("data-formula", formula);
        if (held[i].textContent !== cell.textContent) held[i].textContent = cell.textContent;
      });
    },
    set: (html) => { if (hugerte.activeEditor?.initialized) hugerte.activeEditor.setContent(html); else area.value = html; },
    show: (sought, nth) => {
      const editor = hugerte.activeEditor;
      if (!editor || !sought) return false;
      let left = nth;
      for (const node of texts(editor.getBody())) {
        let at = node.data.indexOf(sought);
        while (at >= 0) {
          if (left === 0) {
            const range = editor.dom.createRng();
            range.setStart(node, at);
            range.setEnd(node, at + sought.length);
            editor.focus();
            editor.selection.setRng(range);
            editor.selection.scrollIntoView();
            document.querySelector(".tox-tinymce, .tox-hugerte, .tox")?.scrollIntoView({ block: "center" });
            return true;
          }
          left -= 1;
          at = node.data.indexOf(sought, at + sought.length);
        }
      }
      return false;
    },
  };
})();
