"""The sentences of a pack: computed from readings, so that they cannot differ from the numbers."""

from collections.abc import Sequence

from cockpit import numbers
from cockpit.codes import STATUS
from cockpit.pace import LAMP_WORDS
from cockpit.pace import told as pace_told
from cockpit.reading import Reading
from report.story import LEADING, Story, Told
from report.week import Scope, spoken

MOST_NAMED = 3


def shown(value: float | None, reading: Reading) -> str:
    """A value of this indicator with its unit, all digits."""
    return numbers.figure(value, reading.indicator.unit, reading.indicator.decimals)


def marks(story: Story) -> list[str]:
    """What stands on every page: data date, version, status."""
    status = f"{STATUS[story.info.status]}数据"
    return [f"数据截至{story.info.data_date}", f"版本{story.info.version}", status]


def title(scope: Scope) -> str:
    """The slice in words; the period's label holds its days."""
    return scope.week.label()


def against_last_week(reading: Reading) -> str:
    """比上周多12人次（+10.8%）; 与上周持平; or why there is no comparison."""
    if reading.value is None or reading.previous is None:
        return f"没有可比的上周数（{reading.previous_reason}）"
    difference = reading.value - reading.previous
    if reading.indicator.unit == "%":
        size = numbers.rounded(difference, 1)
        words = f"{abs(size)}个百分点"
    else:
        size = numbers.rounded(difference, reading.indicator.decimals)
        words = shown(float(abs(size)), reading)
    if not size:
        return "与上周持平"
    relative = f"（{numbers.change(reading.change)}）" if _tells_more(reading) else ""
    return f"比上周{_direction(reading, size > 0)}{words}{relative}"


def _tells_more(reading: Reading) -> bool:
    """Whether the relative change says more than the difference: not of percentages, nor of 0.0%."""
    if reading.indicator.unit == "%" or reading.change is None:
        return False
    return numbers.rounded(reading.change, 1) != 0


def _direction(reading: Reading, more: bool) -> str:
    if reading.indicator.is_ratio:
        return "上升" if more else "下降"
    return "多" if more else "少"


def standing(told: Told) -> str:
    """新建工会累计160家，本周7家; a stock stands by itself."""
    name, now = told.indicator.name, _or_why(told.week)
    if not told.is_flow or (told.to_date.value is None and told.to_date.reason == told.week.reason):
        return f"{name}{now}"
    own = "今年以来" if told.indicator.is_ratio else "累计"
    week = f"，本周{now}" if told.by_week else _monthly(told.to_date)
    return f"{name}{own}{_or_why(told.to_date)}{week}"


def _monthly(reading: Reading) -> str:
    """Why there is no figure of the week; a guarded one ends with a whole month."""
    if reading.indicator.guarded():
        return f"（按整月统计，截至{spoken(reading.slice.period.end)}）"
    return "（按月上报，不分周）"


def _or_why(reading: Reading) -> str:
    """The value, or — with the reason why there is none."""
    text = shown(reading.value, reading)
    return text if reading.value is not None else f"{text}（{reading.reason}）"


def progress(reading: Reading) -> str:
    """完成年度目标的48.2%，落后计划1.2个百分点; or empty where there is no target."""
    if reading.done is None:
        return ""
    pace = f"，{pace_told(reading.gap)}" if reading.gap is not None else ""
    return f"完成年度目标的{numbers.percent(reading.done)}{pace}"


def place(told: Told) -> str:
    """列第2位（共5个，按完成率），比上周↑1位; or empty where nothing is ranked."""
    reading = told.place
    if reading.rank is None:
        return ""
    moved = ""
    if reading is told.week and told.has_last_week and reading.rank_change is not None:
        moved = f"，位次{_moved(reading.rank_change)}"
    return f"列第{reading.rank}位（共{reading.siblings}个，按{reading.rank_basis}）{moved}"


