"""What the numbers of a pack must be, told from the answers of `manage.py value` alone."""

import re
from collections.abc import Callable
from typing import Any

from cockpit import districts, numbers, pace
from cockpit.indicators import CATALOGUE
from cockpit.reading.vouch import MONTHLY
from cockpit.site import PAGES
from report.deck.style import lamp

WEEK, YEAR, MONTHS = "2023-W23", "2023-01-01..2023-06-11", "2023-01-01..2023-05-31"
NUMBER = re.compile(r"[+−]?\d[\d,]*(?:\.\d+)?")
DATES = re.compile(r"\d{4}-\d\d-\d\d|\d+月\d+日|\d\d-\d\d|2023年第\d+周|\d{8}-[0-9a-f]{10}")
NAMES = re.compile("|".join(sorted((i.name for i in CATALOGUE.values()), key=len, reverse=True)))
NONE = "　"
Told = dict[str, Any]
Ask = Callable[..., Told]


def below(place: str) -> list[str]:
    return [one.code for one in districts.children(place)]


def show(figure: float | None, key: str) -> str:
    return numbers.figure(figure, CATALOGUE[key].unit, CATALOGUE[key].decimals)


def by_week(key: str) -> bool:
    monthly = CATALOGUE[key].numerator.mart in MONTHLY or CATALOGUE[key].guarded()
    return CATALOGUE[key].rule == "flow" and not monthly


def compares(key: str) -> bool:
    """Whether there is a week before to compare with."""
    return by_week(key) or CATALOGUE[key].rule not in ("flow", "year")


def week_of(ask: Ask, key: str, place: str) -> Told:
    """What is told of the week: a guarded figure is told of whole months only."""
    return ask(key, place, MONTHS if CATALOGUE[key].guarded() else WEEK)


def standing(ask: Ask, key: str, place: str) -> Told:
    if CATALOGUE[key].guarded():
        return ask(key, place, MONTHS)
    return ask(key, place, YEAR if CATALOGUE[key].rule == "flow" else WEEK)


def ranked(ask: Ask, key: str, place: str) -> Told:
    week = week_of(ask, key, place)
    return week if week["rank_basis"] == "完成率" else standing(ask, key, place)


def changed(told: Told, name: str = "change") -> str:
    return (numbers.points if told["unit"] == "%" else numbers.change)(told[name])


def compared(ask: Ask, key: str, place: str) -> str:
    return NONE if not compares(key) else changed(week_of(ask, key, place))


def said(ask: Ask, key: str, place: str) -> list[str]:
    """The numbers of an indicator's sentence, in their order."""
    week, stands = week_of(ask, key, place), standing(ask, key, place)
    parts = [show(stands["value"], key)] + [show(week["value"], key)] * by_week(key)
    comparable = compares(key)
    if week["value"] is not None:
        parts += difference(week) if comparable else []
    if stands["value"] is not None:
        if week["done"] is not None:
            parts += [
                numbers.percent(week["done"]),
                pace.told(week["gap"]) if week["gap"] is not None else "",
            ]
        if (top := ranked(ask, key, place))["rank"] is not None:
            parts += [str(top["rank"]), str(top["siblings"])]
            parts += (
                [numbers.places(week["rank_change"])]
                if top is week and comparable and week["rank_change"]
                else []
            )
    return NUMBER.findall(" ".join(parts))


def difference(week: Told) -> list[str]:
    if week["previous"] is None:
        return []
    decimals = 1 if week["unit"] == "%" else CATALOGUE[week["indicator"]].decimals
    size = numbers.rounded(abs(week["value"] - week["previous"]), decimals)
    relative = week["unit"] != "%" and week["change"] is not None and numbers.rounded(week["change"], 1)
    return ([f"{size:,}"] if size else []) + ([numbers.change(week["change"])] if size and relative else [])


def found(sentence: str) -> list[str]:
    """The numbers of a text; reasons, dates and names aside."""
    return NUMBER.findall(DATES.sub("", NAMES.sub("", sentence)).replace("周报", ""))


def headline_row(ask: Ask, key: str, place: str) -> list[str]:
    week, stands = week_of(ask, key, place), standing(ask, key, place)
    return [
        CATALOGUE[key].name,
        show(stands["value"], key),
        show(week["value"], key) if by_week(key) else NONE,
        show(week["previous"], key) if by_week(key) or CATALOGUE[key].rule != "flow" else NONE,
        compared(ask, key, place),
        changed(stands, "year_change"),
        show(week["target"], key),
        numbers.percent(week["done"]),
        numbers.percent(week["plan"]),
        lamp(week["lamp"]),
    ]


def behind(ask: Ask, theme: str, place: str) -> list[Told]:
    late = [week_of(ask, key, one) for key in PAGES[theme].indicators for one in below(place)]
    late = [one for one in late if one["gap"] is not None and one["lamp"] in ("red", "yellow")]
    return sorted(late, key=lambda one: (one["gap"], one["name"], one["district"]))
