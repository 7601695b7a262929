"""Faults planted in good plans, to see whether the rules of `shapes/` find them: all of them, and nothing else.

`model` what a planted fault is · `ground` a plan to plant in · `names` what its nodes are called before and after ·
`of_*` the mutations, by concern · `chain` a plan with its upper plan · `plant` choosing, planting, looking, comparing.
"""

from __future__ import annotations

from benchmarks.faults import (
    of_basis,
    of_chain,
    of_content,
    of_data,
    of_head,
    of_links,
    of_metadata,
    of_responsibility,
    of_structure,
    of_targets,
)
from benchmarks.faults.ground import Ground, grounds
from benchmarks.faults.model import MUTATIONS, Claim, Mutation, Planting, mutation
from benchmarks.faults.plant import Copy, Outcome, plant, prepare, run, spoilt_plans, store_of

__all__ = ["MUTATIONS", "Claim", "Copy", "Ground", "Mutation", "Outcome", "Planting", "grounds", "mutation", "plant", "prepare", "run", "spoilt_plans", "store_of"]  # fmt: skip
# Importing them is what registers their mutations.
_CONCERNS = (
    of_basis,
    of_chain,
    of_content,
    of_data,
    of_head,
    of_links,
    of_metadata,
    of_responsibility,
    of_structure,
    of_targets,
)
