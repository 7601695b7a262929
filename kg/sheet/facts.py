"""How a fact is named, so that the same fact has the same name after every build."""

from __future__ import annotations

import hashlib
import unicodedata


def plain(text: str) -> str:
    """Words as facts are compared by: NFKC, without white space, one kind of dash.

    >>> plain("１．５ 万人次") == plain("1.5万人次")
    True
    """
    return (
        "".join(unicodedata.normalize("NFKC", text).split()).replace("–", "-").replace("—", "-").replace("\u200b", "")
    )


def fact_name(owner: str, kind: str, anchor: str = "", place: int = 1) -> str:
    """The name of a fact below its plan: what it belongs to, its kind, and a digest of the words that it rests on.

    `anchor` is the name of a body as written, the clause of a figure, a group's notation; empty where a thing can have
    only one such fact. `place` tells apart several with the same words, in the order of the text.

    >>> fact_name("", "title"), fact_name("2-3-9", "responsibility", "区 人社局")
    ('#title', '2-3-9#responsibility-fe9be1fa')
    >>> fact_name("2-3-9", "responsibility", "区人社局", 2)
    '2-3-9#responsibility-fe9be1fa-2'
    """
    name = f"{owner}#{kind}"
    if anchor:
        name += "-" + hashlib.sha256(plain(anchor).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name}-{place}" if place > 1 else name
