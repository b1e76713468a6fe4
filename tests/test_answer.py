"""The return workbook: every error marked and told, nothing personal in it, ready to be sent again."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from etl.answer import write
from etl.answer.mending import mend
from etl.check import check_files
from etl.contract import FileVerdict
from tests.sending import TODAY, csv_bytes, lines, row, send, verdict, workbook
from tests.test_contract_privacy import PHONE, card, resident

WRONG, HIDDEN = "FFFFC9CE", "FFC9C4CE"
Cells = dict[str, object]


def judged(path: Path) -> FileVerdict:
    return check_files(path.parent / "none", [path], TODAY)[0]


def answered(path: Path) -> Path:
    """The return workbook of a file that has errors."""
    made = write(path, judged(path), path.parent / "退回.xlsx")
    assert made is not None
    return made


def coloured(path: Path, sheet: str, fill: str = WRONG) -> Cells:
    """Coordinates of the cells with this fill -> what they hold."""
    cells = (cell for line in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in line)
    return {cell.coordinate: cell.value for cell in cells if cell.fill.fgColor.rgb == fill}


def first_sheet(path: Path) -> list[tuple[object, ...]]:
    """Lines of 退回说明 below its header, without their number."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.title == "退回说明"
    return [line[1:] for line in sheet.iter_rows(min_row=8, values_only=True)]


def three(folder: Path) -> Path:
    """Three trainings: one right, one without number and with a 形式 that is none, one with a bad date."""
    rows = [row("training"), row("training", training_id="", form="面授")]
    return send(
        folder / "培训.csv", "training", *rows, row("training", training_id="P3", held_on="2023-13-01")
    )


def test_a_csv_comes_back_as_a_workbook_with_every_error_told_marked_and_linked(tmp_path: Path) -> None:
    made = answered(three(tmp_path))
    assert coloured(made, "数据") == {"A4": None, "E4": "面授", "D5": "2023-13-01"}
    assert first_sheet(made) == [
        (
            "数据!A4",
            "4",
            "培训编号",
            "",
            "没有填，这一列必填，应为500字以内的编号，单元格须为文本格式。",
            "在这一格填写；确实没有这条记录的，把整行删去。",
        ),
        ("数据!E4", "4", "形式", "面授", "应为下列之一：线下、线上。", "从所列的词中选一个，一字不差。"),
        ("数据!D5", "5", "开班日期", "2023-13-01", "应为日期，如2023-06-30。", "按此改正这一格。"),
    ]
    book = openpyxl.load_workbook(made)
    links = [line[0].hyperlink.location for line in book.worksheets[0].iter_rows(min_row=8, min_col=2)]
    assert links == ["数据!A4", "数据!E4", "数据!D5"]
    assert book["数据"]["E4"].comment.text == "应为下列之一：线下、线上。从所列的词中选一个，一字不差。"
    assert [cell.value for cell in book["数据"][3]] == lines("training", row("training"))[2]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xls"])
def test_a_return_workbook_sent_again_uncorrected_says_the_same(tmp_path: Path, kind: str) -> None:
    path = Path(__file__).parent / "data" / "reading" / "training.xls" if kind == "xls" else three(tmp_path)
    if kind == "xlsx":
        rows = [row("training"), row("training", training_id="", form="面授"), row("training", form="远程")]
        path = workbook(tmp_path / "培训.xlsx", {"培训": [list(line) for line in lines("training", *rows)]})
    before, made = judged(path), write(path, judged(path), tmp_path / "退回.xlsx")
    assert made is not None
    after = judged(made)
    assert before.rejected > 0
    assert (after.read, after.accepted, after.rejected) == (before.read, before.accepted, before.rejected)
    assert [(s.row, s.column, s.found, s.expected) for s in after.sentences] == [
        (s.row, s.column, s.found, s.expected) for s in before.sentences
    ]


def test_a_corrected_return_workbook_is_accepted_and_the_file_itself_untouched(tmp_path: Path) -> None:
    path = three(tmp_path)
    sent = path.read_bytes()
    made = answered(path)
    book = openpyxl.load_workbook(made)
    book["数据"]["A4"], book["数据"]["E4"], book["数据"]["D5"] = "P2", "线上", "2023-01-13"
    book.save(made)
    again = judged(made)
    assert (again.read, again.accepted, again.sentences) == (3, 3, ())
    assert write(made, again, tmp_path / "二次.xlsx") is None
    assert path.read_bytes() == sent
    assert sorted(p.name for p in tmp_path.iterdir()) == ["培训.csv", "退回.xlsx"]


