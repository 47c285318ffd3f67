// Offers words while somebody types in a search box, and tells the site that a document is being read.
(() => {
  const read = document.body.dataset.read;
  if (read && navigator.sendBeacon) {
    // Whoever leaves at once has not read it.
    setTimeout(() => navigator.sendBeacon(read), 3000);
  }

  let made = 0;
  const combobox = (input) => {
    const list = document.createElement("ul");
    list.className = "offers";
    list.id = `offers-${(made += 1)}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
    list.hidden = true;
    const holder = document.createElement("div");
    holder.className = "combo";
    input.replaceWith(holder);
    holder.append(input, list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
      input.setAttribute(name, value);
    }
    let active = -1;
    let asked = "";
    let timer = 0;
    let request = null;

    const close = () => {
      list.hidden = true;
      asked = "";
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const mark = (next) => {
      const items = [...list.children];
      active = (next + items.length) % items.length;
      items.forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
      input.setAttribute("aria-activedescendant", items[active].id);
      items[active].scrollIntoView({ block: "nearest" });
    };
    const take = (item) => {
      input.value = item.textContent;
      close();
      input.form.requestSubmit();
    };
    const show = (words) => {
      list.replaceChildren(
        ...words.map((word, number) => {
          const item = document.createElement("li");
          item.id = `${list.id}-${number}`;
          item.setAttribute("role", "option");
          item.setAttribute("aria-selected", "false");
          item.textContent = word;
          item.addEventListener("mousedown", (event) => {
            event.preventDefault();
            take(item);
          });
          return item;
        }),
      );
      active = -1;
      list.hidden = words.length === 0;
      input.setAttribute("aria-expanded", String(words.length > 0));
    };
    const ask = async () => {
      const words = input.value.trim();
      if (words === asked) return;
      asked = words;
      request?.abort();
      if (!words) return close();
      request = new AbortController();
      try {
        const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: request.signal });
        const [, offered] = await answer.json();
        if (document.activeElement === input) show(offered);
      } catch {
        // Without offers the box works as it is.
      }
    };
    input.addEventListener("input", (event) => {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    input.addEventListener("compositionend", ask);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        mark(active < 0 && event.key === "ArrowUp" ? -1 : active + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        take(list.children[active]);
      }
    });
  };
  document.querySelectorAll("input[data-suggest]").forEach(combobox);

  // On narrow screens what only narrows or describes starts folded; without JavaScript it stays open.
  if (matchMedia("(max-width: 48rem)").matches) {
    document.querySelectorAll("details.meta, details.narrow:not([data-keep])").forEach((details) => details.removeAttribute("open"));
  }
})();
