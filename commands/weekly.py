"""`weekly`: the pack of a week. A server of its own on one version of the data, Chromium, files."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from commands import DONE, REFUSED, ROOT, USAGE, Stop, data_root, environment, serve

if TYPE_CHECKING:
    from cockpit.warehouse import Info, Snapshot
    from report.progress import Progress
    from report.week import Scope


@dataclass(frozen=True)
class Order:
    """What is asked for; None or empty = the default."""

    week: str | None
    districts: Sequence[str]
    pages: Sequence[str]
    version: str | None
    url: str | None


def weekly(order: Order) -> int:
    """Make the packs, one per district; one that is refused does not keep the others from being made."""
    environment.ensure(environment.RUNTIME)
    from report import Refused

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stopped timer must clear up too
    version = order.version or serve.current_version(data_root())
    if not version:
        raise Stop(REFUSED, "还没有发布过数据。请先运行 python3 manage.py etl build。")
    from report.place import full_disk_refused

    try:
        with full_disk_refused(), pinned(version) as frozen:
            return _make(order, frozen)
    except Refused as refusal:
        raise Stop(REFUSED, f"周报未做成：{refusal} 原有的周报没有变动。") from refusal


@contextmanager
def pinned(version: str) -> Iterator[Path]:
    """A data folder that has this one version, so that a publication half-way changes nothing."""
    source = data_root() / "published" / f"cockpit-{version}.duckdb"
    if not source.is_file():
        kept = sorted(path.stem.removeprefix("cockpit-") for path in source.parent.glob("cockpit-*.duckdb"))
        raise Stop(USAGE, f"没有保留版本 {version}。现有：{'、'.join(kept) or '无'}")
    with TemporaryDirectory(prefix="weekly-") as folder:
        published = Path(folder) / "published"
        published.mkdir()
        for path in (source, source.with_suffix(".json")):
            if path.is_file():
                (published / path.name).symlink_to(path)
        (published / "current").write_text(version, encoding="utf-8")
        yield Path(folder)


def _make(order: Order, frozen: Path) -> int:
    from report import Refused, pack, place
    from report.progress import Progress
    from report.week import judged_on

    info = _opened(frozen).info
    pages, scopes = _pages(order.pages), _scopes(order, info)
    snapshot = _opened(frozen, judged_on(scopes[0].code, info.data_date))
    with place.lock(data_root()):
        total = 1 + len(scopes) * (len(pages) + pack.STEPS)
        progress = Progress(place.reports(data_root()), total)
        try:
            with place.full_disk_refused():
                made, refused = _packs(order.url, frozen, snapshot, pages, scopes, progress)
            for folder in made:
                print(folder)
            if refused:
                raise _partly(refused, len(made))
        except (Refused, Stop) as refusal:
            progress.end("failed", str(refusal))
            raise
        progress.end("done", f"已做好{len(made)}份周报。")
    return DONE


def _opened(frozen: Path, day: date | None = None) -> Snapshot:
    """The version in a folder; `day`: what it takes for today."""
    from cockpit.warehouse import NoData, Warehouse, today

    try:
        return Warehouse(frozen, lambda: day or today()).snapshot()
    except NoData as nothing:
        raise Stop(REFUSED, nothing.sentence) from nothing


def _partly(refused: Mapping[str, str], made: int) -> Exception:
    """Of one pack alone its own sentence; of several, which were refused and why."""
    from report import Refused

    if len(refused) + made == 1:
        return Refused("".join(refused.values()))
    told = " ".join(f"{name}：{sentence}" for name, sentence in refused.items())
    return Stop(REFUSED, f"做好{made}份周报，{len(refused)}份未做成，其原有的周报没有变动。{told}")


def _pages(asked: Sequence[str]) -> list[str]:
    from report.pack import pictured

    known = pictured()
    if unknown := [path for path in asked if path not in known]:
        raise Stop(USAGE, f"没有页面 {unknown[0]}。可用：{'、'.join(known)}")
    return list(dict.fromkeys(asked)) or known


def _scopes(order: Order, info: Info) -> list[Scope]:
    from cockpit.slices import BadSlice
    from report.week import chosen

    try:
        return [chosen(order.week, code, info) for code in (dict.fromkeys(order.districts) or [None])]
    except BadSlice as bad:
        raise Stop(USAGE, bad.sentence) from bad


def _packs(
    url: str | None,
    frozen: Path,
    snapshot: Snapshot,
    pages: Sequence[str],
    scopes: Sequence[Scope],
    progress: Progress,
) -> tuple[list[Path], dict[str, str]]:
    """The packs made, and of the others the district and the sentence."""
    from report import Refused, capture, pack, place

    chromium = environment.browser()
    progress.step("启动服务" if url is None else "连接服务")
    made, refused = [], {}
    day = snapshot.clock_date
    running = server(frozen, day) if url is None else nullcontext(url)
    with running as base, capture.opened(chromium, base, snapshot.info, day) as camera:
        for scope in scopes:
            progress.label = f"{scope.name} {scope.code}"
            try:
                with place.full_disk_refused():
                    made.append(pack.make(data_root(), snapshot, scope, pages, camera, progress))
            except Refused as refusal:
                refused[scope.name] = refusal.sentence
    return made, refused


@contextmanager
def server(frozen: Path, day: date) -> Iterator[str]:
    """A server on a free port for this run only, which takes `day` for today.

    Its log is shown when it does not start.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    place = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *place]
    settings = {**os.environ, "COCKPIT_DATA": str(frozen), "COCKPIT_TODAY": str(day)}
    with (frozen / "server.log").open("w+", encoding="utf-8") as log:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=settings,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=serve.ends_with(os.getpid()),
        )
        try:
            serve.wait_until_healthy(child, "127.0.0.1", port)
            yield f"http://127.0.0.1:{port}"
        except Stop:
            log.seek(0)
            print(log.read()[-3000:], file=sys.stderr)
            raise
        finally:
            serve.stop(child)
