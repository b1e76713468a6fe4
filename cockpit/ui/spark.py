"""A small curve without axes, as an image: st.html lets no inline SVG through."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from cockpit import theme

WIDTH, HEIGHT, EDGE = 120, 36, 3


def points(values: Sequence[float | None]) -> list[tuple[float, float]]:
    """Where the known values lie in WIDTH x HEIGHT; the lowest is at the bottom edge, the highest on top."""
    known = [(place, float(v)) for place, v in enumerate(values) if v is not None and v == v]
    if len(known) < 2:
        return []
    low, high = min(v for _, v in known), max(v for _, v in known)
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    tall = HEIGHT - 2 * EDGE
    return [
        (EDGE + place * step, HEIGHT - EDGE - tall * ((v - low) / (high - low) if high > low else 0.5))
        for place, v in known
    ]


def spark(values: Sequence[float | None], title: str) -> str:
    """An <img> of the curve; empty with fewer than two known values."""
    line = points(values)
    if not line:
        return ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in line)
    x, y = line[-1]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<polygon points="{line[0][0]:.1f},{HEIGHT} {path} {x:.1f},{HEIGHT}"'
        f' fill="{theme.ACCENT}" opacity=".16"/>'
        f'<polyline points="{path}" fill="none" stroke="{theme.ACCENT}" stroke-width="1.6"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{theme.TEXT}"/></svg>'
    )
    return f'<img class="spark" src="data:image/svg+xml,{quote(svg)}" alt="{escape(title)}">'
