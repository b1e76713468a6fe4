"""Reading: whatever the encoding and the shape, every cell keeps its row, its column and its text."""

import os
import signal
import zipfile
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reading import Book, Grid, Unreadable, child, read
from etl.reading.child import parse_apart
from etl.reading.package import MOST_RATIO
from tests.sending import csv_bytes, workbook

DATA = Path(__file__).parent / "data" / "reading"


def table(grid: Grid) -> list[list[str | None]]:
    return [grid.row(i) for i in range(len(grid))]


def read_bytes(folder: Path, content: bytes, name: str = "a.csv") -> Grid:
    (folder / name).write_bytes(content)
    return read(folder / name).sheets[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    grid = read_bytes(tmp_path, csv_bytes([["镇街", "鄣吴镇"], ["朱䶮", "埭溪"]], encoding))
    assert table(grid) == [["镇街", "鄣吴镇"], ["朱䶮", "埭溪"]]


def test_rows_keep_the_numbers_that_excel_shows(tmp_path: Path) -> None:
    """Blank lines and a line break inside a cell count, below the first ten rows too."""
    body = "".join(f"{i},x,y\n" for i in range(4, 12))
    grid = read_bytes(tmp_path, f'题\n\na,b,c\n{body}\n12,"两\n行",z\n,,\n14,x,y\n'.encode())
    rows = {int(n): cells for n, cells in zip(grid.row_numbers, table(grid), strict=True) if any(cells)}
    assert rows[1] == ["题", None, None]
    assert rows[3] == ["a", "b", "c"]
    assert rows[11] == ["11", "x", "y"]
    assert rows[13] == ["12", "两\n行", "z"]
    assert rows[15] == ["14", "x", "y"]
    assert set(rows) == {1, *range(3, 12), 13, 15}


def test_a_row_wider_or_narrower_than_the_header_loses_nothing(tmp_path: Path) -> None:
    body = "".join(f"{i},x,y\n" for i in range(2, 12))
    grid = read_bytes(tmp_path, f"a,b,c\n{body}12,x\n13,x,y,多\n".encode())
    assert table(grid)[11:] == [["12", "x", None, None], ["13", "x", "y", "多"]]
    assert grid.row_numbers[11:].tolist() == [12, 13]


def test_blanks_around_a_cell_go_full_width_ones_too(tmp_path: Path) -> None:
    assert table(read_bytes(tmp_path, " a ,\u3000b\t, \u00a0 ,内 中\n".encode())) == [
        ["a", "b", None, "内 中"]
    ]


def test_line_ends_of_every_kind(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        assert table(read_bytes(tmp_path, f"a,b{end}1,2{end}".encode())) == [["a", "b"], ["1", "2"]]


def test_an_empty_file_is_an_empty_grid(tmp_path: Path) -> None:
    assert len(read_bytes(tmp_path, b"")) == 0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"\xff\xfe\x00", "文字编码认不出"),
        ("a.pdf", b"%PDF", "不认识的文件类型"),
        ("a.xls", b"<html><table>", "网页导出的假 xls"),
        ("a.xlsx", b"PK\x03\x04" + b"\x00" * 50, "文件不完整"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "工作簿打不开"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read_bytes(tmp_path, content, name)


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"一": [["a"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/zeros.bin", b"\0" * 1_000 * MOST_RATIO * 10)
    with pytest.raises(Unreadable, match="解压后异常大"):
        read(path)


def test_a_workbook_gives_text_dates_and_numbers_and_says_which_are_numbers(tmp_path: Path) -> None:
    cells = ["330521102", 330521102, 12.5, datetime(2023, 5, 1), 45688]
    grid = read(workbook(tmp_path / "a.xlsx", {"一": [[], [], [None, *cells]]})).sheets[0]
    assert grid.sheet == "一"
    assert table(grid)[2] == [None, "330521102", "330521102", "12.5", "2023-05-01 00:00:00", "45688"]
    assert [bool(grid.stored_as_number(i)[2]) for i in range(6)] == [False, False, True, True, False, True]
    assert grid.row_numbers.tolist() == [1, 2, 3]


def test_an_18_digit_number_reads_as_digits_and_counts_as_a_number(tmp_path: Path) -> None:
    grid = read(workbook(tmp_path / "a.xlsx", {"一": [[913305210000000000]]})).sheets[0]
    assert table(grid) == [["913305210000000000"]]
    assert grid.stored_as_number(0).tolist() == [True]


def test_an_old_xls_reads_like_an_xlsx() -> None:
    data, notes = read(DATA / "training.xls").sheets
    assert (data.sheet, notes.sheet) == ("培训", "填写说明")
    assert data.row(3) == ["PX-1", "电工班", "330521102", "2023-04-10 00:00:00", "线下", "120"]
    assert data.row(4) == ["PX-2", "焊工班", "330521102", "45057", "线上", "45"]
    assert data.row(5) == [None] * 6
    assert data.stored_as_number(0).tolist() == [False] * 6 + [True]
    assert data.stored_as_number(2).tolist() == [False] * 4 + [True, False, False]


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"一": [["a"]]}).rename(tmp_path / "a.csv")
    assert table(read(path).sheets[0]) == [["a"]]


cell = st.text(
    st.characters(codec="gb18030", exclude_characters="\r\n\x00", exclude_categories=["Cc", "Cf", "Cs"]),
    max_size=8,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    rows=st.lists(st.lists(cell, min_size=1, max_size=5), min_size=1, max_size=25),
    encoding=st.sampled_from(["utf-8-sig", "gb18030"]),
)
def test_any_table_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], encoding: str
) -> None:
    """Trimmed, empty cells as None, cells beyond a row's end as None."""
    grid = read_bytes(tmp_path_factory.mktemp("any"), csv_bytes(rows, encoding))
    width = max(len(row) for row in rows)
    expected = [[(text.strip() or None) for text in row] + [None] * (width - len(row)) for row in rows]
    filled = {i + 1: cells for i, cells in enumerate(expected) if any(cells)}
    found = {int(n): cells for n, cells in zip(grid.row_numbers, table(grid), strict=True) if any(cells)}
    assert found == {n: cells for n, cells in filled.items()}
    assert np.all(np.diff(grid.row_numbers) > 0)


def test_dates_of_a_workbook_of_1904_are_not_four_years_off(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"date_1904": True}) as book:
        book.add_worksheet().write_datetime(
            0, 0, datetime(2023, 5, 1), book.add_format({"num_format": "yyyy-mm-dd"})
        )
    assert table(read(tmp_path / "a.xlsx").sheets[0]) == [["2023-05-01 00:00:00"]]


def die(path: Path) -> Book:
    """A parser that takes its process with it."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return Book([])


def test_a_workbook_that_kills_the_parser_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="内容已损坏"):
        parse_apart(die, tmp_path / "a.xlsx")
    assert table(read(workbook(tmp_path / "b.xlsx", {"一": [["a"]]})).sheets[0]) == [["a"]]


def test_a_machine_that_cannot_start_the_parser_is_not_laid_to_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "a.xlsx", {"一": [["a"]]})
    child._child.cache_clear()
    with monkeypatch.context() as patched, pytest.raises(RuntimeError, match="没有启动"):
        patched.setattr(child.sys, "executable", "/bin/false")
        read(path)
    assert table(read(path).sheets[0]) == [["a"]]
