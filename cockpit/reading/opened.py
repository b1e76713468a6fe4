"""On which days a guarded count may begin or end in a district, so that no small group can be worked out.

Guarded counts are told between open month ends only: what lies between two of them is nobody or at least
LEAST persons, whatever differences are made of it. In a family (a district and those right below it) no
member is closed alone, so none is what the others leave. All parts of a trait open and close together. It is
decided month after month from the oldest on, so that new data never opens a day that was closed.
Rule, proof and sources: docs/decisions/0012-small-groups.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cockpit import districts, indicators
from cockpit.indicators import BREAKDOWNS, LEAST, Guard
from cockpit.slices.period import month_end
from cockpit.warehouse import Snapshot, Sums, Window, measure

Counts = list[int]  # a number per indicator, its terms, and part of the guard's trait
Totals = Mapping[str, Counts]  # of every district, from the complete records to some day
DAY = timedelta(days=1)


def opened(snapshot: Snapshot, guard: Guard) -> Mapping[str, frozenset[date]]:
    """District code -> its open days; the day before the complete records is open everywhere."""
    return snapshot.settle(guard, lambda: _walked(snapshot, guard))


@dataclass(frozen=True)
class _Past:
    """What was decided so far: totals and open districts of each earlier day, totals when last open."""

    earlier: list[tuple[Totals, set[str]]]
    last: dict[str, Counts]


def _small(counts: Sequence[int]) -> bool:
    """Whether any of them is a small group; a loss of as many persons is one too."""
    return any(0 < abs(count) < LEAST for count in counts)


def _less(counts: Counts, then: Counts) -> Counts:
    return [a - b for a, b in zip(counts, then, strict=True)]


def _walked(snapshot: Snapshot, guard: Guard) -> dict[str, frozenset[date]]:
    wider = opened(snapshot, guard.inside) if guard.inside else None
    standing = indicators.get(guard.of[0]).rule == "stock"
    found = {code: {snapshot.info.complete_since - DAY} for code in _codes()}
    none: dict[str, Counts] = {}
    past = _Past([], {})
    for day, totals in _months(snapshot, guard):
        if not past.earlier:
            none = {code: [0] * len(own) for code, own in totals.items()}
            past = _Past([(none, set(none))], dict(none))
        closed = {code for code, own in totals.items() if _small(_less(own, past.last[code]))}
        closed |= {code for code in totals if wider and day not in wider[code]}
        open_ = totals.keys() - complemented(closed, totals, past)
        for code in open_:
            found[code].add(day)
        if not standing:
            past.earlier.append((totals, open_))
            past.last.update({code: totals[code] for code in open_})
    return {code: frozenset(days) for code, days in found.items()}


def complemented(closed: set[str], totals: Totals, past: _Past) -> set[str]:
    """`closed` and who has to be closed with them: no member of a family alone, nor few persons together."""
    closed = set(closed)
    parents = [code for code in _codes() if districts.children(code)]
    while True:
        before = len(closed)
        for parent in parents:
            closed.update(_partners(parent, closed, totals, past))
        if len(closed) == before:
            return closed


def _partners(parent: str, closed: set[str], totals: Totals, past: _Past) -> list[str]:
    """The smallest children to close too: with a closed parent one is enough, else two of LEAST persons."""
    children = [child.code for child in districts.children(parent)]
    hidden = [child for child in children if child in closed]
    size = {c: sum(map(abs, _less(totals[c], past.last[c]))) for c in children if c not in closed}
    rest = sorted(size, key=lambda child: (size[child] == 0, size[child], child))
    count = len(hidden)
    while rest and (
        not hidden if parent in closed else len(hidden) == 1 or _few(parent, children, hidden, totals, past)
    ):
        hidden.append(rest.pop(0))
    return hidden[count:]


def _few(parent: str, children: Sequence[str], hidden: Sequence[str], totals: Totals, past: _Past) -> bool:
    """Whether the parent less those that are told leaves few persons, since any day the parent was open."""
    left = [_less(totals[code], past.last[code]) for code in hidden]
    if _small([sum(column) for column in zip(*left, strict=True)]):
        return True
    for then, open_ in past.earlier:
        if parent in open_ and (hidden or not open_.issuperset(children)):
            left = [_less(totals[c], then[c]) for c in children if c in hidden or c not in open_]
            if _small([sum(column) for column in zip(*left, strict=True)]):
                return True
    return False


def _codes() -> Iterator[str]:
    """The root, its counties, their towns."""
    yield districts.ROOT.code
    for county in districts.children(districts.ROOT.code):
        yield county.code
        yield from (town.code for town in districts.children(county.code))


def _months(snapshot: Snapshot, guard: Guard) -> Iterator[tuple[date, Totals]]:
    """Whole months up to the data date, oldest first: month end, and every district's totals up to it."""
    parts = guard.codes or tuple(BREAKDOWNS[guard.split][1])
    asked = [indicators.get(key) for key in guard.of]
    windows = _windows(snapshot)
    sums = [measure(snapshot, asked, windows, ((guard.split, part),), "town") for part in parts]
    for name, (_, end) in windows.items():
        counts: dict[str, Counts] = {}
        for code in reversed([*_codes()]):
            if below := districts.children(code):
                counts[code] = [sum(column) for column in zip(*(counts[d.code] for d in below), strict=True)]
            else:
                counts[code] = [n for part in sums for key in guard.of for n in _terms(part, code, key, name)]
        yield end, counts


def _windows(snapshot: Snapshot) -> dict[str, Window]:
    """From the complete records to each month's end."""
    since = start = snapshot.info.complete_since
    windows: dict[str, Window] = {}
    while (end := month_end(start)) <= snapshot.info.data_date:
        windows[end.isoformat()] = (since, end)
        start = end + DAY
    return windows


def _terms(sums: Sums, code: str, key: str, window: str) -> Counts:
    """A count; or of a rate both its terms, and those who are in one only."""
    numerator, denominator = sums.get((code, key, window), (0, None))
    if not indicators.get(key).is_ratio:
        return [numerator]
    return [numerator, denominator or 0, (denominator or 0) - numerator]
