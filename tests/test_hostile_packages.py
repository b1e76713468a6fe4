"""Files that no office program would write: each is refused in one sentence before it can do harm."""

import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.check import check_files
from etl.reading import Book, Unreadable, child, read
from etl.reading.child import parse_apart
from etl.reading.package import MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED
from tests.made_workbook import HEAD, book, ole, related, rows, sheet, trainings
from tests.sending import TODAY, told

GOOD = rows(trainings({}))
RESAVE = "请用 Excel 或 WPS 打开后另存为 xlsx 重新发送。"
DAMAGED = f"工作簿打不开：内容已损坏，{RESAVE}"
BROKEN = "工作簿打不开：文件不完整或在传输中损坏，请重新发送。"
TOO_BIG = "工作簿解压后异常大，没有读取；请删去多余的格式和空行后另存，或拆成几份。"
ODD_NAME = f"工作簿的压缩包里有不正常的文件名，没有读取；{RESAVE}"
TWICE = f"工作簿的压缩包里有重名的部分，没有读取；{RESAVE}"
ENTITIES = f"工作簿里有实体定义（DTD），正常的工作簿没有，没有读取；{RESAVE}"
MACROS = "工作簿带有宏，没有读取；请另存为不含宏的 xlsx 后重新发送。"
TOO_FAR = "工作表里有离得很远的单元格，没有读取；请删去数据右边和下边多余的行列后另存，再重新发送。"
NO_BOOK = "内容不是 Excel 工作簿（xlsx），请用 Excel 或 WPS 另存为 xlsx 后重新发送。"
LOCKED = "工作簿加了打开密码，没有读取；请取消密码后另存，再重新发送。"
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in ["ab", "bc", "cd", "de", "ef", "fg", "gh"])
    + "]>"
)


def refused(path: Path) -> str:
    """The one sentence about a file that is refused whole."""
    (judged,) = check_files(path.parent / "none", [path], TODAY)
    assert (judged.refused, judged.read, judged.accepted) == (True, 0, 0)
    (sentence,) = told(judged)
    return sentence


def test_the_made_workbook_is_read_when_nothing_is_wrong(tmp_path: Path) -> None:
    (judged,) = check_files(tmp_path, [book(tmp_path / "a.xlsx", sheet(GOOD))], TODAY)
    assert (told(judged), judged.accepted) == ([], 1)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"xl/media/a.bin": b"\0" * 1000 * MOST_RATIO * 10}, TOO_BIG),
        (
            {f"xl/media/{i}": b"" for i in range(MOST_ENTRIES)},
            f"工作簿里有2005个部分，正常的不超过2000个，没有读取；{RESAVE}",
        ),
        ({"xl/worksheets/Sheet1.xml": sheet("")}, TWICE),
        ({"xl/worksheets/sheet1.xml": sheet("")}, TWICE),
        ({"../../etc/cron.d/x": "x"}, ODD_NAME),
        ({"/etc/x": "x"}, ODD_NAME),
        ({"xl\\x.xml": "<x/>"}, ODD_NAME),
        ({"C:x": "x"}, ODD_NAME),
        ({"xl/a\x1b[31m": "x"}, ODD_NAME),
        ({"xl/vbaProject.bin": b"\0" * 100}, MACROS),
        ({"xl/macrosheets/sheet1.xml": sheet("")}, MACROS),
        ({"xl/comments1.xml": f"{HEAD}{LAUGHS}<x>&h;</x>"}, ENTITIES),
    ],
)
def test_what_a_package_must_not_hold(tmp_path: Path, more: dict[str, str | bytes], sentence: str) -> None:
    assert refused(book(tmp_path / "a.xlsx", sheet(GOOD), more=more)) == sentence


@pytest.mark.parametrize(
    ("replace", "sentence"),
    [
        ({"xl/worksheets/sheet1.xml": sheet(GOOD).replace("?>", f"?>{LAUGHS}", 1)}, ENTITIES),
        ({"xl/worksheets/sheet1.xml": sheet(GOOD)[:-40]}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": sheet(GOOD).split("</sheetData>")[0]}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": "不是 XML"}, DAMAGED),
        ({"xl/workbook.xml": "<workbook>"}, DAMAGED),
        ({"xl/_rels/workbook.xml.rels": related(("worksheet", "worksheets/none.xml"))}, DAMAGED),
        (
            {"xl/worksheets/sheet1.xml": sheet(GOOD).encode("utf-16")},
            f"工作簿内部的文字不是 UTF-8 编码，没有读取；{RESAVE}",
        ),
        (
            {"xl/worksheets/sheet1.xml": sheet('<row r="5"/><row r="2"><c r="A2"><v>1</v></c></row>')},
            f"工作簿打不开：行的次序混乱，内容已损坏，{RESAVE}",
        ),
    ],
)
def test_what_a_part_must_not_be(tmp_path: Path, replace: dict[str, str | bytes], sentence: str) -> None:
    assert refused(book(tmp_path / "a.xlsx", sheet(GOOD), replace=replace)) == sentence


