"""Frames and readings -> figures; pure, labels on the chart, bars from zero, ranking sorted."""

from cockpit.charts.ledger import burndown
from cockpit.charts.months import plan_curve, trend
from cockpit.charts.rows import bars, bullets, facts, funnel, split

__all__ = ["bars", "bullets", "burndown", "facts", "funnel", "plan_curve", "split", "trend"]
