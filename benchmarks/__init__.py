"""How long things take: `python -m benchmarks` measures plankg, and rdflib, owlrl and pySHACL alone doing the same.

Figures for people, not tests: nothing here passes or fails a build.
"""
