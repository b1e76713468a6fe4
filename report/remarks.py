"""What is said beside the figures: why a dash, whose data ends early, who leads, who is behind the plan."""

from collections.abc import Iterator, Sequence
from datetime import date

from cockpit import attention, numbers
from cockpit.pace import told as pace_told
from cockpit.reading import Reading
from cockpit.reading.ranking import BY_COMPLETION
from report.sentences import SHORT, dated, shown
from report.story import Story, Told, behind, judged
from report.week import spoken

MOST_NAMED = 3


def unknown(
    figures: Sequence[Told], place: str = "", years: bool = False, named_only: Sequence[Told] = ()
) -> str:
    """Why a figure of these is “—”: each reason once, with the indicators; empty where all are known.

    `place` is the district that needs no naming: its figures stand beside the week before and, with `years`,
    the year before. `named_only`: figures of which nothing but a marked name stands there.
    """
    named: dict[str, list[str]] = {}
    for told in figures:
        own = told.week.slice.district.name
        name = ("" if own == place else own) + told.indicator.name
        for what, reason in _dashes(told, own == place, years):
            named.setdefault(reason or "", []).append(f"{name}{what}")
    reasons = [f"{'、'.join(names)}：{reason}" for reason, names in named.items()]
    why = {told.week.lamp_reason for told in figures}
    if len(why) == 1 and all(told.week.target is None for told in figures):
        reasons.append(f"年度目标：{why.pop()}")
    dashes = f"“—”的原因：{'；'.join(reasons)}。" if reasons else ""
    return dashes + _ends_early([*figures, *named_only], place)


def _dashes(told: Told, here: bool, years: bool) -> Iterator[tuple[str, str | None]]:
    """What of an indicator is “—”, and why; `here`: in the district itself."""
    week, standing = told.week, told.standing
    if standing.value is None:
        yield "", standing.reason
        return
    if told.by_week and week.value is None:
        yield "（本周）", week.reason
    elif told.has_last_week and (week.previous is None or (here and week.change is None)):
        yield "（比上周）", week.previous_reason
    if years and here and standing.year_change is None:
        yield "（同比）", standing.year_ago_reason


def _ends_early(figures: Sequence[Told], place: str) -> str:
    """*截至6月21日：技能晋级人次。 What the mark beside a figure means, day by day."""
    named: dict[date, list[str]] = {}
    for told in figures:
        reading = told.standing
        if reading.short and reading.value is not None and reading.until:
            own = reading.slice.district.name
            named.setdefault(reading.until, []).append(("" if own == place else own) + told.indicator.name)
    days = [f"截至{spoken(day)}的有{'、'.join(dict.fromkeys(names))}" for day, names in sorted(named.items())]
    return f"带{SHORT}的数未报全：{'；'.join(days)}。" if days else ""


def leader_and_last(key: str, story: Story) -> str:
    """Who stands first and last by the leading indicator; empty where districts are not ranked."""
    ranked = [told for told in story.below[key] if told.place.rank is not None]
    places = sorted({told.place.rank or 0 for told in ranked})
    if len(places) < 2:
        return ""
    first, last = ([told for told in ranked if told.place.rank == place] for place in (places[0], places[-1]))
    return f"{first[0].indicator.name}{_early(first[0].place)}第1位{_named(first)}，末位{_named(last)}。"


def _early(place: Reading) -> str:
    """截至6月21日: the day up to which all are compared, where that is before the period's last."""
    day = place.rank_until
    return f"截至{spoken(day)}" if day and place.rank_short else ""


def _named(tied: Sequence[Told]) -> str:
    """Those who share a place with the figure they share it for: 吴兴区、德清县并列（3家）.

    Compared up to an earlier day, they have their place by another figure than the one told: none is.
    """
    place = tied[0].place
    by_completion = place.rank_basis == BY_COMPLETION
    figure = f"完成{numbers.percent(place.done)}" if by_completion else shown(place.value, place)
    names = [told.week.slice.district.name for told in tied]
    some = f"等{len(names)}个" if len(names) > MOST_NAMED else ""
    tie = "并列" if len(names) > 1 else ""
    return f"{'、'.join(names[:MOST_NAMED])}{some}{tie}{'' if _early(place) else f'（{figure}）'}"


def who_is_behind(theme: str, story: Story) -> str:
    """落后计划的有…; or that nobody is, where all can be judged; who cannot; empty without targets."""
    known, late = judged(theme, story), behind(theme, story)
    if attention.nobody_behind(known):
        return "各区县均不落后计划。"
    dark = attention.told_unjudged(known)
    return _late(late) + (f"{dark}。" if dark else "")


def _late(late: Sequence[Told]) -> str:
    named = [
        f"{r.slice.district.name}{r.indicator.name}（{pace_told(r.gap or 0.0)}{dated(r)}）"
        for r in (told.week for told in late[:MOST_NAMED])
    ]
    rest = f"等{len(late)}项" if len(late) > MOST_NAMED else ""
    return f"落后计划的有{'、'.join(named)}{rest}。" if late else ""
