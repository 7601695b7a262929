"""Tables in plain text: lines whose cells tabs part, as spreadsheets and web pages copy them."""

from __future__ import annotations

from kg.model import Cell, Span, Table

_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 3


def find_tables(text: str) -> tuple[Table, ...]:
    """Runs of three lines or more with the same two or more tabs each; cells that are empty have no spans.

    >>> (table,) = find_tables("分工表\\n序号\\t任务\\t责任单位\\n1\\t培训\\t科协\\n2\\t展览\\t\\n")
    >>> table.rows, table.columns, [c.row for c in table.cells if not c.spans]
    (3, 3, [2])
    """
    found: list[Table] = []
    run: list[tuple[int, str]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        tabs = line.count("\t")
        if run and (tabs != run[0][1].count("\t")):
            found += _table(run)
            run = []
        if tabs + 1 >= _FEWEST_COLUMNS and line.strip():
            run.append((at, line))
        at += len(line) + 1
    return tuple(found)


def _table(run: list[tuple[int, str]]) -> list[Table]:
    if len(run) < _FEWEST_ROWS:
        return []
    cells = []
    for row, (start, line) in enumerate(run):
        at = start
        for column, words in enumerate(line.split("\t")):
            own = words.strip()
            begin = at + len(words) - len(words.lstrip())
            cells.append(Cell(row, column, (Span(begin, begin + len(own)),) if own else ()))
            at += len(words) + 1
    last, line = run[-1]
    return [Table(Span(run[0][0], last + len(line)), len(run), run[0][1].count("\t") + 1, tuple(cells))]
