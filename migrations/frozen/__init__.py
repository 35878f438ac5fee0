"""Code that a migration needs, as it was when the migration was written: one module for each.

It imports nothing of the application and names tables and columns as they were then, so that no change
of the application changes what an old step does. Nothing but that migration and later ones import it.
"""
