"""The read side of the warehouse: snapshots and THE query compiler."""

from cockpit.warehouse.current import NoData, Warehouse
from cockpit.warehouse.measure import Sums, Window, effective, measure, terms
from cockpit.warehouse.snapshot import Info, Snapshot, SourceInfo, today

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
