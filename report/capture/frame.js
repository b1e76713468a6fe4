// Makes a page fit to be a picture: the slice stands where the clock was; of a list that scrolls, rows shown
// in part are left out and the note below says how many there are.
(label) => {
  const place = document.querySelector(".ck-header .right");
  if (place) place.replaceChildren(Object.assign(document.createElement("span"), { textContent: label }));
  for (const list of document.querySelectorAll(".ck-ranking ol, .ck-table")) {
    const end = list.getBoundingClientRect().bottom;
    const rows = [...list.querySelectorAll("li, tbody tr")];
    const lost = rows.filter((row) => row.getBoundingClientRect().bottom > end + 1);
    if (!lost.length) continue;
    for (const row of lost) row.style.visibility = "hidden";
    const note = list.parentElement.querySelector(".ck-note") ?? document.createElement("p");
    note.className = "ck-note";
    const total = note.textContent.match(/共(\d+)行/)?.[1] ?? rows.length;
    const unit = list.matches("ol") ? "个" : "行";
    const words = note.textContent.replace(/，?共\d+[行个].*/, "");
    const all = `共${total}${unit}，图中为前${rows.length - lost.length}${unit}`;
    note.textContent = [words, all].filter(Boolean).join("，");
    if (!note.isConnected) list.after(note);
  }
}
