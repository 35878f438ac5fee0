"""What the tests of the body share."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def unburdened() -> Iterator[None]:
    """For tests that count processor time: what other tests have left in memory is not walked over again
    by each collection of garbage."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
