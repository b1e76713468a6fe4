"""Cells as staff leave them: understood rightly, or told in one sentence. No wrong number gets in."""

from pathlib import Path

import pytest

from etl.check import check_files
from etl.contract import FileVerdict
from tests.made_workbook import MAIN, book, related, rows, sheet, trainings
from tests.sending import TODAY, csv_bytes, lines, row, send

UNCOMPUTED = "公式没有算出结果，请用 Excel 或 WPS 打开、保存后重发，或直接填数值"


def judged(path: Path) -> FileVerdict:
    (verdict,) = check_files(path.parent / "none", [path], TODAY)
    assert verdict.read == verdict.accepted + verdict.rejected
    return verdict


def told(verdict: FileVerdict) -> list[str]:
    """Messages without the file's name and the colon after it."""
    return [s.message.removeprefix(f"文件“{verdict.file}”").replace("：", "", 1) for s in verdict.sentences]


def values(verdict: FileVerdict, column: str) -> list[object]:
    assert verdict.rows is not None
    return verdict.rows[column].to_pylist()


def of_cells(folder: Path, *cells: dict[str, str | int | float | None], **more: str) -> FileVerdict:
    """One training per dictionary of changed cells, in a workbook; `more` goes to the sheet."""
    return judged(book(folder / "a.xlsx", sheet(rows(trainings(*cells)), **more)))


def test_a_formula_counts_as_the_result_that_was_saved(tmp_path: Path) -> None:
    found = of_cells(tmp_path, {"attendances": "<f>60*2</f><v>120</v>|"})
    assert (told(found), values(found, "attendances")) == ([], [120])


@pytest.mark.parametrize(
    "inside", ["<f>A1</f>", "<f>A1</f><v/>", "<f>A1</f><v></v>", '<f t="shared" si="0"/>']
)
def test_a_formula_without_a_result_is_not_an_empty_cell(tmp_path: Path, inside: str) -> None:
    found = judged(book(tmp_path / "a.xlsx", sheet(_contract_with_end(inside))))
    assert (found.accepted, told(found)) == (0, [f"工作表“一”第3行“解除日期”没有填，{UNCOMPUTED}。"])


def _contract_with_end(inside: str) -> str:
    """A contract without an enterprise, whose optional last column holds this."""
    cells = {"scope": "区域", "uscc": "", "terminated_on": inside}
    return rows([list(line) for line in lines("contract", row("contract", **cells))])


def test_a_formula_whose_result_is_the_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    for inside in ('<f>IF(A1="","","x")</f><v></v>|str', "<f>A1</f><v/>|str"):
        found = judged(book(tmp_path / "a.xlsx", sheet(_contract_with_end(inside))))
        assert (told(found), values(found, "terminated_on")) == ([], [None])


def test_results_that_are_still_to_be_computed_do_not_count(tmp_path: Path) -> None:
    """Programs that write formulas without computing them leave a zero and say so."""
    table = trainings({"attendances": "<f>60*2</f><v>0</v>|"}, {"attendances": 7})
    path = book(tmp_path / "a.xlsx", sheet(rows(table)), calc='<calcPr fullCalcOnLoad="1"/>')
    found = judged(path)
    assert [(s.row, s.column, s.found) for s in found.sentences] == [(3, "培训人次", "0")]
    assert values(found, "attendances") == [7]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_an_error_value_is_told_and_not_taken_for_empty(tmp_path: Path, error: str) -> None:
    for inside in (f"<v>{error}</v>|e", f"<f>1/0</f><v>{error}</v>|e"):
        found = judged(book(tmp_path / "a.xlsx", sheet(_contract_with_end(inside))))
        assert told(found) == [
            f"工作表“一”第3行“解除日期”填的是“{error}”，应为正确的结果，请改正公式或直接填数值。"
        ]
    assert judged(send(tmp_path / "a.csv", "training", row("training", name=error))).accepted == 0


def test_a_formula_that_reads_another_file_is_read_as_saved_and_told(tmp_path: Path) -> None:
    found = of_cells(tmp_path, {"attendances": "<f>[1]Sheet1!B2</f><v>120</v>|"})
    assert told(found) == ["工作表“一”有公式引用别的文件，按保存时的结果读入，请核对。"]
    assert values(found, "attendances") == [120]


