// What runs in the browser beside Streamlit: the clock, links without a reload, the scale of maps.
"use strict";

const CLOCK = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit",
  weekday: "long", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false,
});

function tick() {
  const place = document.querySelector(".ck-clock");
  if (!place) return;
  const part = Object.fromEntries(CLOCK.formatToParts(new Date()).map((p) => [p.type, p.value]));
  const text = `${part.year}-${part.month}-${part.day} ${part.weekday} ${part.hour}:${part.minute}:${part.second}`;
  if (place.textContent !== text) place.textContent = text;
}

// Maps are drawn at a design size and scaled as a whole; CSS cannot divide one length by another everywhere.
function scale() {
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  document.documentElement.style.setProperty("--scale", (size / 16).toFixed(4));
}

function showAnchor(tries) {
  const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place) place.scrollIntoView({ block: "start" });
  else if (location.hash && tries > 0) setTimeout(showAnchor, 200, tries - 1);
}

// Streamlit follows the history: a pushed address and a popstate event run the page without loading it anew.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".stHtml a[href]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || link.target || link.origin !== location.origin) return;
  event.preventDefault();
  const samePath = link.pathname === location.pathname;
  history.pushState({}, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate"));
  if (!samePath) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  showAnchor(25);
});

// Pictures leave the clock out (?capture=1); inside the wall's frames the wall itself tells of a lost connection.
document.documentElement.classList.toggle("capture", new URLSearchParams(location.search).has("capture"));
document.documentElement.classList.toggle("framed", window.parent !== window);

// What a pointer would show is shown in turn: on a wall, one row after the other is lit, with its place on the map.
let turn = 0;
function light() {
  const rows = [...document.querySelectorAll(".wl-ranking .wl-turn")];
  if (!rows.length || document.documentElement.classList.contains("capture")) return;
  const row = rows[turn++ % rows.length];
  const name = row.querySelector(".name").textContent;
  rows.forEach((one) => one.classList.toggle("now", one.querySelector(".name").textContent === name));
  document.querySelectorAll(".map-label").forEach((one) => {
    one.classList.toggle("now", one.firstElementChild?.textContent.split(" ")[0] === name);
  });
}

setInterval(light, 3000);
window.addEventListener("resize", scale);
scale();
setInterval(tick, 250);
showAnchor(50);
