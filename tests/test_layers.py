"""Who may import whom, how long a piece may be, and what must not stand in the repository."""

import ast
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
NOT_COMMITTED = {"inbox", "store", "published", "reports", "pending", "log"}

PURE = {
    f"cockpit.{name}"
    for name in (
        *("codes", "labels", "indicators", "districts", "slices", "site", "screens", "pace", "numbers"),
        *("seals", "personal", "file_names", "refusals"),
    )
}
READ = PURE | {
    f"cockpit.{name}" for name in ("warehouse", "reading", "records", "export", "value", "published")
}
READING = {"cockpit.reading.reading"}  # the dataclass alone
FIGURES = PURE | READING | {f"cockpit.{name}" for name in ("charts", "maps", "theme")}
FILES = {
    "duckdb",
    "pandas",
    "numpy",
    "pyarrow",
    "fastexcel",
    "python_calamine",
    "openpyxl",
    "xlsxwriter",
    "stdnum",
    "holidays",
}
ETL_READS = {"cockpit.codes", "cockpit.indicators", "cockpit.districts", "cockpit.slices"}
ETL_READS |= {"cockpit.seals", "cockpit.personal", "cockpit.file_names", "cockpit.refusals"}

# First pattern that fits a file gives what it may import beside the standard library.
LAYERS: tuple[tuple[str, set[str]], ...] = (
    ("cockpit/__init__.py", set()),
    *((f"cockpit/{name.removeprefix('cockpit.')}*", PURE) for name in sorted(PURE)),
    ("cockpit/packs*", PURE),
    ("cockpit/intake*", PURE | {"cockpit.intake"}),
    ("cockpit/warehouse*", PURE | {"cockpit.warehouse", "duckdb", "pandas"}),
    *((f"cockpit/{name}*", READ | {"pandas"}) for name in ("reading", "records", "value", "published")),
    ("cockpit/disclosure*", READ | {"pandas"}),
    ("cockpit/walls*", PURE),
    ("cockpit/attention*", PURE | READING),
    ("cockpit/stations*", READ | {"pandas"}),
    ("cockpit/handbook*", READ | {"pandas", "cockpit.attention", "cockpit.handbook"}),
    ("cockpit/export*", READ | {"pandas", "xlsxwriter"}),
    *((f"cockpit/{name}*", FIGURES | {"plotly", "pydeck", "pandas"}) for name in ("charts", "maps", "theme")),
    *((f"cockpit/{name}*", {"cockpit", "streamlit", "starlette", "pandas"}) for name in ("ui", "shell")),
    ("app.py", {"cockpit", "streamlit", "starlette"}),
    ("pages/*", {"cockpit", "streamlit"}),
    ("wall/*", {"cockpit", "streamlit"}),
    ("etl/docs.py", ETL_READS | {"etl", "cockpit.handbook"}),
    ("etl/intake/effects.py", READ),
    ("etl/*", ETL_READS | FILES | {"etl"}),
    (
        "report/*",
        READ
        | {"cockpit.attention", "cockpit.handbook", "report"}
        | {"playwright", "pptx", "typst", "xlsxwriter", "PIL"},
    ),
    (
        "commands/*",
        {"commands", "etl", "report"}
        | {"cockpit.indicators", "cockpit.personal", "cockpit.refusals", "cockpit.slices"}
        | {"cockpit.value", "cockpit.warehouse"},
    ),
    ("manage.py", {"commands", "cockpit.refusals"}),
)
LIMITS = (("pages/*", 60), ("wall/*", 60), ("tests/*", 300), ("*.py", 200), ("*.sql", 200))
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:" + "work|home|root|tmp/lab" + r")(?:/|\b(?![-.\w]))")
OUTSIDE = re.compile(
    r"https?://(?!localhost|127\.0\.0\.1|www\.w3\.org/|schemas\.openxmlformats\.org/)[^\s\"')<>]+"
)


def committed_files() -> list[Path]:
    """Files of the repository as committed: no caches, no built data."""
    inside = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return sorted(
        path
        for path in inside
        if not SKIPPED & set(path.parts)
        and not (path.parts[0] == "data" and len(path.parts) > 1 and path.parts[1] in NOT_COMMITTED)
    )


COMMITTED = committed_files()
PRODUCT = [
    path
    for path in COMMITTED
    if path.suffix == ".py"
    and path.parts[0]
    in {"app.py", "manage.py", "commands", "cockpit", "etl", "pages", "wall", "report", "bench"}
]
LAYERED = [path for path in PRODUCT if path.parts[0] != "bench"]
MEASURED = [path for path in COMMITTED if path.suffix in {".py", ".sql"}]