def test_merged_cells_are_not_guessed(tmp_path: Path) -> None:
    table = trainings({}, {"form": None}, {})
    merge = '<mergeCells count="2"><mergeCell ref="A1:F1"/><mergeCell ref="E3:E4"/></mergeCells>'
    found = judged(book(tmp_path / "a.xlsx", sheet(rows(table), after=merge)))
    assert told(found) == [
        "工作表“一”第3行“形式”填的是“线下”，应为不合并的单元格，请取消合并后逐行填写。",
        "工作表“一”第4行“形式”没有填，它在合并单元格里，请取消合并后逐行填写。",
    ]
    assert values(found, "training_id") == ["PX-3"]


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    marks = {2: 'hidden="1"', 4: 'hidden="1"', 5: 'hidden="true"', 6: 'hidden="0"'}
    found = judged(book(tmp_path / "a.xlsx", sheet(rows(trainings({}, {}, {}, {}), marks))))
    assert told(found) == ["工作表“一”第4、5行是隐藏的，也一并读入（共2行），请核对。"]
    assert found.accepted == 4


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read_and_told(tmp_path: Path, state: str) -> None:
    sheets = sheet(rows(trainings({}))), sheet(rows(trainings({"training_id": "旧-1"})))
    marks = ("", f'state="{state}"')
    found = judged(book(tmp_path / "a.xlsx", *sheets, states=marks))
    sentence = "工作表“二”是隐藏的，没有读取；要报送的请取消隐藏后重发。"
    assert (told(found), values(found, "training_id")) == ([sentence], ["PX-1"])
    assert told(judged(book(tmp_path / "b.xlsx", *sheets[::-1], states=marks[::-1])))[0].startswith(
        "工作表“一”"
    )


DATES = ["2023-04-10", "2023/4/10", "2023.4.10", "2023年4月10日", "20230410", "２０２３－０４－１０", 45026]


def test_a_date_in_any_notation_is_the_same_day(tmp_path: Path) -> None:
    found = of_cells(tmp_path, *({"held_on": day} for day in DATES))
    assert (told(found), {str(day) for day in values(found, "held_on")}) == ([], {"2023-04-10"})


def test_a_bare_number_is_no_date_where_days_count_from_1904(tmp_path: Path) -> None:
    table = trainings({"held_on": 43564}, {"held_on": "2023-04-10"})
    found = judged(book(tmp_path / "a.xlsx", sheet(rows(table)), settings='<workbookPr date1904="1"/>'))
    assert told(found) == [
        "工作表“一”第3行“开班日期”填的是“43564”，"
        "应为日期格式的单元格（这份工作簿的日期从1904年算起，数字认不准是哪一天）。"
    ]
    assert found.accepted == 1


@pytest.mark.parametrize("day", ["20235", "20241", "19999"])
def test_a_year_and_a_month_are_no_serial(tmp_path: Path, day: str) -> None:
    """As serials these would be days of the years 1954 and 1955."""
    assert judged(send(tmp_path / "a.csv", "training", row("training", held_on=day))).accepted == 0


def test_a_month_of_a_csv_that_may_be_october_is_refused(tmp_path: Path) -> None:
    visits = send(tmp_path / "b.csv", "station_visit", row("station_visit", month="2023.1"))
    files = [send(tmp_path / "a.csv", "station", row("station")), visits]
    assert check_files(tmp_path / "none", files, TODAY)[1].accepted == 0


@pytest.mark.parametrize(
    "text", ["１２０", " 120 ", "120\u00a0", "\u200b120", "120\ufeff", "1\u202c20", "\t120", "120.0"]
)
def test_a_number_is_the_same_whatever_nobody_sees(tmp_path: Path, text: str) -> None:
    found = of_cells(tmp_path, {"attendances": text})
    assert (told(found), values(found, "attendances")) == ([], [120])


def test_identifiers_that_look_the_same_are_the_same(tmp_path: Path) -> None:
    found = of_cells(tmp_path, {"training_id": "PX\u200b-1 "}, {"training_id": "PX-1\u00ad"})
    assert (found.accepted, found.rejected) == (1, 1)
    assert values(found, "training_id") == ["PX-1"]


@pytest.mark.parametrize(
    "text", ["0.012万", "1.2万", "120人", "约120", "120~130", "一百二十", "1 20", "1,2,0", "1e2"]
)
def test_a_number_with_words_is_not_guessed(tmp_path: Path, text: str) -> None:
    found = of_cells(tmp_path, {"attendances": text})
    assert told(found) == [f"工作表“一”第3行“培训人次”填的是“{text}”，应为1到20000之间的整数。"]


