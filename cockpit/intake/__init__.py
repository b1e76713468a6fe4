"""What districts send in, from the upload to the version it went into, as files under the data folder.

Everything that writes the store or a version is `manage.py etl …` in a process of its own; here uploads are
put down, such processes are started, and what they tell is read.
"""

from cockpit.file_names import KINDS
from cockpit.intake.ledger import Act, Batch, Entry, Pin, Version, batches, entries, pin, spoilt, versions
from cockpit.intake.pendings import OPEN, Pending, find, pendings
from cockpit.intake.received import LARGEST_MB, MOST, BadUpload, check_amount, receive
from cockpit.intake.runs import Run, act, template, work
from cockpit.intake.told import Changes, Effect, Told, Verdict
from cockpit.intake.units import may_decide, name, places, units

__all__ = [
    "KINDS",
    "LARGEST_MB",
    "MOST",
    "OPEN",
    "Act",
    "BadUpload",
    "Batch",
    "Changes",
    "Effect",
    "Entry",
    "Pending",
    "Pin",
    "Run",
    "Told",
    "Verdict",
    "Version",
    "act",
    "batches",
    "check_amount",
    "entries",
    "find",
    "may_decide",
    "name",
    "pendings",
    "pin",
    "places",
    "receive",
    "spoilt",
    "template",
    "units",
    "versions",
    "work",
]
