"""The product's server with one tile broken: python -m tests.browser.failing TILE run app.py ...

The error rises after the tile's content was drawn, so that half a tile stands there when it fails.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.web import cli

from cockpit.shell.context import PageContext


def break_tile(broken: str) -> None:
    """From now on every tile of this name, or the headlines (`cards`), fails at its end."""
    tile, headlines = PageContext.tile, PageContext.headlines

    @contextmanager
    def failing_tile(self: PageContext, tile_id: str, *more: Any, **named: Any) -> Iterator[None]:
        with tile(self, tile_id, *more, **named):
            yield
            if tile_id == broken:
                raise LookupError(f"the tile {broken} is broken on purpose")

    @contextmanager
    def failing_headlines(self: PageContext) -> Iterator[None]:
        with headlines(self):
            yield
            if broken == "cards":
                raise LookupError("the cards are broken on purpose")

    PageContext.tile, PageContext.headlines = failing_tile, failing_headlines  # type: ignore[method-assign]


if __name__ == "__main__":
    break_tile(sys.argv.pop(1))
    sys.argv[0] = "streamlit"
    cli.main()
