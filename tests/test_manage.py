"""The command line: its help, its exit codes, what it asks of the parts below (stand-ins here)."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import manage
from commands import data, serve, verify

ROOT = Path(manage.__file__).parent
OPTIONS = {
    "run": ["--port", "--host", "--wall"],
    "test": ["pytest"],
    "etl": [
        *("build", "check", "template", "demo", "preview", "hand-in", "accept", "discard"),
        *("history", "withdraw", "reinstate", "versions", "rollback", "log"),
    ],
    "etl build": ["--by", "--clock-is-right"],
    "etl check": ["FILE", "--return"],
    "etl template": ["SOURCE", "--district", "--out"],
    "etl demo": ["--scale", "--seed", "--out"],
    "weekly": ["--week", "--district", "--pages", "--version", "--url"],
    "backup": ["DIR", "--keep", "--verify"],
    "restore": ["DIR", "--backup", "--replace", "--settings"],
    "value": ["INDICATOR", "--district", "--period", "--by", "--json"],
}
Stub = Callable[..., ModuleType]


class Refused(Exception):
    pass


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    """Put a stand-in module with the given names in the place of a real one."""

    def put(name: str, **names: object) -> ModuleType:
        module = ModuleType(name)
        module.__dict__.update(names)
        monkeypatch.setitem(sys.modules, name, module)
        return module

    monkeypatch.setattr(data, "ensure", lambda lock: "")
    monkeypatch.setattr(serve.environment, "ensure", lambda lock: "")
    return put


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COCKPIT_DATA", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("verb", OPTIONS)
def test_help_needs_no_package_and_names_every_option(verb: str) -> None:
    command = [sys.executable, "-S", "manage.py", *verb.split(), "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert [option for option in OPTIONS[verb] if option not in shown.stdout] == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "命令"),
        ("etl", "命令"),
        ("fly", "fly"),
        ("run --port 0", "0 不是 1 到 65535 的整数"),
        ("run --port x", "x 不是 1 到 65535 的整数"),
        ("run --prot 8600", "不认识的参数 --prot 8600"),
        ("etl check", "缺少 FILE"),
        ("etl accept", "缺少 ID"),
        ("etl build --by", "--by：后面要有一个值"),
        ("etl fly", "没有 'fly'，可用："),
        ("etl demo --scale 0", "0 不是 1 到 1000 的整数"),
        ("etl rollback 20230630-0a --reason 王某19900001234要求", "疑似写有身份证号、手机号或银行卡号"),
        ("etl withdraw 1 --reason 330599-19900101-0011", "疑似写有身份证号、手机号或银行卡号"),
        ("etl reinstate 1 --reason 报错 --by 199-0000-1234", "疑似写有身份证号、手机号或银行卡号"),
        ("value", "INDICATOR"),
        ("value members --dist 330521", "不认识的参数 --dist 330521"),
    ],
)
def test_wrong_usage_ends_with_two_and_a_reason(
    line: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        manage.main(line.split())
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "用法有误" in said and why in said
    assert not re.search(r"usage|argument|choice|required|expected", said)


def report(**changes: object) -> SimpleNamespace:
    part = SimpleNamespace(source="station", read=10, accepted=8, rejected=2)
    told = {
        "version": "20230630-0a",
        "seconds": 1.25,
        "changed": True,
        "sources": [part],
        "messages": ["退回2行"],
    }
    return SimpleNamespace(**{**told, **changes})


def test_build_tells_what_was_read_accepted_and_rejected(
    stub: Stub, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Path] = []
    stub("etl.build", BuildRefused=Refused, build=lambda folder, by: asked.append(folder) or report())
    assert manage.main(["etl", "build"]) == 0
    assert asked == [root]
    assert capsys.readouterr().out.splitlines() == [
        "版本 20230630-0a：已发布（1.2 秒）",
        "  station：读 10 行，收 8，拒 2",
        "退回2行",
    ]


def test_a_refused_build_ends_with_one(stub: Stub, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(folder: Path, by: str | None) -> None:
        raise Refused("另一个建库正在进行。")

    stub("etl.build", BuildRefused=Refused, build=refuse)
    assert manage.main(["etl", "build"]) == 1
    assert capsys.readouterr().err == "建库未成功：另一个建库正在进行。\n"


def test_a_full_disk_is_told_in_a_sentence(
    stub: Stub, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill(folder: Path, by: str | None) -> None:
        raise OSError(28, "No space left on device", str(folder))

    stub("etl.build", BuildRefused=Refused, build=fill)
    assert manage.main(["etl", "build"]) == 1
    assert capsys.readouterr().err == f"读写未成功（{root}）：磁盘已满\n"


@pytest.mark.parametrize(("rejected", "refused", "code"), [(0, False, 0), (1, False, 1), (0, True, 1)])
def test_check_ends_with_one_when_anything_is_refused(
    stub: Stub, root: Path, rejected: int, refused: bool, code: int
) -> None:
    file = root / "a.csv"
    file.write_text("x")
    counts = {"read": 3, "accepted": 3 - rejected, "rejected": rejected, "refused": refused}
    verdict = SimpleNamespace(file="a.csv", source="union", sentences=["第3行…"] * rejected, **counts)
    stub("etl.check", check_each=lambda folder, files: [(file, verdict)] if files == [file] else [])
    stub("etl.answer", free_place=lambda folder, name: folder / name, write=lambda path, judged, out: out)
    assert manage.main(["etl", "check", str(file), "--return", str(root / "back")]) == code
    assert (root / "back").is_dir() == bool(rejected)


def test_a_missing_file_is_wrong_usage(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["etl", "check", str(root / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_template_lists_the_sources_and_overwrites_nothing(
    stub: Stub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stub("etl.sources", SOURCES={"union": SimpleNamespace(label="工会")})
    stub("etl.template", write_template=lambda source, path, district: path.write_text(source) and path)
    assert manage.main(["etl", "template", "onion"]) == 2
    assert "union（工会）" in capsys.readouterr().err
    assert manage.main(["etl", "template", "union", "--out", str(tmp_path)]) == 0
    (tmp_path / "union.xlsx").write_text("filled in")
    assert manage.main(["etl", "template", "union", "--out", str(tmp_path / "union.xlsx")]) == 2
    assert (tmp_path / "union.xlsx").read_text() == "filled in"


def test_a_template_cannot_go_where_there_is_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "ensure", lambda lock: "")
    path = tmp_path / "none" / "union.xlsx"
    assert manage.main(["etl", "template", "union", "--out", str(path)]) == 2
    assert capsys.readouterr().err == f"写不了 {path}：--out 须在已有且可写的文件夹中。\n"


def test_demo_goes_to_the_inbox_but_never_beside_other_files(stub: Stub, root: Path) -> None:
    asked: list[tuple[Path, int, int]] = []
    stub("etl.demo", write_inbox=lambda folder, seed, scale: asked.append((folder, seed, scale)) or [])
    assert manage.main(["etl", "demo", "--scale", "20", "--seed", "7"]) == 0
    (root / "inbox" / "德清县").mkdir(parents=True)
    (root / "inbox" / "德清县" / "企业.XLSX").write_text("x")
    assert manage.main(["etl", "demo"]) == 2
    assert asked == [(root / "inbox", 7, 20)]


def test_value_passes_the_slice_on_and_prints_json(
    stub: Stub, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refusals = {name: type(name, (Exception,), {}) for name in ("UnknownIndicator", "BadSlice", "NoData")}

    def value(folder: Path, indicator: str, *parts: str | None) -> dict[str, object]:
        if indicator in refusals:
            raise refusals[indicator]("没有这个。")
        return {"root": str(folder), "名": [indicator, *parts]}

    stub("cockpit.indicators", UnknownIndicator=refusals["UnknownIndicator"])
    stub("cockpit.slices", BadSlice=refusals["BadSlice"])
    stub("cockpit.warehouse", NoData=refusals["NoData"])
    stub("cockpit.value", value=value, render=lambda result: f"人读 {result['名']}")
    line = ["value", "members", "--district", "330521", "--period", "2023-H1", "--by", "method"]
    assert manage.main([*line, "--json"]) == 0
    told = capsys.readouterr().out
    assert json.loads(told) == {"root": str(root), "名": ["members", "330521", "2023-H1", "method"]}
    assert "名" in told
    assert manage.main(["value", "members"]) == 0
    assert capsys.readouterr().out == "人读 ['members', None, None, None]\n"
    assert [manage.main(["value", wrong]) for wrong in refusals] == [2, 2, 1]
    assert capsys.readouterr().err == "没有这个。\n" * 3


def test_a_port_in_use_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert manage.main(["run", "--port", str(port)]) == 2
    assert capsys.readouterr().err == (
        f"无法在 127.0.0.1:{port} 上启动：端口已被占用，请用 --port 或 --host 换一个。\n"
    )


def test_stages_stop_at_the_first_that_fails(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    codes = iter([0, 0, 3])

    def fake(command: list[str], **_: object) -> SimpleNamespace:
        ran.append(command[2:])
        return SimpleNamespace(returncode=next(codes))

    monkeypatch.setattr(verify.environment, "browser", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(verify.subprocess, "run", fake)
    assert manage.main(["test"]) == 3
    assert ran == [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]]


def test_unknown_arguments_of_test_go_to_pytest(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def fake(command: list[str], **_: object) -> SimpleNamespace:
        ran.append(command[2:])
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(verify.environment, "browser", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(verify.subprocess, "run", fake)
    assert manage.main(["test", "tests/test_layers.py", "-k", "short", "-x"]) == 0
    assert ran[-1] == ["pytest", *verify.IN_PARALLEL, "tests/test_layers.py", "-k", "short", "-x"]


def test_ci_runs_the_same_command() -> None:
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "exec python3 manage.py test"
