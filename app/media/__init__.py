"""Pictures: what is known about them, and their files."""
