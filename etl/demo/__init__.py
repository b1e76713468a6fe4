"""The demonstration inbox: files exactly as five districts would send them, from a seed."""

from etl.demo.inbox import write_inbox

__all__ = ["write_inbox"]
