"""`.venv` from the lock: made once, again when the lock changes. pip and the restart are stand-ins."""

import sys
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from commands import Stop, environment


class Restarted(Exception):
    pass


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A lock that nobody has installed, an empty folder for .venv, and a record of the commands."""
    lock = tmp_path / "requirements.txt"
    lock.write_text("streamlit==0.0.1 \\\n    --hash=sha256:00\n")
    kept = SimpleNamespace(lock=lock, venv=tmp_path / ".venv", commands=[], pip_code=0, venv_code=0)

    def fake_run(command: list[str], **_: object) -> SimpleNamespace:
        kept.commands.append(command[2:4] if command[1] == "-m" else command)
        if command[2:3] == ["venv"]:
            (kept.venv / "bin").mkdir(parents=True, exist_ok=True)
            if not kept.venv_code:
                (kept.venv / "bin" / "python").write_text("")
            return SimpleNamespace(returncode=kept.venv_code)
        assert command[2] != "pip" or ("--require-hashes" in command and command[-1] == str(lock))
        return SimpleNamespace(returncode=kept.pip_code, stderr="THESE PACKAGES DO NOT MATCH THE HASHES")

    def fake_exec(python: str, arguments: list[str]) -> None:
        kept.restarted = arguments
        raise Restarted

    monkeypatch.setattr(environment, "VENV", kept.venv)
    monkeypatch.setattr(environment.subprocess, "run", fake_run)
    monkeypatch.setattr(environment.os, "execv", fake_exec)
    monkeypatch.setattr(sys, "argv", ["manage.py", "run", "--port", "8700"])
    return kept


def start(machine: SimpleNamespace) -> list[list[str]]:
    """The commands of one start that ends in .venv's interpreter."""
    machine.commands.clear()
    with pytest.raises(Restarted):
        environment.ensure(machine.lock)
    return list(machine.commands)


def test_the_first_start_installs_and_restarts_in_the_environment(machine: SimpleNamespace) -> None:
    assert start(machine) == [["venv", "--clear"], ["pip", "install"]]
    python = str(machine.venv / "bin" / "python")
    assert machine.restarted == [python, str(environment.ROOT / "manage.py"), "run", "--port", "8700"]


def test_the_second_start_installs_nothing(machine: SimpleNamespace) -> None:
    start(machine)
    assert start(machine) == []


def test_a_changed_lock_is_installed_into_the_same_environment(machine: SimpleNamespace) -> None:
    start(machine)
    machine.lock.write_text("streamlit==0.0.2 \\\n    --hash=sha256:11\n")
    assert start(machine) == [["pip", "install"]]
    assert start(machine) == []


def test_inside_the_environment_nothing_is_started(
    machine: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(machine)
    machine.commands.clear()
    monkeypatch.setattr(sys, "prefix", str(machine.venv))
    assert environment.ensure(machine.lock) == "已就绪"
    assert machine.commands == []


def test_a_failed_install_is_tried_again(machine: SimpleNamespace) -> None:
    machine.pip_code = 1
    with pytest.raises(Stop, match="安装依赖未成功") as stop:
        environment.ensure(machine.lock)
    assert stop.value.code == 1
    machine.pip_code = 0
    assert start(machine) == [["pip", "install"]]


def test_an_interpreter_that_has_the_locked_versions_is_used_as_it_is(machine: SimpleNamespace) -> None:
    version = metadata.version("pytest")
    hashes = " \\\n    --hash=sha256:00\n"
    machine.lock.write_text(f"pytest=={version}{hashes}tzdata==1 ; sys_platform == 'win32'{hashes}")
    assert environment.ensure(machine.lock) == "已就绪"
    machine.lock.write_text(f"pytest=={version}.1{hashes}")
    assert start(machine) == [["venv", "--clear"], ["pip", "install"]]


def test_without_venv_the_person_is_told_what_to_install(
    machine: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.venv_code = 1
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    with pytest.raises(Stop, match="apt-get install python3-venv") as stop:
        environment.ensure(machine.lock)
    assert stop.value.code == 1
    assert machine.commands == [["venv", "--clear"]] * 2


@pytest.mark.parametrize(("user", "may"), [(0, ["apt-get"]), (1000, ["sudo", "-n", "apt-get"])])
def test_a_missing_browser_comes_from_the_system(
    machine: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, user: int, may: list[str]
) -> None:
    def which(name: str) -> str | None:
        come = name == "chromium" and any("install" in command for command in machine.commands)
        return f"/usr/bin/{name}" if come or name in {"apt-get", "sudo"} else None

    monkeypatch.setattr(environment.os, "geteuid", lambda: user)
    monkeypatch.setattr(environment.shutil, "which", which)
    assert environment.browser() == "/usr/bin/chromium"
    assert machine.commands == [
        [*may, "update", "-qq"],
        [*may, "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ]


def test_without_a_browser_the_person_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    with pytest.raises(Stop, match="apt-get install chromium"):
        environment.browser()
