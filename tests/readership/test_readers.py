"""Who counts as a reader: browsers do, robots and pages that nobody has opened do not."""

import pytest

from app.readership.readers import is_reading

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.6 Mobile/15E148 Safari/604.1"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
CUBOT = (
    "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)
OPERA_MINI = "Opera/9.80 (Android; Opera Mini/36.2/119.132; U; id) Presto/2.12.423 Version/12.16"


@pytest.mark.parametrize("agent", [CHROME, SAFARI, FIREFOX, CUBOT, OPERA_MINI])
def test_browsers_read(agent: str) -> None:
    assert is_reading({"HTTP_USER_AGENT": agent})
    opened = {"HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_DEST": "document"}
    assert is_reading({"HTTP_USER_AGENT": agent} | opened)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "curl/8.14.1",
        "python-requests/2.32.3",
        "Googlebot/2.1 (+http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        f"{CHROME} (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)",
        CHROME.replace("Chrome", "HeadlessChrome"),
        "Mozilla/5.0 (Linux; Android 11; moto g power) Chrome/119.0.0.0 Chrome-Lighthouse",
        "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
        "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers)",
    ],
)
def test_robots_do_not(agent: str) -> None:
    assert not is_reading({"HTTP_USER_AGENT": agent})


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_MODE": "cors", "HTTP_SEC_FETCH_DEST": "empty"},
        {"HTTP_SEC_FETCH_MODE": "no-cors"},
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender", "HTTP_SEC_FETCH_MODE": "navigate"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_X_MOZ": "prefetch"},
        {"HTTP_PURPOSE": "preview"},
    ],
)
def test_what_nobody_has_opened_is_not_read(headers: dict[str, str]) -> None:
    assert not is_reading({"HTTP_USER_AGENT": CHROME} | headers)
