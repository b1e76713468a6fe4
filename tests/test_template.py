"""Templates: what staff download is what the contract accepts."""

from pathlib import Path

import openpyxl
import pytest

from etl.check import check_files
from etl.contract.values import areas
from etl.contract.wording import expects
from etl.sources import SOURCES
from etl.template import write_template
from tests.sending import TODAY, row, send


def filled(path: Path, source: str) -> Path:
    """The template with its own example row typed into the sheet for data."""
    book = openpyxl.load_workbook(write_template(source, path))
    data, example = book.worksheets[0], book["示例"]
    for place, cell in enumerate(example[3], 1):
        data.cell(3, place).value = cell.value
    data["A1"] = "德清县 · 数据截至2023-06-30"
    book.save(path)
    return path


@pytest.mark.parametrize("source", SOURCES)
def test_the_example_row_typed_into_a_template_is_accepted(tmp_path: Path, source: str) -> None:
    others = [send(tmp_path / f"{s}.csv", s, row(s)) for s in ("enterprise", "union", "contract", "station")]
    files = [path for path in others if path.stem != source] + [filled(tmp_path / "模板.xlsx", source)]
    judged = next(v for v in check_files(tmp_path / "none", files, TODAY) if v.file == "模板.xlsx")
    assert [str(s) for s in judged.sentences] == []
    assert (judged.source, judged.read, judged.accepted) == (source, 1, 1)


@pytest.mark.parametrize("source", SOURCES)
def test_a_blank_template_holds_no_rows_and_breaks_no_rule(tmp_path: Path, source: str) -> None:
    judged = check_files(tmp_path / "none", [write_template(source, tmp_path / "a.xlsx")], TODAY)[0]
    assert (judged.source, judged.read, judged.refused, judged.sentences) == (source, 0, False, ())
    assert (judged.district, judged.as_of, judged.status) == (None, None, "reported")


def test_codes_are_text_dates_are_dates_and_required_headers_are_marked(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write_template("enterprise", tmp_path / "a.xlsx")).worksheets[0]
    assert sheet.title == "企业"
    heads = {cell.value: cell for cell in sheet[2]}
    required = [c.label + "*" for c in SOURCES["enterprise"].columns if c.required]
    assert [head for head in heads if head.endswith("*")] == required
    wide = [(d.min, d.max, d.number_format) for d in sheet.column_dimensions.values()]
    formats = {
        name: kind for name, c in heads.items() for first, last, kind in wide if first <= c.column <= last
    }
    assert (formats["统一社会信用代码*"], formats["镇街代码*"]) == ("@", "@")
    assert (formats["成立日期*"], formats["职工人数*"]) == ("yyyy-mm-dd", "General")


def test_drop_down_lists_offer_every_word_of_the_list(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_template("station", tmp_path / "a.xlsx"))
    sheet, lists = book.worksheets[0], book["代码表"]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        head = sheet.cell(2, next(iter(rule.sqref.ranges)).min_col).value.rstrip("*")
        area = rule.formula1.split("!")[1].replace("$", "")
        offered[head] = [cell.value for (cell,) in lists[area]]
    assert offered["坐标系"] == ["CGCS2000", "WGS84", "GCJ-02", "BD-09"]
    assert offered["24小时开放"] == ["是", "否"]
    assert len(offered["镇街代码"]) == 72
    names = {code.value: name.value for code, name in lists["A2:B73"]}
    assert names["330521102"] == "德清县新市镇"


@pytest.mark.parametrize(("code", "towns"), [("330521", 13), ("330523", 15), ("330500", 72)])
def test_a_template_of_a_district_is_titled_and_offers_its_own_towns_alone(
    tmp_path: Path, code: str, towns: int
) -> None:
    """As data/reference/divisions.csv lists them: 13 in 德清县, 15 in 安吉县, 72 in the city."""
    for source in ("station", "target"):
        path = write_template(source, tmp_path / f"{source}.xlsx", code)
        judged = check_files(tmp_path / "none", [path], TODAY)[0]
        assert (judged.source, judged.district, judged.read, judged.sentences) == (source, code, 0, ())
    book = openpyxl.load_workbook(tmp_path / "station.xlsx")
    offered = [cell.value for cell in book["代码表"]["A"][1:] if cell.value]
    assert len(offered) == towns
    assert all(town.startswith(code.removesuffix("00")) for town in offered)
    assert book["示例"]["C3"].value in offered
    listed = openpyxl.load_workbook(tmp_path / "target.xlsx")["代码表"]["A"][1:]
    assert [cell.value for cell in listed] == ([code] if code != "330500" else list(areas()))


def test_the_explanation_tells_the_rule_of_every_column(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write_template("contract", tmp_path / "a.xlsx"))["填写说明"]
    told = {line[0]: line for line in sheet.iter_rows(min_row=7, values_only=True)}
    for column in SOURCES["contract"].columns:
        must = "是" if column.required else "否"
        assert told[column.label][2:5] == (must, column.meaning, expects(column))
