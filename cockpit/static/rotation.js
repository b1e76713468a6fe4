// The wall: shows one screen after the other in two frames. The next is loaded hidden, shown when it is painted,
// the old one is thrown away; so nothing piles up. What fails leaves the old picture, marked when it gets old.
"use strict";

const now = () => performance.now(); // durations never use the clock: it may be set while the wall runs
const wall = JSON.parse(document.getElementById("settings").textContent);
Object.assign(wall, { rotations: 0, failures: 0, painted: now(), paintedAt: Date.now(), shown: "", place: -1, rounds: {} });
window.wall = wall;

const PATIENCE = 40000; // ms until a screen that is not painted is given up
const EVERY = 5000; // ms between heartbeats
const LEAD = 10000; // ms before its time that the next screen is loaded
const STUCK = 600000; // ms without a new picture, though the server answers, until the page itself is loaded anew
const OFTEN = 60000; // ms between two such loads
const GRACE = 20000; // ms for which the picture may be without its connection
const frames = document.getElementById("frames");
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
let shown = null; // the frame on show
let lostSince = null; // the hour at which the server was last heard, once it is not any more
let missed = 0;
let tornAt = null; // since when the picture on show has no connection: it would not follow new data
let tornSince = null; // the same by the clock

// Every wall has the height of the design, 1080 px, and is scaled as a whole: text, lines and maps alike.
function fit(frame) {
  const scale = Math.min(innerWidth / 1920, innerHeight / 1080);
  frame.style.width = `${innerWidth / scale}px`;
  frame.style.height = `${innerHeight / scale}px`;
  frame.style.transform = `scale(${scale})`;
}

function stateOf(frame) {
  return frame.contentDocument?.getElementById("cockpit-state")?.dataset;
}

// Every tile has come to an end and some are whole: one that failed says so itself, the others go on.
function settled(state) {
  if (!state?.wanted) return false;
  const tiles = JSON.parse(state.tiles);
  const ends = state.wanted.split(" ").map((id) => tiles[id] ?? "wait");
  return !ends.includes("wait") && ends.some((one) => one === "ready" || one === "empty");
}

function broken(frame) {
  return frame.contentDocument?.querySelector(".ck-problem") != null;
}

function load(screen) {
  const turn = (wall.rounds[screen] = (wall.rounds[screen] ?? -1) + 1);
  const frame = document.createElement("iframe");
  frame.tabIndex = -1;
  fit(frame);
  frame.src = `/wall-${screen}?${new URLSearchParams({ ...wall.slice, turn })}`;
  frames.append(frame);
  return frame;
}

async function painted(frame) {
  for (const end = now() + PATIENCE; now() < end; await sleep(100)) {
    if (settled(stateOf(frame))) return !broken(frame);
    if (broken(frame) && (stateOf(frame)?.state ?? "failed") === "failed") return false; // a page without state is no screen
  }
  return false;
}

// A frame takes its WebGL contexts along only when it is collected, which may be late: they are given back before.
// Asking a canvas for a context makes one where there is none; which have one is noted by ready.js.
function drop(frame) {
  for (const canvas of frame?.contentDocument?.querySelectorAll("canvas[data-drawn]") ?? []) {
    canvas.getContext(canvas.dataset.drawn)?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  frame?.remove();
}

function swap(frame, screen) {
  const old = shown;
  shown = frame;
  frame.contentDocument.documentElement.classList.toggle("light", wall.theme === "light");
  frame.classList.add("shown");
  document.body.classList.add("begun");
  setTimeout(() => drop(old), Math.min(700, wall.seconds * 500));
  Object.assign(wall, { shown: screen, painted: now(), paintedAt: Date.now() });
  watch();
  wall.rotations += 1;
  if (missed === 0) lostSince = null;
}

async function next() {
  wall.place = (wall.place + 1) % wall.screens.length;
  const screen = wall.screens[wall.place];
  const frame = load(screen);
  if (await painted(frame)) return [frame, screen];
  const why = frame.contentDocument?.querySelector(".ck-problem b")?.textContent;
  if (why) document.getElementById("first").textContent = why;
  drop(frame);
  wall.failures += 1;
  return null;
}

// Four steps a second: a smooth line would have the whole wall composed sixty times a second.
function progress() {
  const line = document.querySelector("#line i");
  line.getAnimations().forEach((one) => one.cancel());
  const time = { duration: wall.seconds * 1000, easing: `steps(${wall.seconds * 4})`, fill: "forwards" };
  line.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], time);
}

