"""Does a wall that runs for weeks stay as it was? Rotations one after the other, memory looked at in between.

    python -m bench.soak [ROTATIONS] [DATA] [QUERY]

ROTATIONS (default 2000) at one second a screen; DATA is a data folder with a published version (default:
the product's); QUERY is added to the wall's address. Figures in MB but for nodes, contexts and frames. Exit
code 1 when a screen failed, contexts or frames piled up, or anything grows: by more than a tenth of itself in
1,000 rotations, as the median of the slopes between all samples past the first third (Theil and Sen).
"""

import itertools
import os
import statistics
import sys
import time
from pathlib import Path

from bench import devtools, memory
from bench.served import PRODUCT, ROOT, Served, machine, served

GROWTH = 0.1  # of the median, in 1,000 rotations
SAMPLES = 40
CONTEXTS, FRAMES = 6, 3
# Frames are laid out at 1920×1080 whatever the window's size; a small one is composed with less work.
SIZE = (640, 360)
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
LIVING = "(webgl = webgl.filter((one) => one.deref() && !one.deref().isContextLost())).length"


def sample(tab: devtools.Tab, server: int) -> Sample:
    tab.send("HeapProfiler.collectGarbage")
    told = {each["name"]: each["value"] for each in tab.send("Performance.getMetrics")["metrics"]}
    every = memory.processes()
    return {
        "rotations": tab.value("wall.rotations"),
        "failures": tab.value("wall.failures"),
        "frames": tab.value("document.querySelectorAll('iframe').length"),
        "webgl": tab.value(LIVING),
        "heap": told["JSHeapUsedSize"] / 1e6,
        "nodes": told["Nodes"],
        **memory.of_browser(tab.browser),
        "server": every[server].mb,
    }


def soak(tab: devtools.Tab, server: Served, rotations: int, query: str) -> list[Sample]:
    tab.send("Performance.enable")
    tab.send("Page.enable")
    tab.send("Page.addScriptToEvaluateOnNewDocument", source=COUNT_CONTEXTS)
    tab.send("Page.navigate", url=f"{server.url}/wall?seconds=1&{query}")
    found: list[Sample] = []
    for part in range(1, SAMPLES + 1):
        while (tab.value("window.wall?.rotations") or 0) < rotations * part // SAMPLES:
            time.sleep(0.5)
        found.append(sample(tab, server.process.pid))
        print("  ".join(f"{name} {value:.0f}" for name, value in found[-1].items()), flush=True)
    return found


def slope(found: list[Sample], name: str) -> float:
    """Growth in 1,000 rotations: the median of the slopes between every two samples apart."""
    pairs = itertools.combinations(found, 2)
    apart = [(b[name] - a[name], b["rotations"] - a["rotations"]) for a, b in pairs]
    return 1000 * statistics.median(more / turns for more, turns in apart if turns)


def verdict(found: list[Sample]) -> int:
    """Exit code, and a line per figure: at first, middle, least and most past the first third, growth."""
    late = found[len(found) // 3 :]
    grown = []
    for name in ("heap", "nodes", "pages", "gpu", "browser", "server"):
        values = [one[name] for one in late]
        middle, per_1000 = statistics.median(values), slope(late, name)
        grown += [name] if per_1000 > GROWTH * middle else []
        told = [found[0][name], middle, min(values), max(values)]
        print(f"{name:<8}" + "".join(f"{value:>8.0f}" for value in told) + f"{per_1000:>+9.1f} per 1,000")
    crowded = [n for n, most in (("webgl", CONTEXTS), ("frames", FRAMES)) if max(s[n] for s in found) > most]
    failures = found[-1]["failures"]
    print(f"failures {failures:.0f}, piled up: {crowded or 'nothing'}, grown: {grown or 'nothing'}")
    return 1 if failures or crowded or grown else 0


def main(rotations: int, root: Path, query: str) -> int:
    chromium = os.environ.get("COCKPIT_CHROMIUM", "/usr/bin/chromium")
    begun = time.perf_counter()
    print(machine())
    with served(PRODUCT, root) as server, devtools.opened(chromium, SIZE) as tab:
        server.wait()
        found = soak(tab, server, rotations, query)
    print(f"{found[-1]['rotations']:.0f} rotations in {time.perf_counter() - begun:.0f} s; {machine()}")
    return verdict(found)


if __name__ == "__main__":
    asked = [*sys.argv[1:], *[""] * 3]
    folder = Path(asked[1]) if asked[1] else ROOT / "data"
    sys.exit(main(int(asked[0] or 2000), folder, asked[2]))
