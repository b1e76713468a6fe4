"""A file of which every row is wrong: all rows are counted, the first faults are told."""

from pathlib import Path

from etl.contract.outcome import MOST_TOLD
from tests.sending import row, verdict

MORE = "另有{}处问题没有逐条列出（涉及列出的之外{}行），请先改正以上各处，再按同样的办法检查全表后重发"


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    """Two faults in each of the first 1,100 rows, one in the next 100, none in the last."""
    twice = [row("training", training_id=f"A{n}", form="甲", attendances="x") for n in range(1_100)]
    once = [row("training", training_id=f"B{n}", form="甲") for n in range(100)]
    judged = verdict(tmp_path, "training", *twice, *once, row("training", training_id="C1"))
    assert (judged.read, judged.accepted, judged.rejected) == (1_201, 1, 1_200)
    assert len(judged.sentences) == MOST_TOLD + 1
    *listed, last = judged.sentences
    assert [s.row for s in listed] == [3 + n // 2 for n in range(MOST_TOLD)]
    assert (last.row, last.expected) == (None, MORE.format(300, 200))


def test_as_many_faults_as_are_told_need_no_closing_sentence(tmp_path: Path) -> None:
    judged = verdict(
        tmp_path,
        "training",
        *(row("training", training_id=f"A{n}", form="甲") for n in range(MOST_TOLD)),
    )
    assert [s.row for s in judged.sentences] == [3 + n for n in range(MOST_TOLD)]
