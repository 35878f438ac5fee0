"""Serves stored pictures to everybody at `/media/<key>`. A key is made from its file's bytes, so an answer
never changes and may be kept for good."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Response, current_app, send_from_directory

from app.core.errors import NotFound
from app.media.storage import MEDIA_TYPES

bp = Blueprint("media", __name__)
