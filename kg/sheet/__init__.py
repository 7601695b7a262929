"""The review sheet: its columns, how a fact is named in it, how values are written, and the files themselves.

Shared by the room that writes the sheet from the graph and the room that takes it back in; knows neither.
"""

from __future__ import annotations

from kg.sheet.columns import COLUMNS, column_of, header
from kg.sheet.facts import fact_name, plain
from kg.sheet.fields import KINDS, Field, kind_of, read_fields, write_fields
from kg.sheet.tables import Line, Table, read_table, suffix_of, table_bytes, table_files, write_file

__all__ = [
    "COLUMNS",
    "KINDS",
    "Field",
    "Line",
    "Table",
    "column_of",
    "fact_name",
    "header",
    "kind_of",
    "plain",
    "read_fields",
    "read_table",
    "suffix_of",
    "table_bytes",
    "table_files",
    "write_fields",
    "write_file",
]
