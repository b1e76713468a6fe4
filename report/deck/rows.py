"""Readings as rows of slide tables: every cell is written by cockpit.numbers."""

from collections.abc import Sequence

from cockpit import numbers
from cockpit.attention import KINDS, Item
from cockpit.reading import Reading
from report.deck.tables import CENTER, RIGHT, Column, Lit
from report.sentences import marked, shown, stands
from report.story import Told

Cells = list[str | Lit]
# A stock has no amount of the week: its change stands in the next column. A wide blank keeps the row as high.
NO_WEEK = "　"
HEADLINE = (
    Column("指标", 2.1),
    Column("累计/期末", 1.3, RIGHT),
    Column("本周", 1.2, RIGHT),
    Column("上周", 1.2, RIGHT),
    Column("比上周", 1.6, RIGHT),
    Column("同比", 1.6, RIGHT),
    Column("年度目标", 1.3, RIGHT),
    Column("完成", 1, RIGHT),
    Column("计划", 1, RIGHT),
    Column("亮灯", 1, CENTER),
)
THEME = (
    Column("指标", 121),
    Column("累计/期末", 84, RIGHT),
    Column("本周", 68, RIGHT),
    Column("比上周", 86, RIGHT),
    Column("完成", 48, RIGHT),
    Column("亮灯", 46, CENTER),
)
BEHIND = (
    Column("区县", 1),
    Column("指标", 2.2),
    Column("完成", 0.95, RIGHT),
    Column("计划", 0.95, RIGHT),
    Column("相差", 1.7, RIGHT),
    Column("亮灯", 1, CENTER),
)
ATTENTION = (Column("亮灯", 1, CENTER), Column("类别", 1.2), Column("事项", 9))
DEFINITIONS = (Column("指标", 2), Column("口径", 7), Column("公式", 3.4), Column("版本", 0.6, CENTER))


def this_week(told: Told) -> str:
    """The week's amount; empty for a stock and for what is reported by the month."""
    return shown(told.week.value, told.week) if told.by_week else NO_WEEK


def against_week(told: Told) -> str:
    """Against the week before: percentage points for percentages, else percent."""
    if not told.has_last_week:
        return NO_WEEK
    tell = numbers.points if told.indicator.unit == "%" else numbers.change
    return tell(told.week.change)


def year_changed(reading: Reading) -> str:
    tell = numbers.points if reading.indicator.unit == "%" else numbers.change
    return tell(reading.year_change)


def headline(told: Told) -> Cells:
    week = told.week
    return [
        told.indicator.name,
        stands(told),
        this_week(told),
        shown(week.previous, week) if told.has_last_week else NO_WEEK,
        against_week(told),
        year_changed(told.standing),
        shown(week.target, week),
        numbers.percent(week.done),
        numbers.percent(week.plan),
        Lit(week.lamp),
    ]


def theme(told: Told) -> Cells:
    week = told.week
    return [
        told.indicator.name,
        stands(told),
        this_week(told),
        against_week(told),
        numbers.percent(week.done),
        Lit(week.lamp),
    ]


def behind(told: Told) -> Cells:
    week = told.week
    done, plan = numbers.percent(week.done), numbers.percent(week.plan)
    name = marked(week.slice.district.name, told.standing)
    return [name, told.indicator.name, done, plan, numbers.points(week.gap), Lit(week.lamp)]


def towns(first: Told, last: int) -> tuple[Column, ...]:
    """Heads for districts without targets: the figure has the indicator's name. `last`: only so many."""
    week = "本周" if first.by_week else ""
    return (
        Column("位次", 0.7, CENTER),
        Column(f"镇街（后{last}位）" if last else "镇街", 2),
        Column(first.indicator.name, 2, RIGHT),
        Column(week, 1, RIGHT),
    )


def town(told: Told) -> Cells:
    rank = numbers.MISSING if told.place.rank is None else str(told.place.rank)
    return [rank, told.week.slice.district.name, stands(told), this_week(told)]


def attention(item: Item) -> Cells:
    return [Lit(item.lamp), KINDS[item.kind], item.sentence]


def definition(told: Told) -> Cells:
    indicator = told.indicator
    return [indicator.name, indicator.definition, indicator.formula, indicator.version]


def paged(figures: Sequence[Told], room: int) -> list[list[Told]]:
    """Definitions in groups whose text fills at most `room` lines of a slide."""
    groups: list[list[Told]] = [[]]
    filled = 0
    for told in figures:
        lines = max(1, -(-len(told.indicator.definition) // 46), -(-len(told.indicator.formula) // 21))
        if filled + lines > room:
            groups.append([])
            filled = 0
        groups[-1].append(told)
        filled += lines
    return groups
