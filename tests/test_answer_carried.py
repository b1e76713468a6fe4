"""What a return workbook carries over from the sender's file, and what it must not."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from etl.answer import free_place, write
from etl.answer.plan import sheet_names
from etl.sources import SOURCES
from etl.template import write_template
from tests.sending import csv_bytes, lines, row, send, workbook
from tests.test_answer import answered, coloured, judged
from tests.test_contract_privacy import PHONE

OUR_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|comments\d)\.xml"
    r"|xl/(_rels/workbook\.xml|worksheets/_rels/sheet\d\.xml)\.rels|xl/theme/theme1\.xml"
    r"|xl/worksheets/sheet\d\.xml|xl/drawings/vmlDrawing\d\.vml"
)


def patched(path: Path, part: str, pattern: bytes, new: bytes) -> Path:
    """The workbook with something in one of its parts replaced."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert re.search(pattern, parts[part])
    parts[part] = re.sub(pattern, new, parts[part])
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def dressed(path: Path) -> Path:
    """A workbook with one wrong 形式 in E4 and everything that Excel can add to it."""
    rows = [row("training"), row("training", training_id="P2", form="面授")]
    book = openpyxl.load_workbook(
        workbook(path, {"培训": [list(line) for line in lines("training", *rows)], "另表": [["甲"]]})
    )
    sheet = book["培训"]
    sheet["A2"].font = Font(name="黑体", sz=14, b=True, color="FF0000FF")
    sheet["A2"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["B2"].border = Border(left=Side("thin", color="FF112233"), top=Side("double"))
    sheet["B2"].alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)
    sheet["E4"].font = Font(name="楷体", i=True)
    sheet["F3"] = 120
    sheet["F3"].number_format = "#,##0"
    sheet["F4"] = "=100+20"
    sheet["B4"].hyperlink = "http://localhost/x"
    sheet["C3"].comment = Comment("旧批注", "某人")
    sheet.merge_cells("A1:F1")
    sheet.freeze_panes = "B3"
    sheet.column_dimensions["B"].width = 33
    sheet.row_dimensions[2].height = 40
    for formula in ("另表!$A$1:$A$1", '"甲,乙"', "[1]外部!$A$1:$A$2", 'HYPERLINK("http://localhost/x")'):
        rule = DataValidation("list", formula1=formula)
        rule.add("E3:E9")
        sheet.add_data_validation(rule)
    book.defined_names["外部"] = DefinedName("外部", attr_text="[1]外部!$A$1")
    sheet.oddFooter.center.text, book.properties.creator = "页脚", "某人"
    book["另表"].sheet_state = "hidden"
    book.save(path)
    patched(path, "xl/workbook.xml", b' fullCalcOnLoad="1"', b"")
    return patched(path, "xl/worksheets/sheet1.xml", b"(<f>100[+]20</f>)<v(></v>| ?/>)", rb"\1<v>120</v>")


