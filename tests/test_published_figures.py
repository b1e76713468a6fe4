"""公开数据清单：格式、关键数值，并与原文逐条核对（原文不入库，存在时才核对）。

period_kind 为 point 的行，数值是 period_end 当日的状态，period_start 只是该文件的报告期起点。
"""

import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CSV = ROOT / "data" / "reference" / "published_figures.csv"
SEEDS = ROOT.parent / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="公开原文不随仓库分发，未找到 ../shared/seeds")

COLUMNS = [
    *("id", "place_code", "place", "period_start", "period_end", "period_kind", "measure_kind", "topic"),
    *("indicator", "label", "value", "unit", "precision", "written"),
    *("document", "title", "locator", "trap", "note"),
]
PLACES = {"330500": "湖州市", "330521": "德清县", "330182": "建德市", "330114": "钱塘区"}
CLOSED = {
    "period_kind": "half_year year five_years goal point event",
    "measure_kind": "flow stock cumulative share goal",
    "precision": "exact at_least about",
    "topic": "技能提升 工资集体协商 工会组建 户外站点 新就业形态 普惠帮扶 健康保障 疗休养 思想引领 建功立业 "
    "法律维权 安全生产 和谐劳动关系 民主管理 阵地建设 就业服务 经费与监督 自身建设 文体活动",
    "unit": "人 人次 家 个 户 场 次 期 份 件 条 项 对 支 门 所 册 辆 批次 元 %",
    "trap": "person_times cumulative hosted premium_vs_claim contracts_vs_enterprises household_vs_person "
    "overlap_unstated pilot_only",
    "indicator": "skill_promotions skill_promoted_persons skill_upgrades new_skill_certs training_sessions "
    "training_attendances contest_events contest_entries edu_aid_persons edu_aid_amount studios "
    "pioneer_teams five_small mentor_pairs enterprises_covered nengji_enterprises nengji_workers "
    "wage_growth_nengji wrc_rate harmony_rate bargain_models unions_new members_new supervision_rate "
    "stations_open stations_new baby_rooms reading_rooms worker_homes service_centers mutual_insured "
    "claims_cnt claims_amt relief_persons relief_amt recuperation_sent recuperation_hosted "
    "local_tour_award cooling_persons cooling_amt health_checks job_fairs jobs_posted job_intents "
    "morning10_events lectures commissars volunteers vol_person_times disputes disputes_persons "
    "disputes_amt consults checkups law_events aid_cases inspected opinions petitions hazards "
    "nef_unions nef_members_new nef_service_rate dues_refund dues_deferred",
}
ROWS_PER_DOCUMENT = {"S0": 62, "S1": 31, "S2": 71, "S3": 60, "S4": 31}
# 编号 → (指标, 数值, 单位, 精度)；演示数据须与其中湖州市各行对得上。
PINNED = {
    "S4-004": ("contest_events", 408, "场", "exact"),
    "S4-005": ("contest_entries", 21100, "人次", "exact"),
    "S4-011": ("skill_promotions", 7300, "人次", "exact"),
    "S4-016": ("nengji_enterprises", 2087, "家", "exact"),
    "S4-017": ("nengji_workers", 191200, "人", "exact"),
    "S4-019": ("unions_new", 179, "家", "exact"),
    "S4-020": ("members_new", 15000, "人", "at_least"),
    "S4-022": ("nef_unions", 29, "家", "exact"),
    "S4-023": ("nef_members_new", 6473, "人", "exact"),
    "S4-027": ("stations_new", 22, "家", "exact"),
    "S0-021": ("commissars", 206, "人", "exact"),
    "S1-009": ("recuperation_hosted", 53800, "人次", "at_least"),
    "S2-036": ("", 723510, "元", "exact"),
    "S3-012": ("skill_promoted_persons", 289, "人", "exact"),
}
# 原文量词 → 本表单位；其余量词原样照录。
UNITS = dict(名={"人"}, 场次={"场"}, 所={"家"}, 起={"件"}, 个={"个", "家", "项"}, 家={"家", "个"})
CHINESE = dict(zip("一二三四五六七八九十百千万", [*range(1, 11), 100, 1000, 10000], strict=True))
AMOUNT = re.compile(
    r"(?P<before>近|超|突破)?(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九十百千万])"
    r"(?P<more>[余多]?)(?P<wan>万?)(?P<more2>[余多]?)"
    r"(?P<unit>人次|批次|场次|大(?=功能模块)|[人名家户个场次期份件条项对支门所册辆元起%])(?:功能模块)?(?P<after>以上|左右)?"
)
# 凡原文中的数字，以及“近千”“上万”一类概数，不是入表就要列在下面。
TOKEN = re.compile(r"(?:近|超|突破)?\d+(?:\.\d+)?|[近超逾上][百千万](?=余|多|人|名|家|场|元)")
DATES = re.compile(r"20\d\d年|\d{1,2}月(?:\d{1,2}日|底)?")  # 日期，不是工作量
NOT_FIGURES = {  # (文件, 行) → 不入表的原文数字
    ("S0", 59): ["113"],  # “113+X”体系名称
    ("S1", 33): ["926"],  # “926工匠日”节日名称
    ("S1", 41): ["30"],  # 文件别称“产改工作30条”
    ("S1", 51): ["3"],  # “3X”体系名称
    ("S2", 15): ["2023"],  # 年度报告标题
    ("S2", 41): ["15"],  # 政策名称“助力复工复产15条措施”
    ("S2", 93): ["1"],  # “1+N”体系名称
    ("S3", 33): ["138", "15", "4", "3", "4", "7"],  # “138”工程名称；其后五个数与第 19 行重复
    ("S3", 93): ["138"],  # “138”工程名称
    ("S4", 155): ["1232"],  # “1232”工作体系名称
    ("S4", 232): ["9"],  # “9+X”服务包名称
    ("S4", 264): ["9"],  # “9+X”服务包名称
    ("S4", 267): ["9"],  # “9+X”中九项服务的列举
}


