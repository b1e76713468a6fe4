"""Checking any file at all: never an exception, every row accounted for, nothing written."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.check import check_files
from etl.sources import SOURCES
from tests.sending import TITLE, TODAY, csv_bytes, row, send, workbook

odd = st.text(st.characters(codec="gb18030", exclude_categories=["Cc", "Cs"]), max_size=12)
plausible = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1e5",
        "2023-05-01",
        "45047",
        "330521102",
        "是",
        "线下",
        "工资",
        "91330500MA28C0000Y",
        "119.9",
    ]
)
cells = st.one_of(odd, plausible)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    source=st.sampled_from(list(SOURCES)),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    data=st.data(),
)
def test_read_is_accepted_plus_rejected_for_any_cells(
    tmp_path_factory: pytest.TempPathFactory, source: str, encoding: str, data: st.DataObject
) -> None:
    columns = SOURCES[source].columns
    example = st.fixed_dictionaries({c.key: st.one_of(st.just(c.example), cells) for c in columns})
    rows = data.draw(st.lists(example, max_size=8))
    table = [[TITLE], [c.label for c in columns], *([r[c.key] for c in columns] for r in rows)]
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(csv_bytes(table, encoding))
    (judged,) = check_files(path.parent / "none", [path], TODAY)
    blank = sum(1 for line in table[2:] if not any(cell.strip() for cell in line))
    if not judged.refused:
        assert judged.read == judged.accepted + judged.rejected == len(rows) - blank
        assert judged.rows is not None and judged.rows.num_rows == judged.accepted
        assert {s.row for s in judged.sentences} == _rejected_rows(
            judged.rows["_row"].to_pylist(), judged.read, table
        )


def _rejected_rows(accepted: list[int], read: int, table: list[list[str]]) -> set[int]:
    filled = {i for i, line in enumerate(table, 1) if i > 2 and any(cell.strip() for cell in line)}
    assert len(filled) == read
    return filled - set(accepted)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(content=st.binary(max_size=400), name=st.sampled_from(["a.csv", "a.xlsx", "a.xls"]))
def test_any_bytes_get_a_verdict(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(content)
    (judged,) = check_files(path.parent / "none", [path], TODAY)
    assert judged.refused
    assert all(s.message.endswith("。") and s.expected for s in judged.sentences)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    start=st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
    content=st.binary(max_size=400),
)
def test_a_broken_workbook_is_refused(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    path.write_bytes(start + content)
    assert check_files(path.parent / "none", [path], TODAY)[0].refused


def test_files_are_judged_together_and_nothing_is_written(tmp_path: Path) -> None:
    files = [
        send(tmp_path / "a" / "工会.csv", "union", row("union")),
        send(tmp_path / "b" / "企业.csv", "enterprise", row("enterprise")),
    ]
    root = tmp_path / "data"
    assert [(v.file, v.accepted) for v in check_files(root, files, TODAY)] == [
        ("企业.csv", 1),
        ("工会.csv", 1),
    ]
    assert not root.exists()


def test_a_workbook_cut_in_half_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"一": [["a"] * 50] * 50})
    path.write_bytes(path.read_bytes()[:2000])
    assert check_files(tmp_path, [path], TODAY)[0].refused
