"""What pages are composed of. Nothing here asks for numbers: everything is given readings and figures."""

from cockpit.ui.attention import attention
from cockpit.ui.bar import choice, select
from cockpit.ui.cards import cards
from cockpit.ui.figures import chart, deck
from cockpit.ui.panels import columns, empty, note, panel, problem
from cockpit.ui.ranking import ranking
from cockpit.ui.records import records
from cockpit.ui.tables import grid, table

__all__ = [
    "attention",
    "cards",
    "chart",
    "choice",
    "columns",
    "deck",
    "empty",
    "grid",
    "note",
    "panel",
    "problem",
    "ranking",
    "records",
    "select",
    "table",
]
