"""Stories in the newsroom: starting, saving, comparing and bringing back; and what of them is live."""
