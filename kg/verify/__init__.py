"""Every stated fact of a store compared again with the text that the store keeps, and with nothing else.

Reads the graph only and shares no code with the rooms that read plans: what they take wrongly, this must not take the
same way. Numbers, dates and counts of sections are read here anew.
"""

from __future__ import annotations

from kg.verify.report import Failure, Verification
from kg.verify.run import verify

__all__ = ["Failure", "Verification", "verify"]
