"""The committed documents are what the declarations print, and say what each figure needs."""

import pytest

from cockpit.indicators import CATALOGUE
from etl import docs
from etl.sources import SOURCES


@pytest.mark.parametrize("name", docs.pages())
def test_the_committed_page_is_the_generated_one(name: str) -> None:
    committed = (docs.DOCS / name).read_text(encoding="utf-8")
    assert committed == docs.pages()[name], "请运行 python3 -m etl.docs"


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_indicator_stands_in_the_handbook_with_definition_formula_and_version(key: str) -> None:
    indicator = CATALOGUE[key]
    section = docs.pages()["handbook.md"].split(f"### {indicator.name}\n")[1].split("\n### ")[0]
    assert f"- 口径：{indicator.definition}\n" in section
    assert f"- 计算：{indicator.formula}\n" in section
    assert f"第{indicator.version}版，代码 {key}" in section


@pytest.mark.parametrize("name", SOURCES)
def test_every_column_of_a_source_stands_in_its_table(name: str) -> None:
    source = SOURCES[name]
    section = docs.pages()["sources.md"].split(f"## {source.label}（{name}）\n")[1].split("\n## ")[0]
    assert all(f"\n| {column.label} | " in section for column in source.sheet_columns)
    assert section.count("\n| ") == len(source.sheet_columns) + 1
