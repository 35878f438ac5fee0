"""The migrations of the database. A migration in `versions` may import `frozen`, so this is a package."""
