"""Who did what, when: rows are added and never changed."""
