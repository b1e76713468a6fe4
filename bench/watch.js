// When did a page change, and when was the last change painted? Runs in every measured page before its own code.
"use strict";
(() => {
  const watch = { first: 0, last: 0, cards: "", waiting: false };
  window.bench = watch;

  // A task right after the next frame: what was changed before it is painted.
  function painted() {
    if (watch.waiting) return;
    watch.waiting = true;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { watch.waiting = false; watch.last = performance.now(); };
      channel.port2.postMessage(0);
    });
  }

  function seen(changes) {
    for (const { target, type } of changes) {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      if (!element || element.closest(".ck-clock, canvas")) continue;
      if (type === "attributes" && !element.closest("svg.main-svg")) continue;
      const first = watch.cards && (element.closest(watch.cards) || element.querySelector(watch.cards));
      if (first && !watch.first) watch.first = performance.now();
      painted();
    }
  }

  new MutationObserver(seen).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ["d", "transform", "x", "y", "width", "height", "style", "points"],
  });
  for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) { painted(); return draw.apply(this, given); };
  }
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (...given) { painted(); return write.apply(this, given); };

  // Do it, and tell the milliseconds to the first change of `cards` and to the last paint before it stays quiet.
  watch.after = async (cards, act) => {
    const before = performance.now();
    Object.assign(watch, { cards, first: 0, last: 0 });
    act();
    while (!watch.first || watch.waiting || performance.now() - watch.last < 600) {
      await new Promise((done) => setTimeout(done, 20));
      if (performance.now() - before > 30000) throw new Error(`${cards} did not change`);
    }
    return { first: watch.first - before, last: watch.last - before };
  };
  watch.address = (query) => {
    history.pushState({}, "", query);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };
})();
