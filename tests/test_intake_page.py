"""The intake pages in every state: who may decide, what is warned of, what versions and returns are told."""

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.intake import received, runs
from tests import intake_made as made
from tests.test_pages import html, opened, words

EVIL = '<img src=x onerror="alert(1)">.csv'


@pytest.fixture
def root(warehouse_root: Path, tmp_path: Path) -> Path:
    """A copy of the hand-made data that uploads and acts may be written to."""
    return shutil.copytree(warehouse_root, tmp_path / "data")


def current(root: Path) -> str:
    return (root / "published" / "current").read_text("utf-8").strip()


def keys(at: AppTest) -> set[str]:
    """The buttons that can be pressed."""
    return {str(button.key) for button in at.button if not button.disabled}


def shown(root: Path, monkeypatch: pytest.MonkeyPatch, page: str = "intake", **query: str) -> AppTest:
    at = opened(root, monkeypatch, page, query)
    assert not at.exception and 'role="alert"' not in html(at)
    return at


def test_what_is_ready_is_told_and_may_be_published_or_given_up(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.pending(root, 1, [made.faulty("证书.xlsx"), made.refused("通知.csv")], base=current(root))
    at = shown(root, monkeypatch, unit="330521")
    assert keys(at) == {"intake-accept-sure", "intake-discard-sure"}
    told = words(at)
    assert "证书.xlsx 技能证书 德清县 2023-07-02 14 12 2 10 2 0 0 ▲ 退回2行" in told
    assert "通知.csv — — — 0 0 0 — — — — ■ 整份退回 合计 14 12 2 10 2 0 0 2个文件" in told
    assert "技能晋级人次 7,300人次 → 7,310人次 +10 1,200人次 → 1,210人次 +10" in told
    assert "竞赛参赛人次 — → 21,100人次 未收到数据 5,000人次" in told
    assert "8 等级 特技工 下列之一：学徒工、初级工、中级工" in told
    assert [button.label for button in at.get("download_button")] == [
        "下载模板",
        "下载这份的退回表",
        "全部2份退回表.zip",
    ]


@pytest.mark.parametrize(
    ("unit", "may"), [("", False), ("330502", False), ("330521", True), ("330500", True)]
)
def test_only_the_sender_and_the_city_decide(
    root: Path, monkeypatch: pytest.MonkeyPatch, unit: str, may: bool
) -> None:
    folder = made.pending(root, 1, [made.verdict("证书.xlsx")], base=current(root))
    query = {"pending": folder.name} | ({"unit": unit} if unit else {})
    at = shown(root, monkeypatch, **query)
    assert bool(keys(at)) is may
    assert ("请在上方选择“德清县总工会”或市总工会" in words(at)) is not may


@pytest.mark.parametrize(
    ("state", "base", "buttons"),
    [
        ("ready", "", {"intake-accept-sure", "intake-discard-sure"}),
        ("ready", "20230101-older", {"intake-again", "intake-accept-sure", "intake-discard-sure"}),
        ("failed", "", {"intake-again", "intake-discard-sure"}),
        ("confirmed", "", {"intake-accept-again"}),
        ("accepted", "", set()),
        ("discarded", "", set()),
    ],
)
def test_what_may_be_done_depends_on_the_state(
    root: Path, monkeypatch: pytest.MonkeyPatch, state: str, base: str, buttons: set[str]
) -> None:
    folder = made.pending(root, 1, [made.verdict("a.csv")], state, words="说明。", base=base or current(root))
    if state == "confirmed":
        made.write(folder / "preview.json", made.read(folder / "preview.json") | {"state": "ready"})
        made.write(folder / "accept.json", {"by": "甲", "at": made.AT})
    at = shown(root, monkeypatch, unit="330521", pending=folder.name)
    told = "已确认发布，但还没有建成新版本" if state == "confirmed" else "说明。"
    assert keys(at) == buttons and told in words(at)
    assert ("检查之后又发布了版本" in words(at)) is bool(base)


def test_what_to_look_at_twice_stands_above_the_verdict_and_where_it_is_published(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made.pending(root, 1, [made.verdict("a.csv")], base=current(root))
    warned = made.read(folder / "preview.json") | {"warnings": ["“a.csv”有不属于报送单位德清县的记录。"]}
    made.write(folder / "preview.json", warned)
    assert words(shown(root, monkeypatch, unit="330521")).count("注意：“a.csv”有不属于报送单位") == 2


def test_a_check_that_broke_off_can_be_made_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made.pending(root, 1, [made.verdict("a.csv")], state="")
    made.write(folder / "progress.json", {"step": "核对“a.csv”", "done": 1, "total": 3})
    at = shown(root, monkeypatch, unit="330521")
    assert keys(at) == {"intake-again", "intake-discard-sure"}
    assert "检查中断了，停在“核对“a.csv””" in words(at)


@pytest.mark.parametrize(
    ("name", "buttons", "told"),
    [
        ("request.json", set(), "这次上报的记录（request.json）已损坏，别的上报不受影响。"),
        ("preview.json", {"intake-again", "intake-discard-sure"}, "检查结果（preview.json）已损坏"),
    ],
)
def test_a_spoilt_upload_is_told_and_the_others_stay(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, buttons: set[str], told: str
) -> None:
    made.pending(root, 2, [made.verdict("好.csv")])
    folder = made.pending(root, 1, [made.verdict("坏.csv")])
    (folder / name).write_text("", "utf-8")
    at = shown(root, monkeypatch, unit="330521", pending=folder.name)
    assert keys(at) == buttons and told in words(at)
    assert "■ 已损坏" in words(at) and "好.csv" in words(at)


def test_a_spoilt_verdict_is_told_and_the_others_stay(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    min((root / "store" / "batches").glob("*.json")).write_text("", "utf-8")
    (root / "store" / "acts").mkdir(exist_ok=True)
    (root / "store" / "acts" / "000001.json").write_text("", "utf-8")
    at = shown(root, monkeypatch, "batches", batch="1", unit="330500")
    assert not keys(at) and "第1批的核对结果（store/batches）已损坏" in words(at)
    assert "撤回与恢复的记录000001已损坏" in words(at) and "● 有效" in words(at)


def test_a_second_click_starts_the_process_and_its_words_are_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made.pending(root, 1, [made.verdict("a.csv")], base=current(root))
    script = tmp_path / "manage.py"
    script.write_text("import sys; print('另一个建库正在进行，请稍候再试。', sys.argv[2]); sys.exit(1)")
    monkeypatch.setattr(runs, "MANAGE", script)
    at = shown(root, monkeypatch, unit="330521")
    at.button("intake-accept-sure").click().run()
    at.session_state["intake-run"][1].process.wait()
    assert "另一个建库正在进行，请稍候再试。 accept" in words(at.run())


def test_the_list_is_the_unit_s_own_and_all_for_the_city(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.pending(root, 1, [made.verdict("德清.csv")])
    made.pending(root, 2, [made.verdict("吴兴.csv")], sender="330502")
    for unit, names in (("330521", {"德清"}), ("330502", {"吴兴"}), ("330500", {"德清", "吴兴"})):
        listed = html(shown(root, monkeypatch, unit=unit)).split("ck-pendings")[1].split("</ul>")[0]
        assert {name for name in ("德清", "吴兴") if f"{name}.csv" in listed} == names


def test_more_than_is_taken_at_once_is_let_go_at_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server holds chosen files in memory: the uploader starts anew, with one sentence."""
    monkeypatch.setattr(received, "MOST", 1)
    at = shown(root, monkeypatch, unit="330521")
    at.file_uploader[0].set_value([("a.csv", b"x", "text/csv"), ("b.csv", b"x", "text/csv")]).run()
    assert "一次最多报1个文件，这次选了2个" in words(at)
    assert at.file_uploader[0].key == "upload-1" and not at.file_uploader[0].value
    at.file_uploader[0].set_value([("a.csv", b"x", "text/csv")]).run()
    assert "一次最多报" not in words(at) and "intake-send" in keys(at)


def test_no_unit_is_chosen_beforehand(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = shown(root, monkeypatch)
    assert at.selectbox("bar-unit").value == ""
    assert at.get("download_button")[0].proto.disabled


def test_nothing_from_a_file_name_becomes_markup(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [made.faulty(EVIL), made.refused(EVIL)]
    made.pending(root, 1, files, words=EVIL, base=current(root))
    text = html(shown(root, monkeypatch, unit="330521"))
    assert "<img" not in text and "&lt;img" in text


def test_a_batch_tells_its_way_and_asks_for_a_reason(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = shown(root, monkeypatch, "batches", batch="1", unit="330500")
    assert f"进入的版本 1个：{current(root)}" in words(at)
    at.button("sure-batch").click().run()
    assert "请写明理由。" in words(at)
    at.text_input[0].set_value("王某199-0000-1234来电").run()
    at.button("sure-batch").click().run()
    assert "请删去后再试。" in words(at) and not list((root / "store" / "acts").glob("*.json"))
    [sha] = re.findall(r"<dt>校验码</dt><dd>(\w+)</dd>", html(at))
    [whole] = [p for p in (root / "store" / "batches").glob(f"*-{sha}.json")]
    made.act(root, 1, made.read(whole)["sha256"], "withdraw", "报错了表")
    told = words(at.run())
    assert "撤回 2023-07-03 09:12，德清县总工会，理由：报错了表" in told and "▲ 已撤回" in told


@pytest.mark.parametrize(
    ("sender", "unit", "refusal"),
    [
        ("330521", "330521", None),
        ("330521", "330500", None),
        ("330521", "330502", "只有报送单位德清县总工会和湖州市总工会可以撤回这一份。"),
        (None, "330521", "只有湖州市总工会可以撤回这一份。"),
        (None, "330500", None),
    ],
)
def test_a_file_is_withdrawn_by_its_sender_and_the_city_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch, sender: str | None, unit: str, refusal: str | None
) -> None:
    path = min((root / "store" / "batches").glob("*.json"))
    made.write(path, made.read(path) | {"sender": sender})
    at = shown(root, monkeypatch, "batches", batch="1", unit=unit)
    assert keys(at) == (set() if refusal else {"sure-batch"})
    assert refusal is None or refusal in words(at)


def test_a_version_is_gone_back_to_by_the_city_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.version(root, "20230101-older", "accept", ["x"])
    at = shown(root, monkeypatch, "batches", unit="330521", target="20230101-older")
    assert not keys(at) and "只有湖州市总工会可以退回到这个版本。" in words(at)


def test_return_workbooks_are_for_their_sender_and_the_city(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made.pending(root, 1, [made.faulty("证书.xlsx")], base=current(root))
    at = shown(root, monkeypatch, unit="330502", pending=folder.name)
    assert [button.label for button in at.get("download_button")] == ["下载模板"]
    assert "退回表只给报送单位德清县总工会和湖州市总工会" in words(at)
    citys = shown(root, monkeypatch, unit="330500", pending=folder.name)
    assert [button.label for button in citys.get("download_button")] == ["下载模板", "下载这份的退回表"]


def test_without_a_unit_nothing_is_withdrawn(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = shown(root, monkeypatch, "batches", batch="1")
    assert not keys(at) and "请先在“选中的文件”一栏选择操作单位" in words(at)


def test_a_pin_is_told_in_the_header_of_every_page_and_where_it_is_lifted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "已固定" not in words(shown(root, monkeypatch, "overview"))
    pinned = {"version": current(root), "at": made.AT, "by": "湖州市总工会", "reason": "会议期间不动数字"}
    made.write(root / "published" / "pinned.json", pinned)
    made.pending(root, 1, [made.verdict("a.csv")], base=current(root))
    assert f"版本{current(root)} 已固定" in words(shown(root, monkeypatch, "overview"))
    assert "确认发布会解除固定" in words(shown(root, monkeypatch, unit="330521"))
    assert "会议期间不动数字" in words(shown(root, monkeypatch, "batches"))


def test_an_earlier_version_can_be_gone_back_to_and_the_current_one_not(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.version(root, "20230101-older", "accept", ["x"])
    at = shown(root, monkeypatch, "batches", unit="330500", target="20230101-older")
    assert keys(at) == {"sure-version"} and "将按当时的文件清单重建" in words(at)
    now = shown(root, monkeypatch, "batches", unit="330500", target=current(root))
    assert not keys(now) and "就是现在显示的版本" in words(now)


def test_who_is_late_stands_on_the_returns_page_with_the_rate_and_its_definition(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = words(shown(root, monkeypatch, "returns"))
    assert "98.6% 69/70项及时" in told and "安吉县 92.9% 13/14项" in told
    assert "○ 未报送 安吉县 培训 从未报送" in told and "填报及时率＝及时项÷应报项" in told