@pytest.mark.parametrize("word", ["合计", "合 计", "小计：", "总计", "全县合计", "累计"])
@pytest.mark.parametrize("column", ["training_id", "name", "town"])
def test_a_totals_row_is_one_sentence_and_no_record(tmp_path: Path, word: str, column: str) -> None:
    blank = dict.fromkeys(row("training"), None)
    found = of_cells(tmp_path, {}, {**blank, column: word, "attendances": 120})
    label = {"training_id": "培训编号", "name": "培训名称", "town": "镇街代码"}[column]
    assert told(found) == [f"工作表“一”第4行“{label}”填的是“{word}”，应为一条记录：合计行没有计入，请删去。"]
    assert values(found, "attendances") == [120]


def test_the_header_once_more_and_a_remark_are_one_sentence_each(tmp_path: Path) -> None:
    blank = dict.fromkeys(row("training"), None)
    header = dict(zip(row("training"), lines("training")[1], strict=True))
    found = of_cells(tmp_path, {}, header, {**blank, "training_id": "填报单位：某镇总工会"}, {})
    assert [(s.row, s.expected) for s in found.sentences] == [
        (4, "一条记录：这一行又是表头，没有计入，请删去"),
        (5, "一条记录：表下的说明没有计入，请删去"),
    ]
    assert found.accepted == 2


def test_a_header_of_two_rows_is_understood(tmp_path: Path) -> None:
    title, header, *records = trainings({}, {})
    upper = [*header[:2], "培训情况", *[None] * 3]
    lower = [None, None, *header[2:]]
    merge = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="C2:F2"/></mergeCells>'
    found = judged(book(tmp_path / "a.xlsx", sheet(rows([title, upper, lower, *records]), after=merge)))
    assert (told(found), found.accepted) == ([], 2)


def test_data_in_the_wrong_sheet_and_a_header_far_below(tmp_path: Path) -> None:
    cover, data = sheet(rows([["封面"]])), sheet(rows(trainings({})))
    found = judged(book(tmp_path / "a.xlsx", cover, data))
    none = "前10行中没有找到任何一种数据的表头，请使用“数据上报”页“下载模板”中的模板"
    assert (found.accepted, told(found)) == (1, [f"工作表“一”{none}，没有读取。"])
    deep = sheet(rows([*[["说明文字"]] * 10, *trainings({})]))
    assert told(judged(book(tmp_path / "b.xlsx", deep))) == [f"工作表“一”{none}，整份退回。"]


def test_a_header_misspelt_is_no_column_left_out(tmp_path: Path) -> None:
    """The column is optional: without this all unions would count as existing."""
    for label, sentence in (
        ("撤消日期", "表头中“撤消日期”像是“撤销日期”，请改成后者，整份退回。"),
        ("上级单位", "“上级单位”不是模板中的列，没有读取。"),
    ):
        table = lines("union", row("union", kind="联合基层工会", uscc=""))
        table[1][-1] = label
        (tmp_path / "a.csv").write_bytes(csv_bytes(table))
        assert sentence in told(judged(tmp_path / "a.csv"))


def test_a_prefix_before_every_name_changes_nothing(tmp_path: Path) -> None:
    merge = '<mergeCells><mergeCell ref="E3:E4"/></mergeCells>'
    plain = sheet(rows(trainings({}, {}, {"attendances": "<f>A1</f><v/>|"}), {5: 'hidden="1"'}), after=merge)
    body = plain.split("?>", 1)[1].replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
    prefixed = '<?xml version="1.0"?>' + body.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    both = [judged(book(tmp_path / "a.xlsx", text)) for text in (plain, prefixed)]
    assert told(both[0]) == told(both[1]) and len(told(both[0])) == 4


def test_a_chart_sheet_is_no_obstacle(tmp_path: Path) -> None:
    chart = f'<chartsheet xmlns="{MAIN}"/>'
    rels = related(("worksheet", "worksheets/sheet1.xml"), ("chartsheet", "chartsheets/sheet1.xml"))
    path = book(
        tmp_path / "a.xlsx",
        sheet(rows(trainings({}))),
        sheet(""),
        more={"xl/chartsheets/sheet1.xml": chart},
        replace={"xl/_rels/workbook.xml.rels": rels},
    )
    assert (judged(path).accepted, told(judged(path))) == (1, [])
