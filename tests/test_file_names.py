"""Names of uploaded files: one rule for the page and the shell."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.file_names import LONGEST, safe_name
from cockpit.intake import BadUpload, find
from cockpit.intake import receive as receive_upload
from cockpit.personal import kinds
from etl.intake import pending


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("德清县_企业.xlsx", "德清县_企业.xlsx"),
        ("../../etc/企业.csv", "企业.csv"),
        ("C:\\桌面\\企业.XLSX", "企业.XLSX"),
        ("企\u202e业\x00\n.csv", "企业.csv"),
        (' 企业<1>|"2"?.csv ', "企业_1___2__.csv"),
        ("...", "未命名"),
        ("..xlsx", "未命名.xlsx"),
        (" .xlsx", "未命名.xlsx"),
        (".xlsx", "未命名.xlsx"),
        ("企业.2023.xlsx.", "企业.2023.xlsx"),
        ("上报13800000000.xlsx", "（内容略）.xlsx"),
        ("138-0000-0000.xlsx", "（内容略）.xlsx"),
        ("１３８００００００００.xlsx", "（内容略）.xlsx"),
        ("33052119900101123X.csv", "（内容略）.csv"),
        ("企业.13800000000", "企业.（内容略）"),
        ("上报20230630.xlsx", "上报20230630.xlsx"),
        ("企" * 200 + ".xlsx", "企" * 50 + ".xlsx"),
    ],
)
def test_names_are_made_safe(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@given(st.text(max_size=300))
@settings(max_examples=300, derandomize=True)
def test_no_name_reaches_outside_or_is_too_long(name: str) -> None:
    kept = safe_name(name)
    assert kept == safe_name(kept) and len(kept.encode()) <= LONGEST + 50
    assert not set(kept) & set('/\\\x00<>:"|?*') and kept not in ("", ".", "..")


@pytest.mark.parametrize("name", ["138-0000-0000.xlsx", "１３８００００００００.xlsx", "王某13800000000.csv"])
def test_a_personal_name_is_stored_nowhere_by_neither_way_in(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_bytes(b"a,b")
    for root, id in (
        (tmp_path / "1", receive_upload(tmp_path / "1", "330521", [(name, io.BytesIO(b"a,b"))])),
        (tmp_path / "2", pending.receive(tmp_path / "2", [source], "330521")),
    ):
        asked = find(root, id)
        assert asked is not None and asked.files == ("（内容略）" + source.suffix,)
        told = (asked.folder / "request.json").read_text("utf-8")
        assert not kinds(told.replace(id, "")) and name not in told
        assert [path.name for path in (asked.folder / "files").iterdir()] == [f"1-（内容略）{source.suffix}"]


@pytest.mark.parametrize("name", ["..xlsx", " .xlsx"])
def test_a_file_that_is_all_suffix_keeps_it(tmp_path: Path, name: str) -> None:
    receive_upload(tmp_path, "330521", [(name, io.BytesIO(b"a,b"))])
    (stored,) = tmp_path.glob("pending/*/files/*")
    assert stored.name == "1-未命名.xlsx"


@pytest.mark.parametrize("name", ["x.txt", "xlsx", "a.xlsx.", "a.csv.exe"])
def test_both_ways_in_refuse_the_same_kinds_with_the_same_sentence(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_bytes(b"a,b")
    root, told = tmp_path / "data", []
    for receive, refused in (
        (lambda: receive_upload(root, "330521", [(name, io.BytesIO(b"a,b"))]), BadUpload),
        (lambda: pending.receive(root, [source], "330521"), pending.Refused),
    ):
        try:
            receive()
            told.append("")
        except refused as why:
            told.append(str(why))
    says = f"“{name}”不是 xlsx、xls、csv 文件，没有收下；请另存为 xlsx 再报。"
    assert told == (["", ""] if name == "a.xlsx." else [says, says])
