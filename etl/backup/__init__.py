"""Copies of the data folder that prove themselves: taken while builds run, checked by hash."""

from etl.backup.restoring import Restored, restore
from etl.backup.taking import Taken, back_up
from etl.backup.vault import Refused
from etl.backup.verifying import Checked, verify

__all__ = ["Checked", "Refused", "Restored", "Taken", "back_up", "restore", "verify"]
