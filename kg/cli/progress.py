"""One line on standard error that says what long work is at; silent where that is no terminal."""

from __future__ import annotations

import shutil
import sys
import unicodedata

import click

_BACK = "\r\033[K"  # to the start of the line, and clear it
_STAGES = {
    "zh": {"read": "读取", "write": "写入", "infer": "推理", "relate": "任务对应", "save": "保存", "check": "检查"},
    "en": {
        "read": "reading",
        "write": "writing",
        "infer": "inferring",
        "relate": "relating tasks",
        "save": "saving",
        "check": "checking",
    },
}


class Progress:
    """Use as a context; call as `kg.pipeline.Progress` says."""

    def __init__(self, lang: str) -> None:
        self.lang, self.shown = lang, bool(sys.stderr) and sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, stage: str, what: str, n: int, of: int) -> None:
        if self.shown:
            line = f"{_STAGES[self.lang][stage]} " + (f"{n}/{of} {what}" if what or of > 1 else "…")
            click.echo(_BACK + clip(line, shutil.get_terminal_size().columns - 1), nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo(_BACK, nl=False, err=True)


def clip(text: str, columns: int) -> str:
    """As much of the text as fits into so many columns of a terminal, on one line.

    >>> clip("读取 3/5 东湖区.txt", 14)
    '读取 3/5 东湖'
    """
    taken = 0
    for place, character in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if taken > columns:
            text = text[:place]
            break
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
