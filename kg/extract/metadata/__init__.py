"""The facts about a plan as a document: title, number, issuer, dates, period.

Each comes from the places of a page that state it, the surest first: the signature before the fields of the head,
the fields before what a heading says. What was taken with doubt has a confidence below 1.
"""

from kg.extract.metadata.fields import read_fields
from kg.extract.metadata.reading import Metadata, read_metadata

__all__ = ["Metadata", "read_fields", "read_metadata"]
