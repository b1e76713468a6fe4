"""What the last build found spoilt, left beside the published versions for pages and /healthz to tell."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.durable import write_once
from etl.integrity import Lost
from etl.snapshot import folder


@contextmanager
def told(root: Path) -> Iterator[None]:
    """Note what is lost when the build refuses for that; clear the note when it comes through."""
    note = folder(root) / "trouble.json"
    try:
        yield
    except Lost as lost:
        text = json.dumps({"sentences": str(lost).splitlines()}, ensure_ascii=False)
        write_once(note, lambda tmp: tmp.write_text(text, "utf-8"))
        raise
    note.unlink(missing_ok=True)
