"""Pictures: their descriptions and their files."""