def test_formats_widths_heights_merged_cells_and_frozen_panes_stay(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(answered(dressed(tmp_path / "a.xlsx")))
    sheet = book["培训"]
    head, second, wrong = sheet["A2"], sheet["B2"], sheet["E4"]
    assert (head.font.name, head.font.sz, head.font.b, head.font.color.rgb) == ("黑体", 14, True, "FF0000FF")
    assert head.fill.fgColor.rgb == "FFFFFF00"
    assert (second.border.left.style, second.border.left.color.rgb, second.border.top.style) == (
        "thin",
        "FF112233",
        "double",
    )
    assert (second.alignment.horizontal, second.alignment.vertical, second.alignment.wrap_text) == (
        "center",
        "top",
        True,
    )
    assert (wrong.font.name, wrong.font.i, wrong.fill.fgColor.rgb) == ("楷体", True, "FFFFC9CE")
    assert (sheet["F3"].value, sheet["F3"].number_format) == (120, "#,##0")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:F1"]
    assert (sheet["F4"].value, sheet["F4"].data_type) == (120, "n")
    assert (sheet.freeze_panes, sheet.row_dimensions[2].height) == ("B3", 39.75)  # whole pixels
    assert sheet.column_dimensions["B"].width == pytest.approx(33, abs=0.1)
    assert book["另表"].sheet_state == "hidden"
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ["另表!$A$1:$A$1"]


def test_formulas_links_comments_names_and_properties_do_not(tmp_path: Path) -> None:
    made = answered(dressed(tmp_path / "a.xlsx"))
    with zipfile.ZipFile(made) as book:
        assert [name for name in book.namelist() if not OUR_PARTS.fullmatch(name)] == []
        text = b"".join(book.read(name) for name in book.namelist()).decode()
    for trace in (
        "<f>",
        "<f ",
        "externalLink",
        "localhost/x",
        "旧批注",
        "某人",
        "页脚",
        'definedName name="外部',
    ):
        assert trace not in text
    assert 'TargetMode="External"' not in text


def test_what_begins_like_a_formula_is_text_and_stays_text(tmp_path: Path) -> None:
    """The start of a formula in a CSV is the start of a text, in a cell that Excel keeps as text."""
    names = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://localhost/x","甲")', "=cmd|' /C calc'!A0"]
    rows = [row("training", training_id=f"P{i}", name=name, form="?") for i, name in enumerate(names)]
    sheet = openpyxl.load_workbook(answered(send(tmp_path / "a.csv", "training", *rows)))["数据"]
    cells = [sheet.cell(line, 2) for line in range(3, 9)]
    assert [cell.value for cell in cells] == names
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    again = workbook(tmp_path / "b.xlsx", {"培训": [list(line) for line in lines("training", *rows)]})
    cells = [openpyxl.load_workbook(answered(again))["培训"].cell(line, 2) for line in range(3, 9)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(name, "s") for name in names]


def test_a_row_longer_than_its_header_is_no_longer_when_its_cells_are_put_right(tmp_path: Path) -> None:
    table = [*lines("training", row("training")), [*lines("training", row("training"))[2], "另记"]]
    table[3][0] = "P2"
    (tmp_path / "a.csv").write_bytes(csv_bytes(table))
    made = answered(tmp_path / "a.csv")
    again = judged(made)
    book = openpyxl.load_workbook(made)
    assert (again.accepted, again.rejected, book["数据"]["G2"].value) == (1, 1, "多出的格")
    book["数据"]["G4"] = None
    book.save(made)
    assert judged(made).accepted == 2


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_gets_the_first_sheet_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    book = openpyxl.load_workbook(answered(path))
    assert book.sheetnames == ["退回说明"]
    assert book.active["F8"].value.endswith("。") and book.active["B8"].value == "整份文件"
    assert book.active["A3"].value.startswith("来文的内容没有读出")


def test_a_workbook_with_broken_formats_comes_back_without_them(tmp_path: Path) -> None:
    path = dressed(tmp_path / "a.xlsx")
    patched(path, "xl/styles.xml", b'patternType="solid"', b'patternType="none of it"')
    made = answered(path)
    assert coloured(made, "培训") == {"E4": "面授"}
    assert openpyxl.load_workbook(made)["培训"]["A2"].font.name == "宋体"


@pytest.mark.parametrize("formats", ["kept", "broken"])
def test_what_is_not_as_it_seems_is_still_refused_when_sent_again(tmp_path: Path, formats: str) -> None:
    """A formula without a result, merged cells, dates from 1904, a hidden sheet with rows of its own."""
    rows = [row("training", training_id=f"P{i}") for i in range(4)]
    table: list[list[object]] = [list(line) for line in lines("training", *rows)]
    table[5][3] = 45_000
    path = workbook(tmp_path / "a.xlsx", {"培训": table, "旧表": table[:3]})
    book = openpyxl.load_workbook(path)
    book["培训"]["F3"] = "=60+60"
    book["培训"].merge_cells("B4:B5")
    book["旧表"].sheet_state = "veryHidden"
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    book.save(path)
    patched(path, "xl/worksheets/sheet1.xml", b"(<f>60[+]60</f>)<v(></v>| ?/>)", rb"\1<v>99</v>")  # of old
    if formats == "broken":
        patched(path, "xl/styles.xml", b"<patternFill ?/>", b'<patternFill patternType="x"/>')
    before, after = judged(path), judged(answered(path))
    places = [(3, "培训人次"), (4, "培训名称"), (5, "培训名称"), (6, "开班日期")]
    assert [(s.row, s.column) for s in before.sentences if s.row] == places
    assert [(s.row, s.column) for s in after.sentences if s.row] == places
    assert (before.read, before.accepted) == (after.read, after.accepted) == (4, 0)


def test_a_filled_template_keeps_its_lists_and_text_columns(tmp_path: Path) -> None:
    path = write_template("station", tmp_path / "a.xlsx", "330521")
    book = openpyxl.load_workbook(path)
    for place, cell in enumerate(book["示例"][3], 1):
        book.worksheets[0].cell(3, place).value = cell.value
    book.worksheets[0]["D3"] = "大型"
    book.save(path)
    sheets = openpyxl.load_workbook(answered(path))
    sheet = sheets["服务站点"]
    assert sheets.sheetnames == ["退回说明", "服务站点", "填写说明", "示例", "代码表"]
    assert len(sheet.data_validations.dataValidation) == len(
        book.worksheets[0].data_validations.dataValidation
    )
    assert sheet.column_dimensions["A"].number_format == "@"


def test_names_of_return_workbooks_are_safe_and_take_no_other_files_place(tmp_path: Path) -> None:
    assert free_place(tmp_path, "../a\n:b.csv").name == "退回_a__b.xlsx"
    (tmp_path / "退回_培训.xlsx").write_text("还在")
    assert free_place(tmp_path, "德清县/培训.xls").name == "退回_培训_2.xlsx"


def test_sheet_names_are_such_as_excel_takes_and_never_turn_data_into_an_explanation() -> None:
    sheets = ["", "a/b", "A B", "培训 2", "培训", "示例", "示例'", "长" * 40, f"电话{PHONE}", "A:B"]
    assert sheet_names(sheets) == [
        "数据",
        "a b",
        "A B 2",
        "培训 2",
        "培训",
        "示例",
        "示例 2",
        "长" * 12,
        "（内容略）",
        "A B 3",
    ]


def test_nothing_said_is_nothing_written(tmp_path: Path) -> None:
    path = send(tmp_path / "a.csv", "training", row("training"))
    assert write(path, judged(path), tmp_path / "退回.xlsx") is None
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs"]), max_size=8)
cells = st.one_of(
    words,
    st.sampled_from(
        ["", "=1+1", "线下", "330521102", "2023-05-01", "０１", "（内容略）", "1e5", "2023.1", "#N/A"]
    ),
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(source=st.sampled_from(["training", "contest", "enterprise", "station_visit"]), data=st.data())
def test_any_csv_says_the_same_as_its_return_workbook(
    tmp_path_factory: pytest.TempPathFactory, source: str, data: st.DataObject
) -> None:
    columns = SOURCES[source].columns
    example = st.fixed_dictionaries({c.key: st.one_of(st.just(c.example), cells) for c in columns})
    folder = tmp_path_factory.mktemp("any")
    path = send(folder / "a.csv", source, *data.draw(st.lists(example, max_size=4)))
    before = judged(path)
    made = write(path, before, folder / "退回.xlsx")
    assert (made is None) == (not before.sentences)
    if made:
        after = judged(made)
        assert (after.read, after.accepted, after.refused) == (before.read, before.accepted, before.refused)
        assert [(s.row, s.column, s.found) for s in after.sentences] == [
            (s.row, s.column, s.found) for s in before.sentences
        ]
