"""Feed readers and search engines can read the data of a story with any words."""

from hypothesis import HealthCheck, example, given, settings

from app.live.shapes import Lead, Named, Story
from tests.reader.fuzzing import NOON, check, lists

WORST = Story(
    article_id=1,
    path="/politics/x",
    headline="]]></title><script>alert(1)</script>\x00\x1b\ufffe\r\n\U0010ffff",
    short_headline="",
    standfirst="",
    html='<p>href="/x" &lt;a href="/y"></p><p><a href="/z">z</a></p>',
    language="fa",
    published_at=NOON,
    updated_at=None,
    is_live=True,
    category=Named("</script><!--", "x"),
    category_id=1,
    picture=Lead("/media/1.svg", 1, 1, "\ufffe"),
    caption="",
    credit='"]]>',
    authors=(Named("'\x07", "x"),),
)


@given(lists)
@example([WORST])
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_story_can_be_read_by_machines(several: list[Story]) -> None:
    check(several)
