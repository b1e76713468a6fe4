"""A deck that asks nobody for anything, told as compact JSON once."""

import json
from typing import Any

import pydeck as pdk

from cockpit.maps.view import View

DECIMALS = 6  # of a degree, as many as the delivered boundaries have: none of their points moves


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list) else value


class OfflineDeck(pdk.Deck):
    """Layers on an empty ground. `map_style` must not be named, else deck.gl fetches a style from outside."""

    def __init__(self, layers: list[pdk.Layer], view: View, tooltip: dict[str, Any]) -> None:
        super().__init__(
            layers=layers,
            views=[pdk.View("MapView", controller=False)],
            initial_view_state=pdk.ViewState(longitude=view.lon, latitude=view.lat, zoom=view.zoom),
            map_provider=None,
            tooltip=tooltip,
        )
        self._compact = json.dumps(
            _rounded(json.loads(super().to_json())), ensure_ascii=False, separators=(",", ":")
        )

    def to_json(self) -> str:
        """pydeck would print and indent its JSON at every run; Streamlit calls nothing but this."""
        return self._compact
