"""The queries of the record: revisions, slugs, and the story that a form has made already."""
