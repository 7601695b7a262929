"""The order of the stages and nothing else: files → records → statements → store → entailments.

`plans` one file · `gathering` many files, in `workers`, put aside in a `spool` · `building` into a store, `drawing` what
follows · `converting` into a file.
"""

from kg.pipeline.building import build, remove
from kg.pipeline.converting import convert, n_quads
from kg.pipeline.gathering import STDIN
from kg.pipeline.plans import Plan, graph_name, read_plan
from kg.pipeline.report import BuildReport, BuiltPlan, Progress

__all__ = [
    "STDIN",
    "BuildReport",
    "BuiltPlan",
    "Plan",
    "Progress",
    "build",
    "convert",
    "graph_name",
    "n_quads",
    "read_plan",
    "remove",
]
