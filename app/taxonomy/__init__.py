"""Categories, topics and authors of stories."""
