// Dragging a file onto the box, and keeping the tables of what is pasted. Without this script the form works all the same.
(() => {
  const form = document.getElementById("checkup");
  const drop = document.getElementById("drop");
  const file = document.getElementById("file");
  const text = document.getElementById("text");
  const html = document.getElementById("html");
  const pasted = document.getElementById("pasted");
  if (!form) return;

  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      file.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });

  text.addEventListener("paste", (event) => {
    const rich = event.clipboardData.getData("text/html");
    const tables = (rich.match(/<table/gi) || []).length;
    html.value = tables ? rich : "";
    pasted.textContent = tables ? pasted.dataset.one + tables : "";
  });
  text.addEventListener("input", (event) => {
    // What is typed after pasting is not in the pasted tables: the words win.
    if (event.inputType && event.inputType !== "insertFromPaste") {
      html.value = "";
      pasted.textContent = "";
    }
  });
})();
