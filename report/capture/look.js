// What a page declares and what can be seen of it, when its Chinese text is set in `family`.
(family) => {
  const state = document.querySelector("#cockpit-state");
  const wanted = (state?.dataset.wanted ?? "").split(" ").filter(Boolean);
  // Text lost without a sign: what scrolls shows its first rows, what is shortened shows its "…".
  const clipped = (part) => {
    if (!part.clientWidth || !part.innerText?.trim()) return false;
    const { overflowX, overflowY, textOverflow } = getComputedStyle(part);
    if (textOverflow === "ellipsis") return false;
    const lost = (way, over) => ["hidden", "clip"].includes(way) && over > 4;
    return (
      lost(overflowX, part.scrollWidth - part.clientWidth) || lost(overflowY, part.scrollHeight - part.clientHeight)
    );
  };
  // Text that sticks out of its card or tile; what a scroller or a shortened line hides is judged above.
  const sticksOut = (tile) => {
    const walker = document.createTreeWalker(tile, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const frame = node.parentElement.closest("article, [data-tile]");
      if (!node.data.trim() || hides(node.parentElement, frame)) continue;
      range.selectNodeContents(node);
      const { left, right } = frame.getBoundingClientRect();
      if ([...range.getClientRects()].some((r) => r.width > 1 && (r.left < left - 2 || r.right > right + 2))) return true;
    }
    return false;
  };
  const hides = (part, frame) => {
    for (let one = part; one && one !== frame; one = one.parentElement) {
      const { overflowX, visibility } = getComputedStyle(one);
      if (overflowX !== "visible" || visibility !== "visible") return true;
    }
    return false;
  };
  const box = (id) => {
    const tile = document.querySelector(`[data-tile="${id}"]`);
    if (!tile) return null;
    const { left, top, right, bottom } = tile.getBoundingClientRect();
    return { left, top, right, bottom, spills: [tile, ...tile.querySelectorAll("*")].some(clipped) || sticksOut(tile) };
  };
  const seen = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const inside = [...range.getClientRects()].some((r) => r.width > 0 && r.bottom > 0 && r.top < innerHeight);
    return inside && getComputedStyle(node.parentElement).visibility === "visible";
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const icon = /Material Symbols/.test(getComputedStyle(node.parentElement).fontFamily);
    if (node.data.trim() && !icon && seen(node)) texts.push(node.data);
  }
  for (const field of document.querySelectorAll("input")) if (field.value) texts.push(field.value);

  // A letter without a glyph is drawn as a box: the very picture of a code point that no font has.
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = `20px "${family}", sans-serif`;
  const drawn = (letter) => {
    pen.clearRect(0, 0, 24, 24);
    pen.fillText(letter, 1, 20);
    return String(pen.getImageData(0, 0, 24, 24).data.filter((_, place) => place % 4 === 3));
  };
  const absent = drawn("\u{E0FFF}");
  const letters = [...new Set(texts.join(""))].filter((one) => !/[\s\p{Cc}\p{Cf}\p{Co}\p{M}]/u.test(one));
  const faces = [...document.fonts].filter((face) => face.family.replace(/["']/g, "") === family);
  const lacking = letters.filter((one) => drawn(one) === absent);
  const scrollers = [document.scrollingElement, document.querySelector('[data-testid="stMain"]')].filter(Boolean);
  return {
    state: state ? { ...state.dataset } : null,
    boxes: Object.fromEntries(wanted.map((id) => [id, box(id)])),
    text: texts.join(" "),
    lacking: lacking.join(""),
    font: faces.some((face) => face.status === "loaded"),
    height: Math.max(...scrollers.map((one) => one.scrollHeight)),
    width: Math.max(...scrollers.map((one) => one.scrollWidth)),
  };
}
