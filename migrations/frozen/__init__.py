"""Code for migrations, as it was when the migration was written: one module for each.

It imports nothing of the application, and uses the tables and columns of that time. So no change of the
application can change an old migration. Only that migration and later ones import it.
"""
