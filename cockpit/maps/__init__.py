"""Maps without any request to the outside: boundaries as delivered, text in HTML above them."""

from cockpit.maps.area import area_map
from cockpit.maps.picture import Picture
from cockpit.maps.station import station_map

__all__ = ["Picture", "area_map", "station_map"]
