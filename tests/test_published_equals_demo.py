"""What the demonstration counts for the first half of 2023 is what was published for it.

No figure stands here: the published list gives value, place and period, the readings give the count.
"""

import csv
from pathlib import Path

import pytest

from cockpit.value import value
from tests.demo_root import demo_root

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"
CALIBRATED = ("004", "005", "011", "016", "017", "019", "020", "022", "023", "027")
# These two were published for 新就业形态 alone: the catalogue counts them by a breakdown.
PARTS = {"S4-022": ("unions_new", "nef", "yes"), "S4-027": ("stations_new", "nef", "yes")}


def published() -> dict[str, dict[str, str]]:
    with (REFERENCE / "published_figures.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("figure", [f"S4-{number}" for number in CALIBRATED])
def test_demonstration_counts_what_was_published(
    figure: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    row = published()[figure]
    indicator, by, code = PARTS.get(figure, (row["indicator"], None, None))
    period = f"{row['period_start']}..{row['period_end']}"
    if row["period_kind"] == "point":  # a stock at a day is the same for any period that ends on it
        period = f"{row['period_end']}..{row['period_end']}"
    told = value(demo_root(tmp_path_factory), indicator, row["place_code"], period, by)
    counted = told["value"] if by is None else {r["code"]: r["value"] for r in told["rows"]}[code]
    assert counted == float(row["value"])
    assert (told["unit"], told["status"]) == (row["unit"], "demo")


def test_the_default_period_is_the_published_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    row = published()["S4-011"]
    told = value(demo_root(tmp_path_factory), row["indicator"])
    assert (told["district"], told["start"], told["end"]) == (
        row["place_code"],
        row["period_start"],
        row["period_end"],
    )
