"""Training sessions and contests: 408 contests with 21,100 entries in the first half of 2023."""

import numpy as np
import pandas as pd

from etl.demo import world
from etl.demo.world import CONTESTS, COUNTIES, EXAMS, World

TRAININGS, ATTENDANCES = (268, 330, 192), (35100, 43600, 25700)
EVENTS, ENTRIES = (520, 620, 408), (25800, 31200, 21100)
SUBJECTS = (
    "电工",
    "焊工",
    "车工",
    "钳工",
    "叉车驾驶",
    "纺织挡车",
    "养老护理",
    "快递业务",
    "电商运营",
    "电梯维修",
)
CONTEST_SHARE = (0.22, 0.17, 0.24, 0.23, 0.14)
LATE_COUNTY, LATE_SINCE = 3, np.datetime64("2023-06-01")  # 长兴县 sends its 培训 file a month late


def trainings(world_: World) -> pd.DataFrame:
    """Columns of the source `training`, and county_no. The late county's last month has not been sent."""
    rng = world_.rng("training")
    frame = _happenings(rng, world_, world.monthly(_times(TRAININGS, world_), EXAMS), "PX", "技能提升班")
    frame["attendances"] = _people(rng, frame["held_on"], _times(ATTENDANCES, world_), 6.0)
    frame["form"] = world.choose(rng, {"offline": 82, "online": 18}, len(frame))
    late = (frame["county_no"] == LATE_COUNTY) & (frame["held_on"] >= LATE_SINCE)
    return frame[~late].reset_index(drop=True).rename(columns={"event_id": "training_id"})


def contests(world_: World) -> pd.DataFrame:
    """Columns of the source `contest`, and county_no."""
    rng = world_.rng("contest")
    counts = world.monthly(_times(EVENTS, world_), CONTESTS, CONTEST_SHARE)
    frame = _happenings(rng, world_, counts, "JS", "职业技能竞赛")
    frame["entries"] = _people(rng, frame["held_on"], _times(ENTRIES, world_), 3.0)
    levels = {"enterprise": 61, "county": 27, "city": 9, "province": 2.5, "national": 0.5}
    frame["level"] = world.choose(rng, levels, len(frame))
    return frame.rename(columns={"event_id": "contest_id"})


def _times(totals: tuple[int, int, int], world_: World) -> list[int]:
    return [total * world_.scale for total in totals]


def _happenings(
    rng: np.random.Generator, world_: World, counts: np.ndarray, prefix: str, ending: str
) -> pd.DataFrame:
    county_no, month_no = world.spread(counts)
    town_no = world_.pick_towns(rng, county_no)
    frame = pd.DataFrame({"county_no": county_no, "held_on": world.days_in(rng, month_no)})
    frame["town"] = world_.towns["code"].to_numpy()[town_no]
    subject = rng.choice(np.array(SUBJECTS, dtype=object), len(frame))
    frame["name"] = world_.towns["name"].to_numpy()[town_no] + subject + ending
    county = np.array(list(COUNTIES), dtype=object)[county_no]
    frame["event_id"] = world.numbered(prefix + county + "-", world.serials(county), 4)
    return frame.sort_values(["county_no", "held_on"], kind="stable").reset_index(drop=True)


def _people(rng: np.random.Generator, day: pd.Series, totals: list[int], shape: float) -> np.ndarray:
    """At least ten each; the sums of 2021, 2022 and 2023-H1 are exactly `totals`."""
    people = np.full(len(day), 10, dtype=np.int64)
    for year, total in zip((2021, 2022, 2023), totals, strict=True):
        mine = np.flatnonzero(day.dt.year == year)
        people[mine] += world.share(total - 10 * len(mine), rng.gamma(shape, 1.0, len(mine)))
    return people
