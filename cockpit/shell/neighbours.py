"""A town is judged among the towns of its county."""

from dataclasses import replace

from cockpit import districts
from cockpit.shell.context import PageContext


def around(page: PageContext) -> PageContext:
    """The page one level up for a town, any other as it is: its children() are ranked and mapped."""
    here = page.slice.district
    if here.level != "town" or here.parent is None:
        return page
    return replace(page, slice=page.slice.at(districts.get(here.parent)))
