// Every visible text: its size in design pixels, its contrast to what lies behind it, whether it is cut off or
// lies over another.
// Behind a text lies the lightest stop of a gradient (the worst for light text); words over maps have a dark halo
// instead of a ground of their own.
() => {
  const parse = (text) => [...text.matchAll(/rgba?\(([^)]+)\)/g)].map((m) => {
    const [r, g, b, a = 1] = m[1].split(/[ ,/]+/).map(Number);
    return { r, g, b, a };
  });
  // A light wall is the dark one with its lightness turned over: invert(1) hue-rotate(180deg), clipped as a filter is.
  const turned = (c) => {
    const [r, g, b] = [c.r, c.g, c.b].map((v) => 255 - v);
    const clip = (v) => Math.max(0, Math.min(255, v));
    return {
      r: clip(-0.574 * r + 1.43 * g + 0.144 * b), g: clip(0.426 * r + 0.43 * g + 0.144 * b),
      b: clip(0.426 * r + 1.43 * g - 0.856 * b),
    };
  };
  const seen = document.documentElement.classList.contains("light") ? turned : (c) => c;
  const light = ({ r, g, b }) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, place) => sum + v * [0.2126, 0.7152, 0.0722][place], 0);
  const over = (top, under) => Object.fromEntries(["r", "g", "b"]
    .map((c) => [c, top[c] * top.a + under[c] * (1 - top.a)]));
  const ground = (node) => {
    const chain = [];
    for (let one = node; one; one = one.parentElement) chain.unshift(getComputedStyle(one));
    return chain.reduce((under, style) => {
      const plain = parse(style.backgroundColor).map((c) => over(c, under))[0] ?? under;
      const stops = parse(style.backgroundImage).map((c) => over(c, plain));
      return stops.sort((x, y) => light(y) - light(x))[0] ?? plain;
    }, { r: 7, g: 20, b: 39 });
  };
  const contrast = (node, style) => {
    const behind = ground(node);
    const front = over(parse(node.closest("svg") ? style.fill : style.color)[0], behind);
    const [a, b] = [light(seen(front)), light(seen(behind))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [], places = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const style = getComputedStyle(parent);
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!node.data.trim() || !box.width || style.visibility !== "visible" || parent.closest("script, style")) {
      continue;
    }
    if (parent.closest("#js-plotly-tester")) continue;
    const panel = parent.closest('[class*="st-key-panel-"], .wl-card, .wl-header');
    const edge = panel?.getBoundingClientRect() ?? { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const out = Math.max(edge.left - box.left, box.right - edge.right, edge.top - box.top, box.bottom - edge.bottom);
    const cell = parent.closest(".name, .label, .done, .why, .value, p, b");
    const cut = cell && style.overflow === "hidden" ? cell.scrollWidth - cell.clientWidth : 0;
    found.push({
      text: node.data.trim().slice(0, 30), size: parseFloat(style.fontSize), bold: +style.fontWeight >= 700,
      contrast: parent.closest(".map-labels") ? 21 : contrast(parent, style), out: Math.round(out), cut,
    });
    places.push({ text: node.data.trim().slice(0, 12), box });
  }
  const shared = (a, b) => [
    Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
  ];
  // Line boxes of neighbouring lines may touch; what shares a third of its height is one text over another.
  const doubled = places.flatMap((one, place) => places.slice(place + 1).filter((other) => {
    const [wide, high] = shared(one.box, other.box);
    return wide > 2 && high > Math.min(one.box.height, other.box.height) / 3;
  }).map((other) => `${one.text} | ${other.text}`));
  const figures = [...document.querySelectorAll(".wl-card .value b")].map((one) => parseFloat(getComputedStyle(one).fontSize));
  const boxes = [...document.querySelectorAll('[class*="st-key-panel-"], .wl-card, [class*="st-key-map-"]')];
  const spill = boxes.filter((one) => one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)
    .map((one) => [one.className.match(/st-key-\S+|wl-card/)?.[0], one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth]);
  const outside = boxes.map((one) => one.getBoundingClientRect())
    .filter((b) => b.left < -1 || b.top < -1 || b.right > innerWidth + 1 || b.bottom > innerHeight + 1).length;
  const controls = [...document.querySelectorAll("a[href], button, input, select, textarea")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })).length;
  return { texts: found, overlaps: doubled, figures, spill, outside, controls, root: parseFloat(getComputedStyle(document.documentElement).fontSize) };
}
