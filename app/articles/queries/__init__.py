"""The questions about the record: revisions, slugs, and what a form has made already."""
