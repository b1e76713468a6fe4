"""Text over a map: names and values in HTML, in the page's own font, none over another.

A map's own text layer draws its glyphs once, at first paint: before a web font is there, as empty boxes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from cockpit import theme
from cockpit.maps.view import View
from cockpit.pace import Lamp

LINE = 22  # design pixels of one line
GAP = 3
NEAR = (
    (0, 0),
    (0, 24),
    (0, -24),
    (36, 0),
    (-36, 0),
    (36, 24),
    (-36, -24),
    (0, 44),
    (0, -44),
    (60, 0),
    (-60, 0),
)  # where a strong label may move
DOT = 13  # about half of a bubble
LAMP = 20  # a lamp's shape and the space behind it


Rect = tuple[float, float, float, float]  # left, top, right, bottom from the centre


@dataclass(frozen=True)
class Label:
    """Lines at a place; the last may begin with a lamp. With a `radius` it stands beside a bubble."""

    lon: float
    lat: float
    lines: tuple[str, ...]
    radius: float = 0.0
    lamp: Lamp | None = None
    strong: bool = False


def _width(text: str) -> float:
    return sum(17 if ord(letter) > 0x2E80 else 9.5 for letter in text)


def _candidates(label: Label, view: View) -> Iterator[Rect]:
    """Where the label may stand: on its place or a little off, or around its bubble; the best first."""
    x, y = view.place(label.lon, label.lat)
    half = (max(_width(line) for line in label.lines) + (LAMP if label.lamp else 0)) / 2 + GAP
    high, away = LINE * len(label.lines), label.radius + 1
    centres = [(x + right, y + down) for right, down in NEAR[: None if label.strong else 1]]
    if label.radius:
        below, above = (x, y + away + high / 2), (x, y - away - high / 2)
        aside, down = label.radius * 0.7 + half, label.radius * 0.7 + high / 2
        corners = [(x + i * aside, y + j * down) for i in (1, -1) for j in (1, -1)]
        centres = [below, above, (x + away + half, y), (x - away - half, y), *corners]
    for middle, level in centres:
        yield middle - half, level - high / 2, middle + half, level + high / 2


def _apart(one: Rect, other: Rect) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def _inside(rect: Rect, view: View) -> bool:
    return max(-rect[0], rect[2]) <= view.width / 2 and max(-rect[1], rect[3]) <= view.height / 2


def _bubble(label: Label, view: View) -> Rect:
    x, y = view.place(label.lon, label.lat)
    return x - label.radius, y - label.radius, x + label.radius, y + label.radius


def _dot(label: Label, view: View) -> Rect:
    x, y = view.place(label.lon, label.lat)
    return x - DOT, y - DOT, x + DOT, y + DOT


def placed(labels: Sequence[Label], view: View) -> list[tuple[Label, Rect]]:
    """The labels that fit, earlier ones first: none covers another, a bubble, or leaves the map.

    A strong one stands where it covers the fewest places of the others.
    """
    taken = [_bubble(label, view) for label in labels if label.radius]
    places = [_dot(label, view) for label in labels if not label.strong]
    kept = []
    for label in labels:
        rects = (rect for rect in _candidates(label, view) if _inside(rect, view))
        free = [rect for rect in rects if all(_apart(rect, other) for other in taken)]
        if free:
            wanted = places if label.strong else ()
            best = min(free, key=lambda rect: sum(not _apart(rect, place) for place in wanted))
            taken.append(best)
            kept.append((label, best))
    return kept


def _span(label: Label, rect: Rect) -> str:
    lines = [escape(line) for line in label.lines]
    if label.lamp:
        look = theme.LAMPS[label.lamp]
        lines[-1] = f'<b style="color:{look.colour}">{look.shape}</b> {lines[-1]}'
    told = "".join(f"<span>{line}</span>" for line in lines)
    strong = " strong" if label.strong else ""
    style = f"left:calc(50% + {(rect[0] + rect[2]) / 2:.0f}px);top:calc(50% + {rect[1]:.0f}px)"
    return f'<div class="map-label{strong}" style="{style}">{told}</div>'


def html(labels: Sequence[Label], view: View, corners: Iterable[str] = ()) -> str:
    """The layer of labels, with small blocks (legend, 审图号, notes) stacked in its lower left corner."""
    corner = "".join(f"<div>{words}</div>" for words in corners if words)
    spans = "".join(_span(label, rect) for label, rect in placed(labels, view))
    return f'<div class="map-labels">{spans}<div class="map-corner">{corner}</div></div>'
