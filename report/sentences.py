"""The sentences of a pack: computed from readings, so that they cannot differ from the numbers."""

from collections.abc import Sequence

from cockpit import numbers
from cockpit.codes import STATUS
from cockpit.pace import LAMP_WORDS
from cockpit.pace import told as pace_told
from cockpit.reading import Reading
from report.story import LEADING, Story, Told
from report.week import Scope, spoken

SHORT = "*"  # stands beside a figure that ends before the week does


def shown(value: float | None, reading: Reading) -> str:
    """A value of this indicator with its unit, all digits."""
    return numbers.figure(value, reading.indicator.unit, reading.indicator.decimals)


def stands(told: Told) -> str:
    """What stands on the week's last day, for a cell: marked where its data ends earlier."""
    return marked(shown(told.standing.value, told.standing), told.standing)


def marked(text: str, reading: Reading) -> str:
    """A text with the mark of a figure that ends early; at the foot remarks.unknown() says when."""
    early = reading.short and reading.value is not None
    return f"{text}{SHORT}" if early and text != numbers.MISSING else text


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
    """新建工会累计160家，本周7家; a stock stands by itself. What has days of its own says so."""
    name, now = told.indicator.name, _or_why(told.week)
    if not told.is_flow or (told.to_date.value is None and told.to_date.reason == told.week.reason):
        return f"{name}{now}{_notes(told)}"
    own = (f"{told.year}以来" if told.year else "今年以来") if told.indicator.is_ratio else f"{told.year}累计"
    week = f"，本周{now}" if told.by_week else ""
    return f"{name}{own}{_or_why(told.to_date)}{_notes(told)}{week}"


def _notes(told: Told) -> str:
    """（截至6月21日）: the days of the figure, where not the sentence's; why there is none of the week."""
    reading = told.standing
    year = f"{told.year}，" if told.indicator.rule == "year" else ""
    notes = [f"{year}{told.covers}"] if told.covers else []
    if reading.value is not None and (reading.short or told.indicator.guarded()):
        monthly = "按整月统计，" if told.indicator.guarded() else ""
        notes.append(f"{monthly}截至{spoken(reading.until or reading.slice.period.end)}")
    if told.is_flow and not told.by_week and not told.indicator.guarded():
        notes.append("按月上报，不分周")
    return f"（{'，'.join(notes)}）" if notes else ""


def _or_why(reading: Reading) -> str:
    """The value, or — with the reason why there is none."""
    text = shown(reading.value, reading)
    return text if reading.value is not None else f"{text}（{reading.reason}）"


def progress(reading: Reading, year: str = "") -> str:
    """完成年度目标的48.2%，落后计划1.2个百分点; empty without a target. `year`: 2022年 where it is named."""
    if reading.done is None:
        return ""
    pace = f"，{pace_told(reading.gap)}" if reading.gap is not None else ""
    return f"完成{year.removesuffix('年')}年度目标的{numbers.percent(reading.done)}{pace}"


def place(told: Told) -> str:
    """列第2位（共5个，按完成率），位次比上周上升1位; or empty where nothing is ranked."""
    reading = told.place
    if reading.rank is None:
        return ""
    moved = ""
    if reading is told.week and told.has_last_week and reading.rank_change is not None:
        moved = f"，位次{_moved(reading.rank_change)}"
    dated = f"，截至{spoken(reading.rank_until)}" if reading.rank_short and reading.rank_until else ""
    return f"列第{reading.rank}位（共{reading.siblings}个，按{reading.rank_basis}{dated}）{moved}"


def _moved(places: int) -> str:
    if places == 0:
        return "与上周持平"
    return f"比上周{'上升' if places > 0 else '下降'}{abs(places)}位"


def dated(reading: Reading) -> str:
    """，截至6月21日: the day of a figure that ends before its period does; else empty."""
    return f"，截至{spoken(reading.until)}" if reading.short and reading.until else ""


def headline(told: Told, scope: Scope) -> str:
    """截至6月25日，全市新建工会累计160家，本周7家，比上周多2家（+40.0%），完成年度目标的…，列第…。"""
    return f"截至{scope.day}，{scope.place}{_clause(told)}"


def headlines(figures: Sequence[Told], scope: Scope) -> list[str]:
    """One sentence per indicator that read as one text: the first says when and where, the rest go on."""
    return [_clause(told) if number else headline(told, scope) for number, told in enumerate(figures)]


def _clause(told: Told) -> str:
    parts = [standing(told)]
    if told.week.value is not None and told.has_last_week:
        parts.append(against_last_week(told.week))
    if told.standing.value is not None:
        parts += [progress(told.week, told.year), place(told)]
    return f"{'，'.join(part for part in parts if part)}。"


def lamps(figures: Sequence[Told]) -> str:
    """八项中绿灯5项、黄灯2项、红灯1项."""
    counted = {lamp: sum(told.week.lamp == lamp for told in figures) for lamp in LAMP_WORDS}
    parts = [f"{LAMP_WORDS[lamp]}{count}项" for lamp, count in counted.items() if count]
    return f"{len(figures)}项主要指标：{'、'.join(parts)}。"


def theme_title(theme_name: str, theme: str, story: Story) -> str:
    """The slide's message: the leading indicator against its plan, or its figure."""
    told = story.figures[LEADING[theme]]
    if not (said := progress(told.week, told.year)):
        now = told.standing
        return f"{theme_name}：{told.indicator.name}{shown(now.value, now)}{dated(now)}"
    return f"{theme_name}：{told.indicator.name}{dated(told.week).lstrip('，')}{said}"