def test_a_second_return_drops_the_marks_of_the_first(tmp_path: Path) -> None:
    made = answered(three(tmp_path))
    book = openpyxl.load_workbook(made)
    book["数据"]["A4"], book["数据"]["D5"] = "P2", "2023-01-13"
    book.save(made)
    second = write(made, judged(made), tmp_path / "二次.xlsx")
    assert second is not None
    assert openpyxl.load_workbook(second).sheetnames == ["退回说明", "数据"]
    assert coloured(second, "数据") == {"E4": "面授"}
    assert [c.coordinate for line in openpyxl.load_workbook(second)["数据"] for c in line if c.comment] == [
        "E4"
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_looks_personal_is_masked_wherever_it_stands(tmp_path: Path, kind: str) -> None:
    table: list[list[object]] = [list(line) for line in lines("training", row("training"), row("training"))]
    table[0].append(f"联系人电话{PHONE}")
    table[2].append(card())
    table[3][1] = resident()
    path = tmp_path / f"培训.{kind}"
    if kind == "csv":
        path.write_bytes(csv_bytes([[str(cell) for cell in line] for line in table]))
    else:
        table[3].append(int(PHONE))
        workbook(path, {"培训": table, f"通讯录{PHONE}": [[f"王某{PHONE}"]]})
        book = openpyxl.load_workbook(path)
        book.worksheets[1].sheet_state = "hidden"
        book["培训"]["A3"].comment = openpyxl.comments.Comment(PHONE, PHONE)
        book["培训"]["A1"].number_format = f'"{PHONE}"'
        book["培训"].oddHeader.center.text = book.properties.creator = PHONE
        book.save(path)
    made = answered(path)
    sheet = "数据" if kind == "csv" else "培训"
    masked = coloured(made, sheet, HIDDEN)
    assert set(masked) == {"B1", "B4", "G3"} | ({"G4"} if kind == "xlsx" else set())
    assert set(masked.values()) == {"（内容略）"}
    with zipfile.ZipFile(made) as book:
        text = b"".join(book.read(name) for name in book.namelist()).decode()
    assert not [value for value in (PHONE, resident(), card()) if value in text]
    again = judged(made)
    assert again.refused
    assert {s.expected for s in again.sentences} == {"仍是退回时遮盖的内容，整份退回；请重新填写或清空后重发"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_no_person_key_is_masked_and_told_how_to_mend_it(tmp_path: Path, kind: str) -> None:
    rows = [row("certificate", person_key="张三"), row("certificate", certificate_no="Y-2")]
    table: list[list[object]] = [list(line) for line in lines("certificate", *rows)]
    path = tmp_path / f"证书.{kind}"
    if kind == "csv":
        path.write_bytes(csv_bytes([[str(cell) for cell in line] for line in table]))
    else:
        workbook(path, {"数据": table})
    made = answered(path)
    assert coloured(made, "数据", HIDDEN) == {"B3": "（内容略）"}
    comment = openpyxl.load_workbook(made)["数据"]["B3"].comment
    assert comment is not None and "manage.py pseudonymise" in comment.text
    with zipfile.ZipFile(made) as book:
        assert "张三" not in b"".join(book.read(name) for name in book.namelist()).decode()


def test_a_number_that_its_date_format_hides_from_the_reader_is_masked_too(tmp_path: Path) -> None:
    table: list[list[object]] = [list(line) for line in lines("training", row("training", form="面授"))]
    path = workbook(tmp_path / "培训.xlsx", {"培训": table})
    book = openpyxl.load_workbook(path)
    book["培训"]["G3"], book["培训"]["G3"].number_format = int(PHONE), "yyyy-mm-dd"
    book.save(path)
    assert not judged(path).refused
    assert coloured(answered(path), "培训", HIDDEN) == {"G3": "（内容略）"}


@pytest.mark.parametrize(
    ("source", "cells", "what"),
    [
        ("certificate", {"person_key": "张三"}, "manage.py pseudonymise"),
        ("training", {"name": ""}, "在这一格填写"),
        ("training", {"town": "330182102"}, "按此改正"),
        ("training", {"form": "面授"}, "从所列的词中选一个"),
        ("training", {"held_on": "2023-07-01"}, "改正标题中的“数据截至”"),
        ("station", {"lon": "119.6385", "lat": "30.6302"}, "核对经度、纬度"),
        ("station", {"town": "330522101"}, "由该区县报送"),
        ("station", {"facilities": "沙发"}, "用顿号隔开"),
        ("contract", {"replied_on": "2023-01-01"}, "核对这一格和前面各步"),
        ("member_event", {"female": "40"}, "核对这两个数"),
        ("member_event", {"union_id": "GH-0"}, "把所指的记录先报来"),
    ],
)
def test_every_kind_of_error_is_told_how_to_mend_it(
    tmp_path: Path, source: str, cells: dict[str, str], what: str
) -> None:
    told = verdict(tmp_path, source, row(source, **cells)).sentences
    assert what in "".join(mend(sentence) for sentence in told)


def test_rows_that_repeat_and_codes_stored_as_numbers_are_told_how_to_mend_them(tmp_path: Path) -> None:
    same = verdict(tmp_path / "1", "training", row("training"), row("training"))
    other = verdict(tmp_path / "2", "training", row("training"), row("training", name="别的"))
    number: list[list[object]] = [list(line) for line in lines("training", row("training"))]
    number[2][0] = 17
    spoilt = judged(workbook(tmp_path / "a.xlsx", {"培训": number}))
    told = [mend(found.sentences[0]) for found in (same, other, spoilt)]
    assert [words[:8] for words in told] == ["删去这一行；如果", "只留正确的一行，", "把单元格格式设为"]
