"""What a page's head declares: the site's standard meta elements, the address, the window's title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import rules
from kg.numerals import fold
from kg.read.html.tree import Element

# In the order of trust. The first names are those of the ministry of industry's "网站网页设计规范" that all
# government sites follow (国办发〔2017〕47号, annex: SiteName, ColumnName, ArticleTitle, PubDate, ContentSource, Url).
_TITLES = ("articletitle", "og:title", "title")
_DATES = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "maketime")
_SOURCES = ("contentsource", "source")
_URLS = ("url", "og:url")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page says of itself outside its text; "" where it says nothing."""

    title: str = ""
    window_title: str = ""
    published: str = ""
    source: str = ""
    url: str = ""


def find_declared(root: Element) -> Declared:
    """What the meta elements, the canonical link and the title element say.

    >>> from kg.read.html.tree import parse
    >>> page = parse('<title>工作要点_某市人民政府</title><meta name="PubDate" content="2021-11-29 16:27">', "a.html")
    >>> found = find_declared(page)
    >>> found.window_title, found.published
    ('工作要点', '2021-11-29 16:27')
    """
    values: dict[str, str] = {}
    canonical = window = ""
    for element in root.walk():
        if element.tag == "meta":
            name = (element.get("name") or element.get("property")).strip().lower()
            content = re.sub(r"\s+", " ", element.get("content")).strip()
            if name and content:
                values.setdefault(name, content)
        elif element.tag == "link" and element.get("rel").strip().lower() == "canonical":
            canonical = canonical or element.get("href").strip()
        elif element.tag == "title" and not window:
            window = re.sub(r"\s+", " ", element.words()).strip()
    urls = (canonical, *(values.get(n, "") for n in _URLS))
    return Declared(
        title=next((_no_site(bare_title(values[n])) for n in _TITLES if n in values), ""),
        window_title=_no_site(bare_title(window)),
        published=next((_date(values[n]) for n in _DATES if _date(values.get(n, ""))), ""),
        source=next((values[n] for n in _SOURCES if n in values and len(values[n]) <= 60), ""),
        url=next((u for u in urls if re.fullmatch(r"https?://[^\s<>\"]{3,2000}", u)), ""),
    )


def _date(stated: str) -> str:
    """A date, with the time where it is written apart; "" where there is none."""
    match = re.match(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?", stated)
    return match[0].replace("T", " ") if match else ""


@lru_cache(maxsize=1)
def _sites() -> re.Pattern[str]:
    return re.compile(rules("pages")["title"]["sites"])


def is_site(text: str) -> bool:
    """Whether a heading names a site or a column of it.

    >>> is_site("某镇人民政府网站"), is_site("关于成立某中心")
    (True, False)
    """
    return bool(_sites().search(fold(text))) and not re.search(rules("pages")["title"]["words"], text)


def _no_site(title: str) -> str:
    return "" if is_site(title) else title


def bare_title(stated: str) -> str:
    """A title without the names of site and column that pages put around it.

    >>> bare_title("某市人民政府关于印发实施方案的通知_政府文件_某市人民政府门户网站")
    '某市人民政府关于印发实施方案的通知'
    >>> bare_title("科普工作要点（2021-2025年） - 某某区政府网")
    '科普工作要点（2021-2025年）'
    """
    parts = [
        p.strip() for p in re.split(r"[_|｜]+|-{2,}|——|\s+[-–—>»]+\s*|\s*[-–—>»]+\s+", stated[:1_000]) if p.strip()
    ]
    if len(parts) < 2:
        parts = [p.strip() for p in re.split(r"[-–—](?!\d)", stated[:1_000]) if p.strip()]
        if len(parts) > 2 or len(parts) == 2 and not any(map(is_site, parts)):
            return stated.strip()
    own = [p for p in parts if not is_site(p)] or parts
    return max(own, key=len, default="")
