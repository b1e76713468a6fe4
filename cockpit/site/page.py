"""What a page and a tile are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """One panel of a page. `indicators` are the catalogue keys it shows (empty: it shows no indicator)."""

    id: str
    title: str
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """One screen: `indicators` are its headline cards (8 at most), `filters` the breakdowns of its bar.

    `icon` is a Material symbol, which Streamlit ships with it. `path` is the URL and the file name in pages/.
    """

    path: str
    title: str
    icon: str
    indicators: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    menu: bool = True  # stands in the navigation

    @property
    def wanted(self) -> tuple[str, ...]:
        """What must be painted before this page is whole: its headline cards, as `cards`, and its tiles."""
        return (*(("cards",) if self.indicators else ()), *(tile.id for tile in self.tiles))

    def tile(self, tile_id: str) -> Tile:
        return next(t for t in self.tiles if t.id == tile_id)

    def shown(self) -> tuple[str, ...]:
        """Every indicator on this page, headline first, each once."""
        tiles = (key for tile in self.tiles for key in tile.indicators)
        return tuple(dict.fromkeys((*self.indicators, *tiles)))
