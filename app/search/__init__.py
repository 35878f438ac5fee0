"""Full text of every live story, for readers: kept inside the transaction that publishes, asked by `find`.

A story is a set of terms (`terms`), the same on both databases; `engines` knows how each of them looks
terms up. Stories are numbered by age (`place`), so the newest matches are read first and the work for a
query is bounded however many stories there are.
"""
