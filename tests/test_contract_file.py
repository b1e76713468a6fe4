"""The contract on whole files: cell types, headers, sheets, titles, and what is told of them."""

from pathlib import Path

import pytest

from etl.check import check_files
from etl.sources import SOURCES
from tests.sending import TITLE, TODAY, USCC, csv_bytes, lines, row, send, told, verdict, workbook


@pytest.mark.parametrize("column", ["uscc", "union_id"])
def test_a_code_stored_as_a_number_is_rejected_however_it_looks(tmp_path: Path, column: str) -> None:
    """A number cell that shows a right code has still been through Excel's 15 digits."""
    table: list[list[object]] = [list(line) for line in lines("union", row("union"))]
    place = [c.key for c in SOURCES["union"].columns].index(column)
    table[2][place] = 913305210000000000 if column == "uscc" else 12
    judged = check_files(tmp_path, [workbook(tmp_path / "工会.xlsx", {"工会": table})], TODAY)[0]
    damaged = [s for s in judged.sentences if "已损坏" in s.expected]
    assert [(s.row, s.column) for s in damaged] == [(3, SOURCES["union"].column(column).label)]
    assert judged.accepted == 0


def test_a_month_in_a_number_cell_is_refused_where_october_would_look_like_january(tmp_path: Path) -> None:
    visit = lines("station_visit", row("station_visit"), row("station_visit"), row("station_visit"))
    table: list[list[object]] = [list(line) for line in visit]
    table[2][1], table[3][1], table[4][1] = 2023.1, 2023.5, "2023.1"
    files = [
        workbook(tmp_path / "月报.xlsx", {"月报": table}),
        send(tmp_path / "站点.csv", "station", row("station")),
    ]
    judged = check_files(tmp_path / "none", files, TODAY)[1]
    assert [(s.row, s.found) for s in judged.sentences] == [(3, "2023.1")]
    assert judged.rows is not None
    assert [str(day) for day in judged.rows["month"].to_pylist()] == ["2023-05-31", "2023-01-31"]


def test_a_header_that_fits_no_source_refuses_the_file_and_names_what_is_missing(tmp_path: Path) -> None:
    table = [
        ["培训编号", "培训名称", "镇街代码", "开班日期", "形式"],
        ["1", "a", "330521102", "2023-01-01", "线下"],
    ]
    (tmp_path / "x.csv").write_bytes(csv_bytes(table))
    judged = check_files(tmp_path, [tmp_path / "x.csv"], TODAY)[0]
    assert judged.refused
    assert told(judged) == ["表头最像“培训”，但缺少必需的列“培训人次”，整份退回。"]


def test_columns_stand_in_any_order_and_headers_may_carry_asterisks_and_blanks(tmp_path: Path) -> None:
    table = [
        [cell + "*" for cell in line] if i == 1 else line
        for i, line in enumerate(lines("contest", row("contest")))
    ]
    turned = [
        table[0],
        *(
            [" 备 注", *reversed(line)] if i == 0 else ["无", *reversed(line)]
            for i, line in enumerate(table[1:])
        ),
    ]
    (tmp_path / "x.csv").write_bytes(csv_bytes(turned, "gb18030"))
    judged = check_files(tmp_path, [tmp_path / "x.csv"], TODAY)[0]
    assert (judged.accepted, judged.source, told(judged)) == (1, "contest", [])


def test_sheets_of_two_sources_in_one_file_are_refused(tmp_path: Path) -> None:
    sheets = {name: [list(line) for line in lines(name, row(name))] for name in ("training", "contest")}
    judged = check_files(tmp_path, [workbook(tmp_path / "x.xlsx", sheets)], TODAY)[0]
    assert judged.refused
    assert told(judged) == ["一份文件只能有一种数据，这里有“培训”“竞赛”，请分开发送。"]


def test_several_sheets_of_one_source_are_one_file_and_others_are_named(tmp_path: Path) -> None:
    first = [list(line) for line in lines("training", row("training"))]
    second = [list(line) for line in lines("training", row("training", training_id="PX-2"))]
    sheets = {"上半年": first, "下半年": [[], *second], "随手记": [["备忘"], ["下周开会"]], "示例": first}
    judged = check_files(tmp_path, [workbook(tmp_path / "x.xlsx", sheets)], TODAY)[0]
    assert judged.rows is not None
    assert [(r["_sheet"], r["_row"]) for r in judged.rows.to_pylist()] == [("上半年", 3), ("下半年", 4)]
    assert [(s.sheet, s.row) for s in judged.sentences] == [("随手记", None)]


def test_a_data_date_in_the_future_or_unreadable_refuses_the_file(tmp_path: Path) -> None:
    late = verdict(tmp_path / "1", "training", row("training"), title="德清县 数据截至2023-07-02")
    odd = verdict(tmp_path / "2", "training", row("training"), title="德清县 数据截至2023-13-40")
    why = "“数据截至”的日期在将来，整份退回，请核对；日期无误的，到那一天会自动重新核对。"
    assert (late.refused, told(late), late.not_before) == (True, [why], "2023-07-02")
    assert (odd.refused, odd.sentences[0].found) == (True, "2023-13-40")


def test_what_was_found_is_cut_and_never_shows_what_looks_personal(tmp_path: Path) -> None:
    long = verdict(tmp_path, "training", row("training", form="很长" * 40))
    assert long.sentences[0].found == "很长" * 19 + "很…"


def test_an_empty_table_of_a_declared_district_is_a_report_of_nothing(tmp_path: Path) -> None:
    judged = verdict(tmp_path, "training", title=TITLE)
    assert (judged.district, judged.as_of, judged.read, judged.refused) == ("330521", "2023-06-30", 0, False)


def test_the_credit_code_in_capitals_without_blanks_is_stored(tmp_path: Path) -> None:
    spaced = f"{USCC[:8].lower()} {USCC[8:].lower()}"
    judged = verdict(tmp_path, "enterprise", row("enterprise", uscc=spaced))
    assert judged.rows is not None
    assert judged.rows["uscc"].to_pylist() == [USCC]


def test_a_csv_row_longer_than_its_header_is_rejected_and_a_note_in_a_workbook_is_not(tmp_path: Path) -> None:
    """An unquoted comma in a name would shift every cell after it."""
    table = [
        *lines("training", row("training")),
        [*lines("training", row("training", training_id="2"))[2], "另记"],
    ]
    (tmp_path / "a.csv").write_bytes(csv_bytes(table))
    noted = workbook(tmp_path / "b.xlsx", {"培训": [list(line) for line in table]})
    comma, note = check_files(tmp_path, [tmp_path / "a.csv", noted], TODAY)
    assert [(s.row, s.expected) for s in comma.sentences] == [
        (4, "与表头一样长的一行（这一行多出了格，可能有逗号没有加引号）")
    ]
    assert (comma.accepted, note.accepted) == (1, 2)


def test_a_refused_file_keeps_the_status_its_title_claims(tmp_path: Path) -> None:
    for title, status in (("【演示数据】德清县 · 活动", "demo"), ("德清县 · 活动", "reported")):
        sent = tmp_path / "活动.csv"
        sent.write_text(f"{title}\n甲,乙\n1,2\n", "utf-8")
        [refused] = check_files(tmp_path / "data", [sent])
        assert (refused.refused, refused.status) == (True, status)