// Until its time, or until the server answers again after it was lost, or the picture's own connection is.
async function until(time) {
  while (now() < time && !(lostSince !== null && missed === 0) && !isTorn()) await sleep(Math.min(200, time - now()));
}

async function turn() {
  const due = wall.begun ? wall.begun + wall.seconds * 1000 : now();
  await until(due - LEAD);
  const found = missed === 0 ? await next() : null;
  if (!found) return sleep(missed === 0 ? 3000 : 500);
  await until(due);
  swap(...found);
  wall.begun = now();
  progress();
}

// Whatever goes wrong with one screen, the next one gets its turn.
async function rotate() {
  for (;;) {
    try {
      await turn();
    } catch {
      wall.failures += 1;
      await sleep(3000);
    }
  }
}

// A picture is old when several screens in a row did not come, though the server answers.
const age = () => now() - wall.painted;
const isOld = () => age() > wall.seconds * 1000 + 3 * PATIENCE;

// The server may answer while the connection that brings new numbers is gone.
function watch() {
  const state = shown?.contentDocument?.querySelector(".stApp")?.dataset.testConnectionState;
  if (!shown || state === "CONNECTED") tornAt = tornSince = null;
  else if (tornAt === null) [tornAt, tornSince] = [now(), Date.now()];
}
const isTorn = () => tornAt !== null && now() - tornAt > GRACE;

// Only when the page can be had, as a browser's own error page would stay for good, and not again and again.
async function renew() {
  if (Math.abs(Date.now() - (sessionStorage.renewed ?? 0)) < OFTEN) return;
  const reply = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(EVERY - 500) });
  if (!reply.ok) return;
  sessionStorage.renewed = Date.now();
  location.reload();
}

function clock(time) {
  const day = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric" });
  const hour = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false });
  const today = day.format(Date.now()) === day.format(time);
  return (today ? "" : `${day.format(time)} `) + hour.format(time);
}

function tell() {
  watch();
  const since = lostSince ?? (isTorn() ? tornSince : null);
  const cut = since !== null || (shown !== null && isOld());
  document.body.classList.toggle("cut", cut);
  if (!cut) return;
  const [head, rest] = document.querySelectorAll("#cut b, #cut span");
  head.textContent = since !== null ? `与服务器断开，自 ${clock(since)} 起` : `画面停在 ${clock(wall.paintedAt)}`;
  rest.textContent = `${shown ? "画面上是此前的数字；" : ""}正在自动重新连接，无须操作。`;
}

async function beat() {
  const told = { id: wall.id, name: wall.name, screen: wall.shown, version: (shown && stateOf(shown)?.version) ?? "",
    painted: shown ? Math.round(age() / 1000) : null, seconds: wall.seconds, stamp: wall.stamp };
  try {
    const reply = await fetch("/heartbeat", { method: "POST", body: JSON.stringify(told), signal: AbortSignal.timeout(EVERY - 500) });
    if (!reply.ok) throw new TypeError(reply.status);
    missed = 0;
    wall.heard = Date.now();
    const { stamp } = await reply.json();
    if (stamp !== wall.stamp || age() > STUCK + 1000 * wall.seconds) await renew(); // upgraded, or for want of a better cure
    if (lostSince !== null && !shown) lostSince = null;
  } catch {
    missed += 1;
    if (missed >= 2 && lostSince === null) lostSince = wall.heard ?? Date.now();
  }
  tell();
  setTimeout(beat, EVERY);
}

// One number for this tab as long as it lives: two walls may have been given the same name.
wall.id = sessionStorage.wall ??= Math.random().toString(36).slice(2, 10);
addEventListener("resize", () => document.querySelectorAll("iframe").forEach(fit));
setInterval(tell, 1000);
beat();
rotate();
