"""The tables of this feature, one file for each subject."""

from app.live.models.byline import Byline, Tagging
from app.live.models.change import Change
from app.live.models.change_kind import NOTICES, UPDATES, ChangeKind
from app.live.models.publication import SITEMAP_PART, Publication, sitemap_part_of
from app.live.models.redirect import Redirect
from app.live.models.related import Related
from app.live.models.shown_picture import ShownPicture
from app.live.models.shown_portrait import ShownPortrait
from app.live.models.story_link import StoryLink
from app.live.models.suppression import Suppression, SuppressionReason

__all__ = [
    "NOTICES",
    "SITEMAP_PART",
    "UPDATES",
    "Byline",
    "Change",
    "ChangeKind",
    "Publication",
    "Redirect",
    "Related",
    "ShownPicture",
    "ShownPortrait",
    "StoryLink",
    "Suppression",
    "SuppressionReason",
    "Tagging",
    "sitemap_part_of",
]
