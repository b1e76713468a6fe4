"""Files are parsed in a process of their own: a damaged one can make the parser ask for a terabyte."""

import atexit
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from etl.reading.grid import Unreadable

# Address space. A workbook of 100,000 rows takes 0.8 GB; the service that this runs in may hold 4 GB.
MOST_MEMORY = 3 * 1024**3 // 2
MOST_CPU_SECONDS = 120  # of all threads: fair to a file on a busy machine
MOST_SECONDS = 300.0  # by the clock
MOST_IDLE_SECONDS = 10.0  # without any computing: threads that wait for each other, a disk that is gone
START_SECONDS = 60.0
# Else the allocator reserves a gigabyte that it may never use, and the limit would hit right files.
SETTINGS = {"ARROW_DEFAULT_MEMORY_POOL": "system"}
Read = TypeVar("Read")
HERE = Path(__file__).resolve().parents[2]
TOO_LONG = "文件打开用时过长，没有读取；请删去多余的格式、公式和空行后另存，或拆成几份。"
TOO_LARGE = "打开文件要用的内存过多，没有读取；可能有离得很远的单元格，请删去多余的行列后另存，或拆成几份。"
DAMAGED = "工作簿打不开：内容已损坏，请用 Excel 或 WPS 打开后另存为 xlsx 重新发送。"


def parse_apart(parse: Callable[[Path], Read], path: Path) -> Read:
    """`parse(path)` in the child, which stays for the next file.

    Raises:
        Unreadable: what `parse` raised, or that the child broke off, took too long or too much memory.
    """
    if _child.cache_info().currsize and _child()[0].poll() is not None:
        _child.cache_clear()
    process, line = _child()
    line.send((parse, path, MOST_CPU_SECONDS, MOST_MEMORY))
    try:
        answer = line.recv() if _answers(process, line) else Unreadable(TOO_LONG)
        broken = isinstance(answer, Unreadable) and answer.args == (TOO_LONG,)
    except (EOFError, ConnectionError):
        answer, broken = Unreadable(_why(process.wait())), True
    if broken:
        _stop(process, line)
        _child.cache_clear()
    if isinstance(answer, Unreadable):
        raise answer
    found: Read = answer
    return found


def _answers(process: "subprocess.Popen[bytes]", line: Connection) -> bool:
    """Wait as long as the child computes; False when it has not for a while, or for too long."""
    end, spent = time.monotonic() + MOST_SECONDS, ""
    while not line.poll(MOST_IDLE_SECONDS):
        before, spent = spent, _computed(process.pid)
        if spent == before or time.monotonic() > end:
            return False
    return True


def _computed(process: int) -> str:
    """CPU time so far, in the kernel's own unit; see proc(5)."""
    told = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return " ".join(told[11:13])


def _why(ended: int) -> str:
    """What the child's end says of the file: Rust aborts when memory is refused."""
    return {-signal.SIGXCPU: TOO_LONG, -signal.SIGABRT: TOO_LARGE}.get(ended, DAMAGED)


@cache
def _child() -> tuple["subprocess.Popen[bytes]", Connection]:
    """A started child that has said it is ready, so that a machine's fault is never laid to a file.

    Not a fork, as the parent may hold threads; not a multiprocessing spawn, which runs the main script again.
    """
    ours, theirs = Pipe()
    serve = "import sys; from etl.reading.child import serve; serve(int(sys.argv[1]))"
    process = subprocess.Popen(
        [sys.executable, "-c", serve, str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # the parser's own messages are of no use to staff
        env=os.environ | SETTINGS | {"PYTHONPATH": os.pathsep.join([str(HERE), *filter(None, sys.path)])},
    )
    theirs.close()
    atexit.register(_stop, process, ours)
    try:
        ready = ours.poll(START_SECONDS) and ours.recv()
    except (EOFError, ConnectionError):
        ready = False
    if not ready:
        raise RuntimeError("读取工作簿的子进程没有启动，请检查 Python 环境后重试。")
    return process, ours


def _stop(process: "subprocess.Popen[bytes]", line: Connection) -> None:
    line.close()
    process.kill()
    process.wait()


def serve(handle: int) -> None:
    """The child: say ready, then parse what is sent until the line closes."""
    import etl.reading  # noqa: F401  loaded before ready is said, so that a missing package shows

    line = Connection(handle)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    line.send(True)
    while True:
        try:
            parse, path, seconds, memory = line.recv()
        except EOFError:
            return
        _limit(seconds, memory)
        try:
            line.send(parse(path))
        except Unreadable as reason:
            line.send(reason)
        except MemoryError:
            line.send(Unreadable(TOO_LARGE))


def _limit(seconds: int, memory: int) -> None:
    """For the next file alone: the process's own CPU time counts on from file to file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    for kind, most in ((resource.RLIMIT_CPU, spent + seconds), (resource.RLIMIT_AS, memory)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
