"""What looks right and is not: percent kept as fractions, another firm's contract, files in motion, links."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from etl import build, contract
from etl.check import check_files
from etl.contract import Opened
from etl.store import batches, ingest
from tests.sending import OTHER_USCC, TODAY, USCC, lines, row, send, told, verdict
from tests.warehouse_fixture import write_store

RATE, COUNT = "规上企业建会率", "技能晋级人次"
PERCENT = "应为百分数，85%应填85，不是0.85（单元格请用常规格式，不用百分比格式）。"
NOW = datetime(2023, 7, 1, 8, 30)


def in_percent_cells(path: Path, cells: dict[str, float]) -> Path:
    """A workbook with one target, these columns typed as 85 % into cells of that format."""
    table = lines("target", row("target", indicator=RATE))
    keys = list(row("target"))
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, style = book.add_worksheet("目标"), book.add_format({"num_format": "0%"})
        for r, values in enumerate(table):
            sheet.write_row(r, 0, values)
        for key, value in cells.items():
            sheet.write_number(2, keys.index(key), value, style)
    return path


def test_a_rate_typed_into_a_percent_cell_is_refused(tmp_path: Path) -> None:
    path = in_percent_cells(tmp_path / "目标.xlsx", {"annual": 0.85})
    (judged,) = check_files(tmp_path / "none", [path], TODAY)
    assert (judged.accepted, judged.rejected) == (0, 1)
    (sentence,) = judged.sentences
    assert str(sentence).endswith(f"第3行“年度目标”填的是“0.85”，{PERCENT}")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"indicator": RATE, "annual": "1"}, f"第3行“年度目标”填的是“1”，{PERCENT}"),
        ({"indicator": RATE, "annual": "0.85%"}, f"第3行“年度目标”填的是“0.85%”，{PERCENT}"),
        ({"plan_01": "0.08"}, f"第3行“1月末计划%”填的是“0.08”，{PERCENT}"),
    ],
)
def test_percent_as_a_fraction_is_told(tmp_path: Path, cells: dict[str, str], sentence: str) -> None:
    assert told(verdict(tmp_path, "target", row("target", **cells))) == [sentence]


@pytest.mark.parametrize(
    "cells",
    [
        {"indicator": RATE, "annual": "85"},
        {"indicator": RATE, "annual": "85%"},
        {"indicator": RATE, "annual": "1.5"},
        {"indicator": RATE, "annual": "0"},
        {"indicator": COUNT, "annual": "1"},
        {"plan_01": "0", "plan_02": "1"},
    ],
)
def test_percent_and_small_counts_are_accepted(tmp_path: Path, cells: dict[str, str]) -> None:
    assert told(verdict(tmp_path, "target", row("target", **cells))) == []


def contracts(folder: Path, name: str, **cells: str) -> None:
    send(folder / "inbox" / name, "contract", row("contract", uscc=OTHER_USCC, **cells))


def covered(folder: Path, *firms: str) -> None:
    sent = (row("contract_coverage", uscc=firm) for firm in firms)
    send(folder / "inbox" / "覆盖.csv", "contract_coverage", *sent)


def firms(folder: Path) -> None:
    made = (row("enterprise", uscc=uscc) for uscc in (USCC, OTHER_USCC))
    send(folder / "inbox" / "企业.csv", "enterprise", *made)


def test_an_enterprise_contract_covers_its_own_firm_only(tmp_path: Path) -> None:
    firms(tmp_path)
    contracts(tmp_path, "合同.csv")
    covered(tmp_path, USCC, OTHER_USCC)
    judged = next(b for b in ingest(tmp_path, NOW) if b.source == "contract_coverage")
    assert (judged.read, judged.accepted, judged.waiting) == (2, 1, 1)
    assert [str(s) for s in judged.sentences] == [
        f"文件“覆盖.csv”：第3行“统一社会信用代码”填的是“{USCC}”，应为“集体合同”里这份企业合同的"
        "统一社会信用代码（企业合同只覆盖自己的企业，请核对两处）。"
    ]


def test_an_area_contract_covers_any_firm(tmp_path: Path) -> None:
    firms(tmp_path)
    contracts(tmp_path, "合同.csv", scope="区域")
    covered(tmp_path, USCC, OTHER_USCC)
    assert [b.rejected for b in ingest(tmp_path, NOW)] == [0, 0, 0]


def test_a_coverage_comes_in_once_the_contract_is_corrected(tmp_path: Path) -> None:
    firms(tmp_path)
    contracts(tmp_path, "合同.csv")
    covered(tmp_path, USCC)
    assert [b.waiting for b in ingest(tmp_path, NOW)] == [0, 0, 1]
    send(tmp_path / "inbox" / "合同_更正.csv", "contract", row("contract", uscc=USCC))
    assert [(b.file, b.accepted) for b in ingest(tmp_path, NOW)] == [("合同_更正.csv", 1), ("覆盖.csv", 1)]


def test_a_withdrawal_of_a_coverage_is_spared(tmp_path: Path) -> None:
    """The contract was corrected to another firm: its old coverage has to go."""
    firms(tmp_path)
    contracts(tmp_path, "合同.csv")
    covered(tmp_path, OTHER_USCC)
    ingest(tmp_path, NOW)
    send(tmp_path / "inbox" / "合同_更正.csv", "contract", row("contract", uscc=USCC))
    ingest(tmp_path, NOW)
    table = lines("contract_coverage", row("contract_coverage", uscc=OTHER_USCC))
    text = "\n".join(
        ",".join([*cells, extra]) for cells, extra in zip(table, ("", "作废", "是"), strict=True)
    )
    (tmp_path / "inbox" / "作废.csv").write_text(text, "utf-8")
    assert [(b.accepted, b.sentences) for b in ingest(tmp_path, NOW)] == [(1, ())]


def written_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody goes on copying after the file was hashed and before it is opened."""
    opening = contract.open_file

    def grown(*args: Any) -> Opened:
        with path.open("ab") as file:
            file.write(",".join(row("training", training_id="PX-2").values()).encode() + b"\r\n")
        return opening(*args)

    monkeypatch.setattr(contract, "open_file", grown)


def test_a_file_that_grows_before_it_is_read_is_taken_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never recorded under the hash of what it was before."""
    write_store(tmp_path)
    had = len(batches(tmp_path))
    path = send(tmp_path / "inbox" / "培训.csv", "training", row("training"))
    with monkeypatch.context() as copying:
        written_on(path, copying)
        report = build.build(tmp_path)
    assert "培训.csv：读取时还在变化（可能没有复制完），这次没有收，下次建库再收。" in report.messages
    assert len(batches(tmp_path)) == had
    assert build.needs_build(tmp_path)
    assert [(b.file, b.accepted) for b in ingest(tmp_path)] == [("培训.csv", 2)]


def test_links_in_the_inbox_are_told_once_per_build(tmp_path: Path) -> None:
    write_store(tmp_path)
    outside = send(tmp_path / "outside" / "a.csv", "training", row("training"))
    (tmp_path / "inbox" / "德清").mkdir(parents=True)
    (tmp_path / "inbox" / "德清" / "培训.csv").symlink_to(outside)
    (tmp_path / "inbox" / "各县").symlink_to(outside.parent)
    sentence = "收件夹里有2个指向别处的链接没有读取（各县、德清/培训.csv），请把文件本身放进来。"
    for _ in range(2):
        assert [m for m in build.build(tmp_path).messages if "链接" in m] == [sentence]
