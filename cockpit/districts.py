"""The tree of districts: the root city, its counties, their towns. The only list there is."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"
Level = Literal["city", "county", "town"]
LEVELS: dict[str, Level] = {"2": "city", "3": "county", "4": "town"}


class UnknownDistrict(LookupError):
    """A district code from outside that the tree does not hold; args[0] is a sentence."""


@dataclass(frozen=True)
class District:
    """One node of the tree. `code` has 6 digits (city, county) or 9 (town); the root has no parent."""

    code: str
    name: str
    level: Level
    parent: str | None


def _read(root: str) -> Iterator[District]:
    """The root and all below it; divisions.csv lists parents before children."""
    inside = {root}
    with (REFERENCE / "divisions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"] in inside or row["parent_code"] in inside:
                inside.add(row["code"])
                parent = None if row["code"] == root else row["parent_code"]
                yield District(row["code"], row["name"], LEVELS[row["level"]], parent)


SITE = tomllib.loads((REFERENCE / "site.toml").read_text(encoding="utf-8"))
_ALL = {district.code: district for district in _read(SITE["root"])}
_CHILDREN = {code: [d for d in _ALL.values() if d.parent == code] for code in _ALL}
ROOT = _ALL[SITE["root"]]


def get(code: str) -> District:
    """The district with this code; UnknownDistrict with a sentence otherwise."""
    if code not in _ALL:
        raise UnknownDistrict(
            f"没有代码为“{code[:20]}”的区划。请使用{ROOT.name}及所属区县（6位）、镇街（9位）的代码。"
        )
    return _ALL[code]


def children(code: str) -> list[District]:
    """The districts right below, in the order of their codes; a town has none."""
    return _CHILDREN[code]


def siblings(code: str) -> list[District]:
    """The districts under the same parent, this one included; the root stands alone."""
    parent = _ALL[code].parent
    return _CHILDREN[parent] if parent else [_ALL[code]]


def counties(code: str) -> list[District]:
    """The counties a district is made of or lies in: all of a city, itself, or a town's own."""
    district = _ALL[code]
    if district.level == "city":
        return _CHILDREN[code]
    return [district if district.level == "county" else _ALL[code[:6]]]


def prefix(code: str) -> str:
    """What the town codes inside begin with: '3305', '330521', '330521102'."""
    return code[:4] if _ALL[code].level == "city" else code
