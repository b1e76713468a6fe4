// Turns what the server declares of a page's tiles into what is painted: #cockpit-state (docs/decisions/0008).
"use strict";

(() => {
  // A WebGL drawing can be read back only if it is kept; whether a map is blank is asked here and by pictures.
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, given) {
    if (!String(kind).startsWith("webgl")) return get.call(this, kind, given);
    const context = get.call(this, kind, { ...given, preserveDrawingBuffer: true });
    if (context) this.dataset.drawn = kind; // rotation.js gives back those that there are
    return context;
  };

  const last = new WeakMap(); // canvas -> how it looked when it was last looked at
  const done = new Set(); // tiles of this run that were once ready: a map is not read back again
  let run = "";

  function look(canvas) {
    const small = new OffscreenCanvas(64, 64).getContext("2d", { willReadFrequently: true });
    small.drawImage(canvas, 0, 0, 64, 64);
    const points = new Uint32Array(small.getImageData(0, 0, 64, 64).data.buffer);
    return new Set(points).size < 3 ? "" : points.join();
  }

  function still(canvas) {
    if (!canvas.width || !canvas.height) return false;
    const now = look(canvas);
    const same = now !== "" && last.get(canvas) === now;
    last.set(canvas, now);
    return same;
  }

  function plotted(place) {
    const chart = place.querySelector('[data-testid="stPlotlyChart"]');
    const graph = chart?.querySelector(".js-plotly-plot");
    const sheet = graph?.querySelector(".main-svg");
    if (!graph?._fullLayout || !sheet || graph._transitioning) return false;
    if (!sheet.querySelector(".trace path, .trace text")) return false;
    return Math.abs(sheet.clientHeight - chart.clientHeight) < 3 && Math.abs(sheet.clientWidth - chart.clientWidth) < 3;
  }

  // A title alone is no tile.
  function filled(box) {
    const parts = [...box.querySelectorAll("canvas, .main-svg, img, table, button, .stHtml > *")];
    return parts.some((one) => !one.matches(".ck-title, .ck-told, style"));
  }

  function painted(box) {
    const all = (what) => [...box.querySelectorAll(what)];
    return filled(box) && box.querySelector('[data-testid="stSkeleton"], [data-stale="true"]') === null
      && all('[class*="st-key-chart-"]').every(plotted)
      && all('[class*="st-key-map-"]').every((map) => map.querySelector('[data-testid="stDeckGlJsonChart"] canvas'))
      && all('[data-testid="stDeckGlJsonChart"] canvas').every(still)
      && all("img").every((image) => image.complete && image.naturalWidth > 0);
  }

  function stateOf(id) {
    const told = document.querySelector(`.ck-told[data-of="${id}"]`);
    const box = told?.closest('[class*="st-key-panel-"], .st-key-headlines');
    if (!box) return "wait";
    if (box.dataset.tile !== id) box.dataset.tile = id;
    if (told.dataset.run !== run) return "wait";
    if (told.dataset.told === "failed") return "failed";
    if (!done.has(id) && !painted(box)) return "wait";
    done.add(id);
    return box.querySelector(".ck-empty") ? "empty" : "ready";
  }

  function whole(states, app) {
    if (document.querySelector('.ck-problem') || states.includes("failed")) return "failed";
    const linked = app.dataset.testConnectionState === "CONNECTED";
    return linked && states.every((one) => one === "ready" || one === "empty") ? "ready" : "wait";
  }

  function check() {
    const place = document.getElementById("cockpit-state");
    const app = document.querySelector(".stApp");
    if (!place || !app) return;
    if (place.dataset.run !== run) {
      run = place.dataset.run;
      done.clear();
    }
    const fonts = document.fonts.status === "loaded";
    const ids = place.dataset.wanted.split(" ").filter(Boolean);
    const tiles = Object.fromEntries(ids.map((id) => [id, fonts ? stateOf(id) : "wait"]));
    const told = JSON.stringify(tiles);
    if (place.dataset.tiles !== told) place.dataset.tiles = told;
    const state = whole(Object.values(tiles), app);
    if (place.dataset.state !== state) place.dataset.state = state;
  }

  setInterval(check, 200);
})();
