"""Uploads: kept apart until they have been judged, shown and confirmed.

A preview is a real build in a scratch folder (preview); publishing moves the files into the inbox and
builds (handover). Requests and their states: pending.
"""
