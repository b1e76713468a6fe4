"""2,040 damaged files per run, always the same ones; `python -m tests.longer_mutations` makes others."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.mutations import Made, check, damaged_bytes, damaged_parts, odd_cells

many = settings(
    max_examples=680,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@many
@given(made=damaged_bytes())
def test_of_files_with_damaged_bytes(tmp_path_factory: pytest.TempPathFactory, made: Made) -> None:
    check(tmp_path_factory.getbasetemp(), made)


@many
@given(made=damaged_parts())
def test_of_workbooks_with_damaged_parts(tmp_path_factory: pytest.TempPathFactory, made: Made) -> None:
    check(tmp_path_factory.getbasetemp(), made)


@many
@given(made=odd_cells())
def test_of_files_with_odd_cells(tmp_path_factory: pytest.TempPathFactory, made: Made) -> None:
    check(tmp_path_factory.getbasetemp(), made)
