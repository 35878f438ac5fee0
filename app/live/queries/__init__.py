"""The queries of the readers' pages, one file for each kind of result."""
