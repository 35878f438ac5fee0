"""The record: stories with their drafts and revisions; starting, saving, merging, comparing, restoring."""
