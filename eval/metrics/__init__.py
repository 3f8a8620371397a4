"""The metrics, one a file; no judge model anywhere."""
