"""Declarations of sources, one file per theme; etl.sources lists them in load order."""
