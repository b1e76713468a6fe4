"""What every test gets."""

import pytest

pytest_plugins = ["tests.warehouse_fixture"]


@pytest.fixture(autouse=True)
def no_real_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may reach the data of the machine it runs on by way of the environment."""
    monkeypatch.delenv("COCKPIT_DATA", raising=False)