def _moved(places: int) -> str:
    if places == 0:
        return "与上周持平"
    return f"比上周{'上升' if places > 0 else '下降'}{abs(places)}位"


def headline(told: Told, scope: Scope) -> str:
    """截至6月25日，全市新建工会累计160家，本周7家，比上周多2家（+40.0%），完成年度目标的…，列第…。"""
    return f"截至{scope.day}，{scope.place}{_clause(told)}"


def headlines(figures: Sequence[Told], scope: Scope) -> list[str]:
    """One sentence per indicator that read as one text: the first says when and where, the rest go on."""
    return [_clause(told) if number else headline(told, scope) for number, told in enumerate(figures)]


def _clause(told: Told) -> str:
    parts = [standing(told)]
    if told.week.value is not None:
        compared = against_last_week(told.week) if told.has_last_week else ""
        parts += [compared, progress(told.week), place(told)]
    return f"{'，'.join(part for part in parts if part)}。"


def unknown(figures: Sequence[Told], place: str = "") -> str:
    """Why a figure of these is “—”: each reason once, with the indicators; empty where all are known.

    `place` is the district that needs no naming.
    """
    named: dict[str, list[str]] = {}
    for told in figures:
        own = told.week.slice.district.name
        name = ("" if own == place else own) + told.indicator.name
        if told.standing.value is None:
            named.setdefault(told.standing.reason or "", []).append(name)
        elif told.by_week and told.week.value is None:
            named.setdefault(told.week.reason or "", []).append(f"{name}（本周）")
    reasons = [f"{'、'.join(names)}：{reason}" for reason, names in named.items()]
    why = {told.week.lamp_reason for told in figures}
    if len(why) == 1 and all(told.week.target is None for told in figures):
        reasons.append(f"年度目标：{why.pop()}")
    return f"“—”的原因：{'；'.join(reasons)}。" if reasons else ""


def leader_and_last(key: str, story: Story) -> str:
    """Who stands first and last by the leading indicator; empty where districts are not ranked."""
    ranked = [told for told in story.below[key] if told.place.rank is not None]
    if len({told.place.rank for told in ranked}) < 2:
        return ""
    first, last = ranked[0], ranked[-1]
    return f"{first.indicator.name}第1位{_named(first)}，末位{_named(last)}。"


def _named(told: Told) -> str:
    by_completion = told.place.rank_basis == "完成率"
    figure = (
        f"完成{numbers.percent(told.week.done)}" if by_completion else shown(told.place.value, told.place)
    )
    return f"{told.week.slice.district.name}（{figure}）"


def who_is_behind(late: Sequence[Told], story: Story) -> str:
    """落后计划的有…; or that nobody is; empty where the districts have no targets."""
    if not late:
        measured = any(told.week.gap is not None for below in story.below.values() for told in below)
        return "各区县均不落后计划。" if measured else ""
    named = [
        f"{told.week.slice.district.name}{told.indicator.name}（{pace_told(told.week.gap or 0.0)}）"
        for told in late[:MOST_NAMED]
    ]
    rest = f"等{len(late)}项" if len(late) > MOST_NAMED else ""
    return f"落后计划的有{'、'.join(named)}{rest}。"


def lamps(figures: Sequence[Told]) -> str:
    """八项中绿灯5项、黄灯2项、红灯1项."""
    counted = {lamp: sum(told.week.lamp == lamp for told in figures) for lamp in LAMP_WORDS}
    parts = [f"{LAMP_WORDS[lamp]}{count}项" for lamp, count in counted.items() if count]
    return f"{len(figures)}项主要指标：{'、'.join(parts)}。"


def theme_title(theme_name: str, theme: str, story: Story) -> str:
    """The slide's message: the leading indicator against its plan, or its figure."""
    told = story.figures[LEADING[theme]]
    said = progress(told.week) or standing(told)
    return f"{theme_name}：{told.indicator.name if progress(told.week) else ''}{said}"
