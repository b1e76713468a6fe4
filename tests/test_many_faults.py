"""A file of which very many rows are wrong: all are counted, told and marked, up to a bound."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from etl.answer import write
from etl.answer.book import WRONG
from etl.check import check_files
from etl.contract import keys, open_file, outcome
from etl.contract.frame import assemble
from tests.sending import TODAY, row, send, verdict

MORE = "另有{}处问题没有逐条列出（涉及列出的之外{}行），请先改正以上各处，再按同样的办法检查全表后重发"


def test_every_fault_of_a_long_file_is_listed_and_coloured(tmp_path: Path) -> None:
    wrong = [row("training", training_id=f"A{n}", form="面授") for n in range(2_500)]
    path = send(tmp_path / "培训.csv", "training", *wrong)
    (judged,) = check_files(tmp_path / "none", [path], TODAY)
    assert [s.row for s in judged.sentences] == [3 + n for n in range(2_500)]
    made = write(path, judged, tmp_path / "退回.xlsx")
    assert made is not None
    book = openpyxl.load_workbook(made, read_only=True)
    listed = [line[2] for line in book["退回说明"].iter_rows(min_row=8, values_only=True)]
    assert listed == [str(3 + n) for n in range(2_500)]
    fills = [cells[0].fill.fgColor.rgb for cells in book["数据"].iter_rows(3, 2_502, 5, 5)]
    assert fills == [f"FF{WRONG[1:]}"] * 2_500


def test_of_more_faults_than_the_bound_the_first_are_told_and_the_rest_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two faults in each of the first 11 rows, one in the next row, none in the last."""
    monkeypatch.setattr(outcome, "MOST_TOLD", 20)
    twice = [row("training", training_id=f"A{n}", form="甲", attendances="x") for n in range(11)]
    once = row("training", training_id="B", form="甲")
    judged = verdict(tmp_path, "training", *twice, once, row("training", training_id="C"))
    assert (judged.read, judged.accepted, judged.rejected) == (13, 1, 12)
    *listed, last = judged.sentences
    assert [s.row for s in listed] == [3 + n // 2 for n in range(20)]
    assert (last.row, last.expected) == (None, MORE.format(3, 2))


def test_as_many_faults_as_are_told_need_no_closing_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "MOST_TOLD", 20)
    judged = verdict(
        tmp_path, "training", *(row("training", training_id=f"A{n}", form="甲") for n in range(20))
    )
    assert [s.row for s in judged.sentences] == [3 + n for n in range(20)]


class Watched(np.ndarray):
    """Row numbers that count how often one is looked up."""

    looks = 0

    def __getitem__(self, index: object) -> object:
        Watched.looks += 1
        return super().__getitem__(index)  # type: ignore[call-overload]


def test_the_sentence_on_a_repeated_row_looks_at_a_few_of_its_group(tmp_path: Path) -> None:
    opened = open_file(send(tmp_path / "培训.csv", "training", *[row("training")] * 500), "培训.csv")
    frame = assemble(list(opened.sheets))
    watched = replace(frame, row_numbers=frame.row_numbers.view(Watched))
    same, _ = keys.repeats(watched)
    Watched.looks = 0
    told = same.phrase(250)
    assert told == "没有重复的行（“培训编号”与第3、4、5、6、7等行完全相同）" and Watched.looks < 10


def test_the_rows_named_are_the_others_and_more_of_them_are_said(tmp_path: Path) -> None:
    def told(rows: int) -> list[str]:
        different = [row("training", name=f"第{n}班") for n in range(rows)]
        found = verdict(tmp_path / str(rows), "training", *different).sentences
        return [s.expected.partition("（与第")[2].partition("行")[0] for s in found]

    assert told(6)[0::5] == ["4、5、6、7、8", "3、4、5、6、7"]
    assert told(7)[0::6] == ["4、5、6、7、8等", "3、4、5、6、7等"]
