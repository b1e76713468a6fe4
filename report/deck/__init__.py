"""周报.pptx: native charts and tables that the office can go on editing."""

from report.deck.build import build

__all__ = ["build"]
