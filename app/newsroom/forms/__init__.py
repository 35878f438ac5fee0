"""The forms of the story screens."""
