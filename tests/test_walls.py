"""Walls report; what is silent, frozen or behind is told; what they send is bounded."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from cockpit import walls
from cockpit.shell import front, heartbeat
from cockpit.ui.walls import rows
from cockpit.walls import BadBeat, Wall, Walls, read
from cockpit.warehouse import Warehouse
from commands import ROOT

NOW = 1_700_000_000.0
TOLD = {
    "id": "a1",
    "name": "大厅",
    "screen": "skills",
    "version": "v2",
    "stamp": "7",
    "seconds": 30,
    "painted": 12,
}


def wall(**more: object) -> Wall:
    return read({**TOLD, **more}, NOW)


def test_a_heartbeat_says_when_the_picture_was_painted() -> None:
    assert wall() == Wall("a1", "大厅", "skills", "v2", "7", 30, NOW, NOW - 12, NOW)
    assert wall(painted=None).painted == 0


@pytest.mark.parametrize(
    "bad",
    [
        [],
        {**TOLD, "id": ""},
        {**TOLD, "name": "长" * 65},
        {**TOLD, "version": 3},
        {**TOLD, "seconds": -1},
        {**TOLD, "painted": "x"},
        {**TOLD, "painted": True},
    ],
)
def test_what_is_no_heartbeat_is_refused(bad: object) -> None:
    with pytest.raises(BadBeat):
        read(bad, NOW)


def test_silent_frozen_and_behind_are_told_apart() -> None:
    assert wall().state(NOW + 30, "v2", "7") == "ok"
    assert wall().state(NOW + 31, "v2", "7") == "silent"
    assert wall(painted=30 + 150).state(NOW, "v2", "7") == "ok"
    assert wall(painted=30 + 151).state(NOW, "v2", "7") == "frozen"
    assert wall(painted=None).state(NOW, "v2", "7") == "frozen"
    assert wall().state(NOW, "v3", "7") == "behind"
    assert wall().state(NOW, "v2", "8") == "behind"


def ids(kept: Walls) -> list[str]:
    return [one.id for one in kept.all()]


def beats(kept: Walls, since: int, until: int, *told: dict[str, str]) -> None:
    """Each of these walls reports every 5 seconds, `since` and `until` counted from NOW."""
    for second in range(since, until, 5):
        for one in told:
            kept.beat(read({**TOLD, **one}, NOW + second))


def test_the_list_is_bounded_and_forgets(tmp_path: Path) -> None:
    kept = Walls(tmp_path)
    for n in range(walls.MOST):
        kept.beat(read({**TOLD, "id": f"w{n:02}", "name": f"{n}号"}, NOW + n))
    kept.beat(read({**TOLD, "id": "new", "name": "新"}, NOW + walls.MISSED))
    assert len(ids(kept)) == walls.MOST and "w00" not in ids(kept) and "new" in ids(kept)
    kept.beat(read(TOLD, NOW + walls.MISSED + walls.FORGET))
    assert ids(kept) == ["a1"]


def test_made_up_walls_push_no_real_one_out(tmp_path: Path) -> None:
    kept = Walls(tmp_path)
    kept.beat(wall())
    for n in range(walls.MOST + 5):
        kept.beat(read({**TOLD, "id": f"w{n:02}", "name": ""}, NOW + 100 + n))
    assert len(ids(kept)) == walls.MOST and "a1" in ids(kept)
    kept.beat(read({**TOLD, "screen": "map"}, NOW + 200))
    assert next(one.screen for one in kept.all() if one.id == "a1") == "map"
    beats(kept, 200, 250, {"id": "b2"})
    assert "b2" in ids(kept) and "a1" not in ids(kept)  # begun anew, it has its place


def test_of_two_walls_of_one_name_the_dead_one_stays_on_the_list(tmp_path: Path) -> None:
    kept = Walls(tmp_path)
    beats(kept, 0, 10, {"id": "a1"}, {"id": "b2"})
    beats(kept, 10, 100, {"id": "b2"})
    assert ids(kept) == ["a1", "b2"]


def test_a_wall_that_began_anew_takes_the_place_of_the_one_it_was(tmp_path: Path) -> None:
    kept = Walls(tmp_path)
    beats(kept, 0, 10, {"id": "a1"})
    beats(kept, 20, 35, {"id": "b2"})
    assert ids(kept) == ["a1", "b2"]  # perhaps there are two
    beats(kept, 35, 50, {"id": "b2"})
    assert ids(kept) == ["b2"]


def test_of_several_walls_of_one_name_the_one_that_began_anew_takes_its_own_place(tmp_path: Path) -> None:
    kept = Walls(tmp_path)
    beats(kept, 0, 10, {"id": "dead"})
    beats(kept, 0, 200, {"id": "old"}, {"id": "other"})
    beats(kept, 205, 300, {"id": "new"}, {"id": "other"})
    assert ids(kept) == ["dead", "new", "other"]
    beats(kept, 300, 400, {"id": "new"}, {"id": "other"})
    assert ids(kept) == ["dead", "new", "other"]


def test_a_wall_without_a_name_is_forgotten_within_the_hour(tmp_path: Path) -> None:
    kept = Walls(tmp_path)
    for beat in ({"id": "c3", "name": ""}, {"id": "d4", "name": ""}):
        kept.beat(read({**TOLD, **beat}, NOW))
    kept.beat(read(TOLD, NOW + walls.FORGET_NAMELESS - 1))
    assert ids(kept) == ["a1", "c3", "d4"]
    kept.beat(read(TOLD, NOW + walls.FORGET_NAMELESS))
    assert ids(kept) == ["a1"]


def test_the_list_of_an_earlier_release_is_still_read(tmp_path: Path) -> None:
    told = {**TOLD, "heard": NOW, "painted": NOW}
    (tmp_path / "walls").mkdir()
    (tmp_path / "walls" / "walls.json").write_text(json.dumps([told]), "utf-8")
    assert ids(Walls(tmp_path)) == ["a1"]


def test_the_list_outlives_the_server_and_a_damaged_file_does_not_matter(tmp_path: Path) -> None:
    Walls(tmp_path).beat(wall())
    assert Walls(tmp_path).all() == [wall()]
    (tmp_path / "walls" / "walls.json").write_text('[{"id": 1}', "utf-8")
    assert Walls(tmp_path).all() == []


def test_the_server_answers_with_its_stamp_or_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_DATA", str(tmp_path))
    code, answer = heartbeat.answer(json.dumps(TOLD).encode())
    assert (code, list(answer)) == (200, ["stamp"])
    assert [one.name for one in heartbeat.walls().all()] == ["大厅"]
    assert heartbeat.answer(b"[" * 1999)[0] == 400
    assert heartbeat.answer(b"{}") == (
        400,
        {"reason": "心跳的 id、name、screen、version、stamp 应为不超过64个字符的文字。"},
    )


def test_the_page_lists_them_in_words() -> None:
    shown = rows([wall(), wall(id="b2", name="", screen="nothing")], NOW + 40, "v2", "7").to_dict("records")
    assert [row["大屏"] for row in shown] == ["大厅", "未起名 b2"]
    assert shown[0]["状态"] == "■ 失联（超过30秒没有报告）"
    assert [row["正在显示"] for row in shown] == ["技能提升", "—"]
    assert [shown[0][name] for name in ("显示的数据版本", "当前数据版本", "程序")] == ["v2", "v2", "最新"]
    assert shown[0]["最近一次报告"] == "11-15 06:13:20"


def test_staff_see_which_walls_are_silent_frozen_or_behind(
    warehouse_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, version = Walls(tmp_path), Warehouse(warehouse_root).snapshot().version
    now = {"version": version, "stamp": front.stamp()}
    for name, heard, more in (
        ("一", 0, now),
        ("二", 0, {**now, "version": "old"}),
        ("三", 0, {**now, "painted": 4000}),
        ("四", -31, now),
    ):
        kept.beat(read({**TOLD, "id": name, "name": name, **more}, NOW + heard))
    monkeypatch.setenv("COCKPIT_DATA", str(warehouse_root))
    monkeypatch.setattr(heartbeat, "walls", lambda: kept)
    monkeypatch.setattr("cockpit.ui.walls.time", SimpleNamespace(time=lambda: NOW))
    at = AppTest.from_file(str(ROOT / "pages" / "walls.py"), default_timeout=30).run()
    html = next(e.proto.body for e in at.get("html") if "ck-table" in e.proto.body)
    found = re.findall(r"<td>(.)</td><td class=\"lamp (\w+)\">. (\w+)", html)
    assert found == [
        ("一", "green", "正常"),
        ("三", "red", "画面不动"),
        ("二", "yellow", "数据或程序不是最新"),
        ("四", "red", "失联"),
    ]
    assert html.count("11-15 06:13:08") == 2 and "11-15 05:06:40" in html
