"""What is read most, counted without knowing who reads: how often in which hour, and nothing about readers.

The page cache tells `counter` of each page that it answers with; robots and pages fetched in advance are
left out (`readers`). Counts are kept in memory and written in batches by a thread of their own, so that
reading never writes; what a process has not written when it is killed is lost, and that is accepted.
"""