def patched(path: Path, signature: bytes, offset: int, form: str, value: int, at: int = -1) -> Path:
    """The file with one number of a zip header changed: of the last header of its kind, or of `at`."""
    data = bytearray(path.read_bytes())
    place = data.rfind(signature) if at < 0 else data.find(signature, at)
    struct.pack_into(form, data, place + offset, value)
    path.write_bytes(data)
    return path


def test_a_declared_size_of_four_gigabytes_is_refused_unseen(tmp_path: Path) -> None:
    path = patched(book(tmp_path / "a.xlsx", sheet(GOOD)), b"PK\x01\x02", 24, "<I", 0xFFFFFFF0)
    assert MOST_UNPACKED < 0xFFFFFFF0 and refused(path) == TOO_BIG


def test_a_size_declared_too_small_is_seen_by_the_check_sum(tmp_path: Path) -> None:
    path = patched(book(tmp_path / "a.xlsx", sheet(GOOD)), b"PK\x01\x02", 24, "<I", 100)
    assert refused(path) == BROKEN


def test_a_package_with_a_password_is_refused(tmp_path: Path) -> None:
    path = patched(book(tmp_path / "a.xlsx", sheet(GOOD)), b"PK\x01\x02", 8, "<H", 1)
    assert refused(path) == "工作簿加了密码，没有读取；请取消密码后另存，再重新发送。"


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_refused(tmp_path: Path, kept: float) -> None:
    path = book(tmp_path / "a.xlsx", sheet(GOOD))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    assert refused(path) == BROKEN


def test_a_flipped_bit_in_a_part_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", sheet(GOOD))
    data = bytearray(path.read_bytes())
    data[zipfile.ZipFile(path).getinfo("xl/worksheets/sheet1.xml").header_offset + 150] ^= 16
    path.write_bytes(data)
    assert refused(path) == BROKEN


@pytest.mark.parametrize(
    ("stream", "sentence"),
    [("EncryptedPackage", LOCKED), ("_VBA_PROJECT", MACROS), ("WordDocument", DAMAGED)],
)
@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv"])
def test_a_file_of_the_old_form_under_any_name(tmp_path: Path, stream: str, sentence: str, name: str) -> None:
    (tmp_path / name).write_bytes(ole(stream))
    assert refused(tmp_path / name) == sentence


def test_another_office_file_is_told_as_such(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert refused(tmp_path / "a.xlsx") == NO_BOOK


def test_an_xlsx_named_xls_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", sheet(GOOD)).rename(tmp_path / "a.xls")
    assert check_files(tmp_path, [path], TODAY)[0].accepted == 1


def test_a_declared_extent_of_ten_gigabytes_is_not_believed(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", sheet(GOOD, before='<dimension ref="A1:XFD1048576"/>'))
    assert check_files(tmp_path, [path], TODAY)[0].accepted == 1


def test_a_cell_in_the_farthest_corner_is_refused(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refused(book(tmp_path / "a.xlsx", sheet(GOOD + far))) == TOO_FAR
    hidden = GOOD.replace('"A3"', '"A1048576"')
    assert refused(book(tmp_path / "a.xlsx", sheet(hidden.replace('"B3"', '"XFD3"')))) == TOO_FAR


def test_a_million_empty_rows_are_no_rows(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}" s="1"/>' for n in range(4, 1_048_577, 7))
    (judged,) = check_files(tmp_path, [book(tmp_path / "a.xlsx", sheet(GOOD + empty))], TODAY)
    assert (judged.read, judged.accepted, told(judged)) == (1, 1, [])


def test_an_xls_that_runs_in_a_circle_is_refused(tmp_path: Path) -> None:
    data = bytearray(ole("Workbook"))
    struct.pack_into("<I", data, 512 + 4 * 5, 2)  # the sixth sector of the stream leads back to its first
    (tmp_path / "a.xls").write_bytes(data)
    assert refused(tmp_path / "a.xls") == DAMAGED


def hang(path: Path) -> Book:
    """A parser that waits for what never comes."""
    time.sleep(600)
    return Book([])


def spin(path: Path) -> Book:
    """A parser that computes for ever."""
    while True:
        pass


def swell(path: Path) -> Book:
    """A parser that asks for a terabyte."""
    return Book([bytearray(2**40)])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("parse", "limit", "most", "sentence"),
    [
        (hang, "MOST_IDLE_SECONDS", 0.3, child.TOO_LONG),
        (spin, "MOST_CPU_SECONDS", 0, child.TOO_LONG),
        (swell, "MOST_MEMORY", child.MOST_MEMORY, child.TOO_LARGE),
    ],
)
def test_what_takes_too_long_or_too_much_is_cut_and_the_next_file_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    parse: Callable[[Path], Book],
    limit: str,
    most: float,
    sentence: str,
) -> None:
    with monkeypatch.context() as patched, pytest.raises(Unreadable) as reason:
        patched.setattr(child, limit, most)
        parse_apart(parse, tmp_path / "a.xlsx")
    assert str(reason.value) == sentence
    assert len(read(book(tmp_path / "b.xlsx", sheet(GOOD))).sheets) == 1
