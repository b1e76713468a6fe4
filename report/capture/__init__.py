"""Pictures of pages, taken only when a page says itself that everything it promised is painted."""

from report.capture.camera import Camera, Shot, opened

__all__ = ["Camera", "Shot", "opened"]
