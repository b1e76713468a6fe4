"""What a wall screen looks like, judged in the browser: size and contrast of its text, nothing cut off."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Frame, Page

SMALLEST, FIGURE, CONTRAST, LARGE_CONTRAST = 18, 44, 4.5, 3.0
WIDTH = 384  # pixels of a reference picture
GOLDEN = Path(__file__).parent / "golden"

SEEN = (Path(__file__).parent / "seen.js").read_text("utf-8")


@dataclass
class Wall:
    """The page /wall in a tab, and the screen on show in it."""

    page: Page

    @property
    def screen(self) -> Frame:
        frame = self.page.query_selector_all("iframe.shown")[-1].content_frame()
        assert frame
        return frame

    def open(self, home: str, screen: str, query: str = "") -> dict[str, str]:
        """Show one screen for good, without the clock; what it declares once it is on show."""
        self.page.goto(f"{home}/wall?screens={screen}&seconds=3600&capture=1{query and '&' + query}")
        self.shown(1)
        return self.screen.evaluate("() => ({ ...document.getElementById('cockpit-state').dataset })")

    def shown(self, rotations: int) -> None:
        """Wait until so many screens were shown and the last one has faded in."""
        faded = "getComputedStyle([...document.querySelectorAll('iframe.shown')].at(-1)).opacity === '1'"
        self.page.wait_for_function(f"(n) => window.wall?.rotations >= n && {faded}", arg=rotations)

    def faults(self) -> list[str]:
        """What is wrong with the screen's looks; empty when nothing is."""
        seen: dict[str, Any] = self.screen.evaluate(SEEN)
        least = 16 / seen["root"]
        wrong = [f"not the design's scale: {seen['root']}"] if abs(seen["root"] - 16) > 0.05 else []
        wrong += [f"key figure of {size}px" for size in seen["figures"] if size * least < FIGURE]
        wrong += [f"{name} spills by {down}px down, {right}px right" for name, down, right in seen["spill"]]
        wrong += [f"{seen['outside']} outside"] if seen["outside"] else []
        wrong += [f"{seen['controls']} controls"] if seen["controls"] else []
        wrong += [f"one text over another: {pair}" for pair in seen["overlaps"]]
        for text in seen["texts"]:
            large = text["size"] >= 24 or (text["bold"] and text["size"] >= 18.66)
            if text["size"] * least < SMALLEST - 0.05:
                wrong.append(f"“{text['text']}” is {text['size']}px")
            if text["contrast"] < (LARGE_CONTRAST if large else CONTRAST):
                wrong.append(f"“{text['text']}” has contrast {text['contrast']:.1f}")
            if text["out"] > 2 or text["cut"] > 1:
                wrong.append(f"“{text['text']}” is cut off by {max(text['out'], text['cut'])}px")
        return wrong

    def picture(self) -> Image.Image:
        """The whole wall, small."""
        return smaller(self.shot(), WIDTH)

    def shot(self) -> Image.Image:
        self.page.bring_to_front()
        return Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")


def smaller(whole: Image.Image, wide: int) -> Image.Image:
    return whole.resize((wide, round(wide * whole.height / whole.width)), Image.Resampling.BOX)


def differs(one: Image.Image, other: Image.Image) -> str:
    """How two pictures differ, or nothing when they are the same to the eye.

    Fonts and software rendering differ a little between machines, and the version's name changes: a mean of 2
    of 255 and 1 % of clearly different points are allowed.
    """
    if one.size != other.size:
        return f"{one.size} instead of {other.size}"
    gap = ImageChops.difference(one, other).convert("L")
    mean = ImageStat.Stat(gap).mean[0]
    clear = sum(gap.histogram()[48:]) / (gap.width * gap.height)
    return f"mean {mean:.2f}, clearly different {clear:.2%}" if mean > 2 or clear > 0.01 else ""


def reference(state: str, screen: str, size: str) -> Path:
    return GOLDEN / state / f"{screen}-{size}.webp"


def save(picture: Image.Image, path: Path) -> None:
    """Small: with 256 colours a mean of 0.7 from it; a lossy file of this size is 2.6 away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(256).convert("RGB").save(path, lossless=True, method=6)


def different(picture: Image.Image, path: Path) -> str:
    """How a picture differs from its reference, which may be missing; nothing when it does not."""
    if not path.exists():
        return f"no reference {path.parent.name}/{path.name}"
    return differs(picture, Image.open(path).convert("RGB"))
