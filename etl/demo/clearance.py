"""The 应建未建 ledger, consistent with the enterprises and unions: what is closed had its reason happen."""

import numpy as np
import pandas as pd

from etl.demo import world
from etl.demo.world import COUNTIES, FIRST, LAST, NO_DAY, World

DAY = np.timedelta64(1, "D")
LISTINGS = np.array(["2021-01-01", "2022-01-01", "2023-01-01"], dtype="datetime64[D]")  # the frozen lists


def ledger(world_: World, firms: pd.DataFrame, unions: pd.DataFrame, cover: pd.DataFrame) -> pd.DataFrame:
    """Columns of the source `clearance_ledger`, and county_no."""
    rng = world_.rng("clearance_ledger")
    frame = pd.concat(
        [
            _joined(rng, firms, unions[unions["firm_no"] >= 0], "approved_on", "own_union"),
            _joined(rng, firms, cover, "covered_from", "covered"),
            _left(rng, firms, unions, cover),
            _open(rng, firms, unions, cover),
            _shrunk(rng, firms, unions, cover),
        ],
        ignore_index=True,
    )
    frame = frame.drop_duplicates("firm_no").reset_index(drop=True)
    opened = firms["opened_on"].to_numpy()[frame["firm_no"]].astype("datetime64[D]")
    frame = frame[frame["listed_on"].to_numpy() > opened].reset_index(drop=True)
    return _described(world_, firms, frame)


def _pooled(firms: pd.DataFrame) -> np.ndarray:
    return (firms["employees"] >= 25).to_numpy() | (firms["above_scale_years"] != "").to_numpy()


def _joined(
    rng: np.random.Generator, firms: pd.DataFrame, rows: pd.DataFrame, since: str, reason: str
) -> pd.DataFrame:
    """Firms of the pools that got a union, or were covered, inside the window."""
    found = rows[(rows[since] > FIRST + 20) & (rows[since] <= LAST - 8)]
    found = found[_pooled(firms)[found["firm_no"]]]
    day = found[since].to_numpy().astype("datetime64[D]")
    listed = _listed_before(rng, day)
    closed = np.minimum(day + rng.integers(0, 14, len(day)), LAST)
    return pd.DataFrame(
        {"firm_no": found["firm_no"], "listed_on": listed, "closed_on": closed, "close_reason": reason}
    )


def _listed_before(rng: np.random.Generator, day: np.ndarray) -> np.ndarray:
    """Most stood on the yearly list, some were added during the year shortly before."""
    yearly = np.searchsorted(LISTINGS, day, side="left") - 1
    earlier = LISTINGS[np.maximum(yearly - (rng.random(len(day)) < 0.25), 0)]
    added = day - rng.integers(10, 60, len(day))
    listed = np.where(rng.random(len(day)) < 0.8, earlier, added)
    return np.minimum(listed.astype("datetime64[D]"), day - 5)


def _unclaimed(firms: pd.DataFrame, unions: pd.DataFrame, cover: pd.DataFrame) -> np.ndarray:
    has = np.zeros(len(firms), dtype=bool)
    has[unions["firm_no"][unions["firm_no"] >= 0]] = True
    has[cover["firm_no"]] = True
    return ~has


def _left(
    rng: np.random.Generator, firms: pd.DataFrame, unions: pd.DataFrame, cover: pd.DataFrame
) -> pd.DataFrame:
    gone = firms[_unclaimed(firms, unions, cover) & firms["closed_on"].notna().to_numpy()]
    gone = gone[_pooled(gone) | (rng.random(len(gone)) < 0.3)]
    day = gone["closed_on"].to_numpy().astype("datetime64[D]")
    closed = np.minimum(day + rng.integers(0, 20, len(day)), LAST)
    return pd.DataFrame(
        {
            "firm_no": gone.index,
            "listed_on": _listed_before(rng, day),
            "closed_on": closed,
            "close_reason": "left",
        }
    )


def _open(
    rng: np.random.Generator, firms: pd.DataFrame, unions: pd.DataFrame, cover: pd.DataFrame
) -> pd.DataFrame:
    """Still without a union: most on the last yearly lists, some added since."""
    still = _unclaimed(firms, unions, cover) & _pooled(firms) & firms["closed_on"].isna().to_numpy()
    number = firms.index[still].to_numpy()
    opened = firms["opened_on"].to_numpy()[number].astype("datetime64[D]")
    yearly = rng.choice(LISTINGS, len(number), p=(0.4, 0.3, 0.3))
    added = world.days_between(rng, "2021-02-01", "2023-06-20", len(number))
    listed = np.where(rng.random(len(number)) < 0.82, yearly, added)
    listed = np.where(opened + 90 > listed, opened + 120, listed)
    frame = pd.DataFrame({"firm_no": number, "listed_on": listed, "closed_on": NO_DAY, "close_reason": None})
    return frame[(frame["listed_on"] <= LAST)]


def _shrunk(
    rng: np.random.Generator, firms: pd.DataFrame, unions: pd.DataFrame, cover: pd.DataFrame
) -> pd.DataFrame:
    """Firms that once had 25 and fell below: struck off for that."""
    small = _unclaimed(firms, unions, cover) & firms["employees"].between(15, 24).to_numpy()
    old = (firms["opened_on"] < np.datetime64("2019-01-01")) & (firms["above_scale_years"] == "")
    number = firms.index[small & old & firms["closed_on"].isna() & (rng.random(len(firms)) < 0.30)].to_numpy()
    day = world.days_between(rng, FIRST + 60, LAST, len(number))
    return pd.DataFrame(
        {
            "firm_no": number,
            "listed_on": _listed_before(rng, day),
            "closed_on": day,
            "close_reason": "too_small",
        }
    )


def _described(world_: World, firms: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    of = firms.iloc[frame["firm_no"].to_numpy()].reset_index(drop=True)
    frame["county_no"], frame["town"], frame["uscc"] = of["county_no"], of["town"], of["uscc"]
    listed = (of["above_scale_years"] != "") & (of["employees"] < 100)
    frame["pool"] = np.select([of["employees"] >= 100, listed], ["p100", "above_scale"], "p25").astype(object)
    town_names = world_.towns["name"].to_numpy()[of["town_no"]]
    frame["owner_unit"] = [f"{name}总工会" for name in town_names]
    frame = frame.sort_values(["county_no", "listed_on", "firm_no"], kind="stable").reset_index(drop=True)
    county = np.array(list(COUNTIES), dtype=object)[frame["county_no"]]
    frame["item_id"] = world.numbered("TZ" + county + "-", world.serials(county), 4)
    return frame
