"""Memory of processes, each page of it counted once (PSS), in MB."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    parent: int
    command: str
    mb: float


def processes() -> dict[int, Process]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(") ", 1)[1].split()[1])
            command = (folder / "cmdline").read_text().replace("\0", " ")
            rollup = (folder / "smaps_rollup").read_text()
        except OSError:  # it has ended meanwhile
            continue
        pss = next((line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")), "0")
        found[int(folder.name)] = Process(parent, command, float(pss) / 1024)
    return found


def below(root: int, every: dict[int, Process]) -> set[int]:
    """The process and all that it began."""
    inside = {root}
    while more := {pid for pid, one in every.items() if one.parent in inside} - inside:
        inside |= more
    return inside & set(every)


def of_browser(root: int) -> dict[str, float]:
    """By kind of process: pages, gpu and the rest (the browser itself, its network and storage)."""
    every = processes()
    told = {"pages": 0.0, "gpu": 0.0, "browser": 0.0}
    for pid in below(root, every):
        command = every[pid].command
        kind = "pages" if "--type=renderer" in command else "gpu" if "--type=gpu" in command else "browser"
        told[kind] += every[pid].mb
    return told
