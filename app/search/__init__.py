"""Full-text search in all live stories, for readers. The index is updated in the transaction that publishes.

The index holds a set of terms for each story (`terms`), the same on both databases. `engines` knows how each
database looks terms up. The ids of the entries are in order of age (`terms.entry_id_of`), so the newest
matches are read first, and the work for a query does not grow with the number of stories.
"""