def figures() -> list[dict[str, str]]:
    with CSV.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def document(name: str) -> tuple[str, tuple[int, ...]]:
    """去掉空白与加粗星号后的全文，及每个字符所在的原文行号。"""
    lines = (SEEDS / name).read_text(encoding="utf-8-sig").split("\n")
    kept = [(c, i) for i, line in enumerate(lines, 1) for c in line if not c.isspace() and c != "*"]
    return "".join(c for c, _ in kept), tuple(i for _, i in kept)


def parse(written: str) -> tuple[Decimal, str, str]:
    """原文写法 → (数值, 精度, 原文量词)。"""
    found = AMOUNT.fullmatch(written)
    assert found, f"读不懂的写法：{written}"
    number = Decimal(CHINESE[found["number"]] if found["number"] in CHINESE else found["number"])
    hedges = {found[part] for part in ("before", "more", "more2", "after")}
    at_least, about = hedges & {"余", "多", "超", "突破", "以上"}, hedges & {"近", "左右"}
    precision = "about" if about else "at_least" if at_least else "exact"
    return number * (10000 if found["wan"] else 1), precision, found["unit"].replace("大", "个")


@cache
def places() -> dict[str, list[tuple[int, int]]]:
    """每个文件中已被各行认领的字符区间；同行的相同写法按表中次序逐个认领，不得共用。"""
    claimed: dict[str, list[tuple[int, int]]] = {}
    for row in figures():
        text, lines = document(row["document"])
        taken = claimed.setdefault(row["document"], [])
        first, last = (int(n) for n in (row["locator"].split("-") * 2)[:2])
        for found in re.finditer(rf"(?<![\d.]){re.escape(row['written'])}", text):
            inside = (lines[found.start()], lines[found.end() - 1]) == (first, last)
            if inside and found.span() not in taken:
                taken.append(found.span())
                break
        else:
            pytest.fail(f"{row['id']}：第 {row['locator']} 行找不到“{row['written']}”")
    return claimed


def test_file_is_plain_utf8_with_the_declared_columns() -> None:
    assert not CSV.read_bytes().startswith(b"\xef\xbb\xbf")
    assert CSV.read_text(encoding="utf-8").splitlines()[0].split(",") == COLUMNS


def test_rows_per_document_and_ids() -> None:
    rows = figures()
    assert Counter(row["id"][:2] for row in rows) == ROWS_PER_DOCUMENT
    assert len(rows) == 255
    expected = [f"{name}-{i:03d}" for name, count in ROWS_PER_DOCUMENT.items() for i in range(1, count + 1)]
    assert [row["id"] for row in rows] == expected
    assert all(row["document"].startswith(f"00{row['id'][1]}_") for row in rows)


@pytest.mark.parametrize("column", CLOSED)
def test_coded_columns_use_closed_lists(column: str) -> None:
    allowed = set(CLOSED[column].split()) | ({""} if column in ("trap", "indicator") else set())
    assert {row[column] for row in figures()} <= allowed


def test_places_dates_values_and_texts() -> None:
    for row in figures():
        assert PLACES[row["place_code"]] == row["place"], row["id"]
        start, end = date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"])
        assert start < end or (start == end and row["period_kind"] == "event"), row["id"]
        assert (row["measure_kind"] == "goal") == (row["period_kind"] == "goal"), row["id"]
        assert (row["measure_kind"] in ("stock", "share")) == (row["period_kind"] == "point"), row["id"]
        assert 2 <= len(row["label"]) <= 20 and len(row["note"]) <= 60, row["id"]


@pytest.mark.parametrize("key", PINNED)
def test_key_rows(key: str) -> None:
    row = next(row for row in figures() if row["id"] == key)
    assert (row["indicator"], int(row["value"]), row["unit"], row["precision"]) == PINNED[key]


def test_written_form_says_the_same_value_unit_and_precision() -> None:
    for row in figures():
        value, precision, unit = parse(row["written"])
        assert (row["id"], Decimal(row["value"]), row["precision"]) == (row["id"], value, precision)
        assert row["unit"] in UNITS.get(unit, {unit}), row["id"]


@needs_seeds
def test_every_row_stands_in_its_document_at_its_lines() -> None:
    assert {name: len(spans) for name, spans in places().items()} == Counter(r["document"] for r in figures())
    for name, spans in places().items():
        assert all(a[1] <= b[0] for a, b in pairwise(sorted(spans))), f"{name} 有两行认领同一处数字"


@needs_seeds
def test_no_figure_of_the_documents_is_forgotten() -> None:
    left: dict[tuple[str, int], list[str]] = {}
    for name, spans in places().items():
        text, lines = document(name)
        known = [*spans, *(found.span() for found in DATES.finditer(text))]
        for found in TOKEN.finditer(text):
            # 认领须到量词为止：表中写“人”而原文为“人次”，或漏写“余”，同样算遗漏。
            whole = AMOUNT.match(text, found.start()) or found
            if not any(a <= found.start() and whole.end() <= b for a, b in known):
                left.setdefault((f"S{name[2]}", lines[found.start()]), []).append(found.group())
    assert left == NOT_FIGURES
