"""Does a wall that runs for weeks stay as it was? Rotations one after the other, memory looked at in between.

    python -m bench.soak [ROTATIONS] [DATA]

ROTATIONS (default 2000) at one second a screen; DATA is a data folder with a published version (default: the
product's). Figures in MB but for nodes; the last column is the middle of the last third against that of the
second, which is past the warm-up. Exit code 1 when anything grew by more than a fifth.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, CDPSession, Page, ViewportSize, sync_playwright

from bench.served import PRODUCT, ROOT, served

FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
GROWTH = 1.2
SAMPLES = 40
# Frames are laid out at 1920×1080 whatever the window's size; a small one is composed with less work.
SIZE: ViewportSize = {"width": 640, "height": 360}
Sample = dict[str, float]

# Weak references of the wall's own realm: a frame that was thrown away is not held by what counts it.
COUNT_CONTEXTS = """(() => {
  top.webgl ??= [];
  const seen = new WeakSet(), get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    const found = get.call(this, kind, ...more);
    if (found && String(kind).startsWith("webgl") && !seen.has(found)) {
      seen.add(found);
      top.webgl.push(new top.WeakRef(found));
    }
    return found;
  };
})();"""
LIVING = """() => {
  webgl = webgl.filter((one) => one.deref() && !one.deref().isContextLost());
  return webgl.length;
}"""


def processes() -> dict[int, tuple[int, str, float]]:
    """Every process: parent, command line, resident MB."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            command = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:  # it has ended meanwhile
            continue
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        resident = float(fields.get("VmRSS", "0 kB").split()[0]) / 1024
        found[int(folder.name)] = (int(fields["PPid"]), command, resident)
    return found


def browser_memory(profile: str) -> Sample:
    """Resident memory of the browser that runs on this profile, by kind of process."""
    every = processes()
    inside = {pid for pid, (_, command, _) in every.items() if f"--user-data-dir={profile}" in command}
    while more := {pid for pid, (parent, _, _) in every.items() if parent in inside} - inside:
        inside |= more
    of = {"gpu": "--type=gpu-process", "pages": "--type=renderer"}
    return {kind: sum(every[pid][2] for pid in inside if mark in every[pid][1]) for kind, mark in of.items()}


def sample(page: Page, session: CDPSession, profile: str, server: int) -> Sample:
    session.send("HeapProfiler.collectGarbage")
    told = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return {
        "rotations": page.evaluate("() => wall.rotations"),
        "failures": page.evaluate("() => wall.failures"),
        "frames": page.evaluate("() => document.querySelectorAll('iframe').length"),
        "heap": told["JSHeapUsedSize"] / 1e6,
        "nodes": told["Nodes"],
        "webgl": page.evaluate(LIVING),
        **browser_memory(profile),
        "server": processes()[server][2],
    }


def soak(context: BrowserContext, home: str, rotations: int, profile: str, server: int) -> list[Sample]:
    context.add_init_script(COUNT_CONTEXTS)
    page = context.new_page()
    crowded: list[str] = []
    page.on("console", lambda m: crowded.append(m.text) if "WebGL contexts" in m.text else None)
    page.goto(f"{home}/wall?seconds=1")
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    found = []
    for part in range(1, SAMPLES + 1):
        page.wait_for_function("(n) => wall.rotations >= n", arg=rotations * part // SAMPLES, timeout=0)
        found.append(sample(page, session, profile, server))
        print("  ".join(f"{name} {value:.0f}" for name, value in found[-1].items()), flush=True)
    if crowded:
        raise SystemExit(f"WebGL contexts pile up: {crowded[0]}")
    return found


def verdict(found: list[Sample]) -> int:
    third = len(found) // 3
    worst = 0.0
    for name in ("heap", "nodes", "pages", "gpu", "server"):
        second, last = (
            statistics.median(one[name] for one in part)
            for part in (found[third : 2 * third], found[2 * third :])
        )
        worst = max(worst, last / second)
        print(f"{name:<8}{found[0][name]:>9.0f}{second:>9.0f}{last:>9.0f}{last / second:>8.2f}")
    return 1 if worst > GROWTH or found[-1]["failures"] else 0


def main(rotations: int, root: Path) -> int:
    path = os.environ.get("COCKPIT_CHROMIUM", "/usr/bin/chromium")
    begun = time.perf_counter()
    with served(PRODUCT, root) as server, tempfile.TemporaryDirectory() as profile, sync_playwright() as play:
        server.wait()
        context = play.chromium.launch_persistent_context(
            profile, executable_path=path, args=FLAGS, viewport=SIZE
        )
        found = soak(context, server.url, rotations, profile, server.process.pid)
        context.close()
    print(f"{found[-1]['rotations']:.0f} rotations in {time.perf_counter() - begun:.0f} s")
    return verdict(found)


if __name__ == "__main__":
    asked = sys.argv[1:]
    folder = Path(asked[1]) if len(asked) > 1 else ROOT / "data"
    sys.exit(main(int(asked[0]) if asked else 2000, folder))
