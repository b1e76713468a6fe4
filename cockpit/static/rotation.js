// The wall: shows one screen after the other in two frames. The next is loaded hidden, shown when it is painted,
// the old one is thrown away; so nothing piles up. What fails leaves the old picture, marked when it gets old.
"use strict";

const wall = JSON.parse(document.getElementById("settings").textContent);
Object.assign(wall, { rotations: 0, failures: 0, painted: Date.now(), shown: "", version: "", place: -1, rounds: {} });
window.wall = wall;

const PATIENCE = 40000; // ms until a screen that is not painted is given up
const EVERY = 5000; // ms between heartbeats
const LEAD = 10000; // ms before its time that the next screen is loaded
const frames = document.getElementById("frames");
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
let shown = null; // the frame on show
let lostSince = null; // when the server was last heard, once it is not any more
let missed = 0;

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
  for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(100)) {
    if (settled(stateOf(frame))) return !broken(frame);
    if (broken(frame) && stateOf(frame)?.state === "failed") return false;
  }
  return false;
}

function swap(frame, screen) {
  const old = shown;
  shown = frame;
  frame.classList.add("shown");
  document.body.classList.add("begun");
  setTimeout(() => old?.remove(), Math.min(700, wall.seconds * 500));
  Object.assign(wall, { shown: screen, version: stateOf(frame).version, painted: Date.now() });
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
  frame.remove();
  wall.failures += 1;
  return null;
}

function progress() {
  const line = document.querySelector("#line i");
  line.getAnimations().forEach((one) => one.cancel());
  line.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], { duration: wall.seconds * 1000, fill: "forwards" });
}

// Until its time, or until the server answers again after it was lost.
async function until(time) {
  while (Date.now() < time && !(lostSince !== null && missed === 0)) await sleep(Math.min(200, time - Date.now()));
}

async function rotate() {
  for (;;) {
    const due = wall.begun ? wall.begun + wall.seconds * 1000 : Date.now();
    await until(due - LEAD);
    const found = missed === 0 ? await next() : null;
    if (!found) {
      await sleep(missed === 0 ? 3000 : 500);
      continue;
    }
    await until(due);
    swap(...found);
    wall.begun = Date.now();
    progress();
  }
}

// A picture is old when several screens in a row did not come, though the server answers.
const isOld = () => Date.now() - wall.painted > 3 * wall.seconds * 1000 + 2 * PATIENCE;

function clock(time) {
  const day = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric" });
  const hour = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false });
  const today = day.format(new Date()) === day.format(time);
  return (today ? "" : `${day.format(time)} `) + hour.format(time);
}

function tell() {
  const cut = lostSince !== null || isOld();
  document.body.classList.toggle("cut", cut);
  if (!cut) return;
  const [head, rest] = document.querySelectorAll("#cut b, #cut span");
  const lost = lostSince !== null;
  head.textContent = lost ? `与服务器断开，自 ${clock(lostSince)} 起` : `画面停在 ${clock(wall.painted)}`;
  rest.textContent = "画面上是此前的数字；正在自动重新连接，无须操作。";
  document.getElementById("first").hidden = true;
}

async function beat() {
  const told = { id: wall.id, name: wall.name, screen: wall.shown, version: (shown && stateOf(shown)?.version) ?? "",
    painted: shown ? Math.round((Date.now() - wall.painted) / 1000) : null, seconds: wall.seconds };
  try {
    const reply = await fetch("/heartbeat", { method: "POST", body: JSON.stringify(told), signal: AbortSignal.timeout(EVERY - 500) });
    if (!reply.ok) throw new TypeError(reply.status);
    missed = 0;
    wall.heard = Date.now();
    const { stamp } = await reply.json();
    if (stamp !== wall.stamp) location.reload(); // the server was upgraded: so is this page
    if (lostSince !== null && !shown) lostSince = null;
  } catch {
    missed += 1;
    if (missed >= 2 && lostSince === null) lostSince = wall.heard ?? Date.now();
  }
  tell();
  setTimeout(beat, EVERY);
}

// One name for this tab as long as it lives, if the address gives none.
wall.id = sessionStorage.wall ??= Math.random().toString(36).slice(2, 10);
addEventListener("resize", () => document.querySelectorAll("iframe").forEach(fit));
setInterval(tell, 1000);
beat();
rotate();
