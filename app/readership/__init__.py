"""The most read stories, counted without data about readers: only how often each was read in each hour.

The page cache reports each answered page to `counter`. Robots and prefetched pages are not counted
(`readers`). Counts are kept in memory, and a separate thread writes them in batches, so that a page view
never waits for a write. Counts that are not written yet are lost when a process is killed; that is accepted.
"""
