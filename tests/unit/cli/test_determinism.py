"""The same plans make the same bytes."""

from __future__ import annotations

import subprocess

import pytest

from .conftest import DOCUMENTS, PROGRAM, environment

FORMS = ("ttl", "nt", "nq", "trig", "jsonld")


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory):
    """The folders of two builds: other hashes, the files in another order and in two calls."""
    folders = []
    for seed, calls in (("0", [DOCUMENTS]), ("4711", [DOCUMENTS[:1:-1], DOCUMENTS[1::-1]])):
        folder = tmp_path_factory.mktemp(f"seed{seed}")
        for paths in calls:
            for arguments in (["build", *paths], *(["export", "-o", f"graph.{form}"] for form in FORMS)):
                subprocess.run(
                    [*PROGRAM, *arguments],
                    cwd=folder,
                    env=environment(PYTHONHASHSEED=seed),
                    capture_output=True,
                    check=True,
                )
        folders.append(folder)
    return folders


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_two_builds_give_the_same_bytes(two_builds, form):
    one, other = ((folder / f"graph.{form}").read_bytes() for folder in two_builds)
    assert len(one) > 100_000
    assert one == other
