"""Categories, topics and authors: what stories are filed under and signed with."""
