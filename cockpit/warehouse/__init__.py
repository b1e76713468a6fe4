"""The read side of the warehouse: snapshots and THE query compiler."""

from cockpit.warehouse.measure import Sums, Window, effective, measure, terms
from cockpit.warehouse.snapshot import Info, NoData, Snapshot, SourceInfo, Warehouse, today

__all__ = [
    "Info",
    "NoData",
    "Snapshot",
    "SourceInfo",
    "Sums",
    "Warehouse",
    "Window",
    "effective",
    "measure",
    "terms",
    "today",
]
