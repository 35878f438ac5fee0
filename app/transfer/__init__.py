"""Stories on their way in and out of Stet: seeds now; import, export, backup and restore later."""
