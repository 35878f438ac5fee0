"""Several processes read the database."""

import signal
from functools import partial

import pytest
from flask import Flask

from app.core.errors import Unavailable
from app.core.parallel_reading import side_by_side


def test_a_process_that_is_killed_is_no_empty_result(app: Flask) -> None:
    with app.app_context(), pytest.raises(Unavailable, match="ended from outside"):
        list(side_by_side([partial(signal.raise_signal, signal.SIGKILL)]))
