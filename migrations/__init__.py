"""The database, step by step. A step in `versions` may import `frozen`, so this is a package."""