def source(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def imported(text: str, path: Path) -> Iterator[str]:
    """Full names of the modules that `text` imports anywhere, standard library left out."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            package = path.parts[: len(path.parts) - node.level] if node.level else ()
            base = ".".join([*package, *filter(None, [node.module])])
            whole = base in {"cockpit", "etl", "commands", "report"}
            names = [f"{base}.{alias.name}" for alias in node.names] if whole else [base]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] not in sys.stdlib_module_names)


def forbidden_imports(text: str, path: Path) -> list[str]:
    allowed = next((may for pattern, may in LAYERS if fnmatch(path.as_posix(), pattern)), None)
    assert allowed is not None, f"{path} stands in no layer: add it to LAYERS"
    return [
        name
        for name in imported(text, path)
        if not any(name == may or name.startswith(f"{may}.") for may in allowed)
    ]


def broad_excepts(text: str) -> list[int]:
    """Lines that catch everything."""
    handlers = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]
    broad = {"Exception", "BaseException"}
    return [
        node.lineno
        for node in handlers
        if node.type is None
        or broad & {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)}
    ]


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> int:
    """Lines of a function that hold code: without docstring, blank lines and whole-line comments."""
    documented = ast.get_docstring(node) is not None and len(node.body) > 1
    described = range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1) if documented else range(0)
    span = range(node.lineno, (node.end_lineno or node.lineno) + 1)
    texts = (lines[number - 1].strip() for number in span if number not in described)
    return sum(1 for text in texts if text and not text.startswith("#"))


def long_functions(text: str) -> list[str]:
    lines = text.splitlines()
    functions = (
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [f"{node.name}: {size}" for node in functions if (size := code_lines(node, lines)) > 25]


def composed_elsewhere(text: str) -> list[str]:
    """What a page must leave to the layers below: SQL, grouping, colours, number formats."""
    words = re.findall(r"\bSELECT\b|\.groupby\(|#[0-9a-fA-F]{6}\b|rgba?\(", text)
    formats = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FormattedValue))
    return words + [f"format in line {node.lineno}" for node in formats if node.format_spec]


@pytest.mark.parametrize("path", LAYERED, ids=str)
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    assert forbidden_imports(source(path), path) == []


@pytest.mark.parametrize("path", PRODUCT, ids=str)
def test_nothing_catches_everything(path: Path) -> None:
    assert broad_excepts(source(path)) == []


@pytest.mark.parametrize("path", PRODUCT, ids=str)
def test_functions_are_short(path: Path) -> None:
    assert long_functions(source(path)) == []


@pytest.mark.parametrize("path", MEASURED, ids=str)
def test_files_are_short(path: Path) -> None:
    most = next(limit for pattern, limit in LIMITS if fnmatch(path.as_posix(), pattern))
    assert len(source(path).splitlines()) <= most


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "common", "misc"}
    assert [path for path in PRODUCT if drawers & {path.stem, *path.parts[:-1]}] == []


@pytest.mark.parametrize("path", [path for path in PRODUCT if path.parts[0] in {"pages", "wall"}], ids=str)
def test_a_page_only_composes(path: Path) -> None:
    assert composed_elsewhere(source(path)) == []


def readable(path: Path) -> str:
    """The text of a file, empty for a binary one."""
    content = (ROOT / path).read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [(str(path), hit) for path in COMMITTED for hit in MACHINE_PATH.findall(readable(path))]
    assert found == []


def test_screens_name_no_outside_host() -> None:
    screens = [
        path for path in COMMITTED if path.parts[0] in {"app.py", "cockpit", "pages", "wall", ".streamlit"}
    ]
    looked_at = [path for path in screens if path.suffix not in {".txt", ".md"}]  # licences name their homes
    found = [(str(path), hit) for path in looked_at for hit in OUTSIDE.findall(readable(path))]
    assert found == []


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("cockpit/slices.py", "import pandas", ["pandas"]),
        ("cockpit/indicators/skills.py", "from .. import warehouse", ["cockpit.warehouse"]),
        ("cockpit/warehouse.py", "def f():\n    import streamlit.web", ["streamlit.web"]),
        ("cockpit/reading.py", "from cockpit.charts import trend", ["cockpit.charts"]),
        ("cockpit/charts/trend.py", "from cockpit import warehouse, numbers", ["cockpit.warehouse"]),
        ("cockpit/ui/card.py", "from etl.check import check_files", ["etl.check"]),
        ("pages/skills.py", "import pandas as pd\nimport streamlit", ["pandas"]),
        ("etl/build.py", "import duckdb\nfrom cockpit import codes, site", ["cockpit.site"]),
        ("manage.py", "import duckdb, json", ["duckdb"]),
    ],
)
def test_the_import_table_refuses(path: str, text: str, found: list[str]) -> None:
    assert forbidden_imports(text, Path(path)) == found


def test_the_rules_see_what_they_forbid() -> None:
    assert broad_excepts("try:\n    f()\nexcept (ValueError, Exception):\n    pass") == [3]
    assert broad_excepts("try:\n    f()\nexcept:\n    pass") == [3]
    assert broad_excepts("try:\n    f()\nexcept ValueError:\n    pass") == []
    body = '    """One.\n\n    Two."""\n    # why\n\n' + "    x = 1\n" * 24
    assert long_functions("def f():\n" + body) == []
    assert long_functions("def f():\n" + body + "    y = 2\n") == ["f: 26"]
    assert composed_elsewhere("show(f'{x:.1f}', '#ff0000')") == ["#ff0000", "format in line 1"]
    assert MACHINE_PATH.search("open('/" + "home/x')") and MACHINE_PATH.search("cd /" + "work && ls")
    assert not MACHINE_PATH.search("see /workbook, ./work/ and a/home/b")
    assert OUTSIDE.search("https://cdn.example.com/a.js") and not OUTSIDE.search("http://www.w3.org/2000/svg")
