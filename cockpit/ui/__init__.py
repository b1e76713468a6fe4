"""What pages are composed of. Nothing here asks for numbers: everything is given readings and figures."""

from cockpit.ui import wall
from cockpit.ui.attention import attention
from cockpit.ui.bar import choice, select
from cockpit.ui.cards import cards
from cockpit.ui.figures import chart, deck, picture
from cockpit.ui.panels import columns, empty, failed, link, note, panel, problem
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
    "failed",
    "grid",
    "link",
    "note",
    "panel",
    "picture",
    "problem",
    "ranking",
    "records",
    "select",
    "table",
    "wall",
]
