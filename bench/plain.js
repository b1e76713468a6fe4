// What a page shows, taken out of it (taken) and drawn again without Streamlit (build, show).
"use strict";
(() => {
const BLOCKS = ".stHtml", PLOTS = ".js-plotly-plot", MAPS = '[data-testid="stDeckGlJsonChart"]';

window.taken = () => {
  const plain = (key, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
  const figure = (plot) => {
    const { width, height } = plot._fullLayout;
    return { data: plot.data, layout: { ...plot.layout, width, height, autosize: false } };
  };
  const page = {
    blocks: [...document.querySelectorAll(BLOCKS)].map((block) => block.innerHTML),
    plots: [...document.querySelectorAll(PLOTS)].map(figure),
    style: [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join("\n"),
    body: document.querySelector('[data-testid="stApp"]').outerHTML,
  };
  return JSON.stringify(page, plain);
};

window.build = (page, decks) => {
  const style = document.createElement("style");
  style.textContent = page.style;
  document.head.append(style);
  document.body.innerHTML = page.body;
  document.querySelectorAll(PLOTS).forEach((plot) => { plot.innerHTML = ""; plot.className = "js-plotly-plot"; });
  window.maps = [...document.querySelectorAll(MAPS)].map((map, place) => {
    map.innerHTML = "<div style='position:relative;width:100%;height:100%'></div>";
    return createDeck({ container: map.firstChild, jsonInput: JSON.parse(decks[place]), tooltip: false });
  });
  window.show(page, null, true);
};

// anew: charts drawn from nothing, as Streamlit does for every changed figure; else updated in place.
window.show = (page, decks, anew) => {
  document.querySelectorAll(BLOCKS).forEach((block, place) => {
    if (page.blocks[place] !== undefined && block.innerHTML !== page.blocks[place]) block.innerHTML = page.blocks[place];
  });
  document.querySelectorAll(PLOTS).forEach((plot, place) => {
    if (!page.plots[place]) return;
    if (anew) Plotly.purge(plot);
    Plotly.react(plot, page.plots[place].data, page.plots[place].layout, { displayModeBar: false });
  });
  if (decks) window.maps.forEach((map, place) => updateDeck(JSON.parse(decks[place]), map));
};
})();
