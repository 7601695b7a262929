"""What the tables of a plan say: divisions of work (重点任务分工表) and indicators (主要指标表).

A row of work that the running text has as a task adds its bodies and its deadline to that task;
a row that the text does not have is a task of its own.
"""

from kg.extract.tables.division import read_divisions
from kg.extract.tables.grid import Grid, read_grids
from kg.extract.tables.indicators import read_indicators

__all__ = ["Grid", "read_divisions", "read_grids", "read_indicators"]
