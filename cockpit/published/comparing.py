"""Which published figures may stand side by side, and why the others may not."""

from collections.abc import Iterable
from dataclasses import dataclass

from cockpit.indicators import CATALOGUE
from cockpit.published.figures import Figure
from cockpit.published.words import MEASURES, NAMES, SPANS, TRAPS


@dataclass(frozen=True)
class Comparison:
    """Figures of one indicator: `alike` share their basis, `apart` must not be compared, for `reasons`."""

    name: str
    alike: tuple[Figure, ...]
    apart: tuple[Figure, ...]
    reasons: tuple[str, ...]


def name(indicator: str) -> str:
    return CATALOGUE[indicator].name if indicator in CATALOGUE else NAMES[indicator]


def _alike(group: list[Figure]) -> tuple[Figure, ...]:
    """The largest set with one basis that spans two places or two periods, highest value first."""
    sets: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in group:
        sets.setdefault(figure.basis, []).append(figure)
    best = max((s for s in sets.values() if _spans(s)), key=len, default=[])
    return tuple(sorted(best, key=lambda f: -f.value))


def _spans(group: list[Figure]) -> bool:
    """Two places or two periods; goals are not results."""
    return group[0].period_kind != "goal" and len({(f.place, f.period) for f in group}) > 1


def _reasons(group: list[Figure]) -> tuple[str, ...]:
    """Why not all of the group may be compared: kind of measure, length of period, unit, traps."""
    kinds = list(dict.fromkeys(MEASURES[f.measure_kind] for f in group))
    spans = list(dict.fromkeys(SPANS[f.period_kind] for f in group))
    units = list(dict.fromkeys(f.unit for f in group))
    differing = [
        f"{what}不同（{'、'.join(words)}）"
        for what, words in (("性质", kinds), ("时长", spans), ("单位", units))
        if len(words) > 1
    ]
    return (*differing, *dict.fromkeys(TRAPS[f.trap] for f in group if f.trap))


def comparisons(chosen: Iterable[Figure]) -> list[Comparison]:
    """Indicators stated more than once; those with figures that may be compared come first."""
    groups: dict[str, list[Figure]] = {}
    for figure in chosen:
        if figure.indicator:
            groups.setdefault(figure.indicator, []).append(figure)
    found = []
    for key, group in groups.items():
        if len({(f.place, f.period) for f in group}) > 1:
            alike = _alike(group)
            apart = tuple(f for f in group if f not in alike)
            found.append(Comparison(name(key), alike, apart, _reasons(group)))
    return sorted(found, key=lambda c: -len(c.alike))
