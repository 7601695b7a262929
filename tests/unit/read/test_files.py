"""Which files a path means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read import find_files, read_file


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("一、总则\n", "utf-8")


def test_a_folder_means_every_readable_file_below_it_in_the_order_of_names(tmp_path: Path) -> None:
    _touch(
        tmp_path,
        "b.txt",
        "a.TXT",
        "sub/c.md",
        "sub/d.text",
        "e.jpg",
        ".hidden.txt",
        ".git/f.txt",
        "README.md",
        "LICENSE.md",
    )
    assert [p.relative_to(tmp_path).as_posix() for p in find_files([tmp_path])] == [
        "a.TXT",
        "b.txt",
        "sub/c.md",
        "sub/d.text",
    ]


def test_a_file_that_two_paths_mean_comes_once_at_its_first_place(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt", "b.txt")
    assert find_files([tmp_path / "b.txt", tmp_path, tmp_path / "a.txt"]) == [tmp_path / "b.txt", tmp_path / "a.txt"]


def test_a_folder_inside_a_hidden_folder_can_be_named(tmp_path: Path) -> None:
    _touch(tmp_path, ".work/plans/a.txt")
    assert find_files([tmp_path / ".work" / "plans"]) == [tmp_path / ".work" / "plans" / "a.txt"]


def test_a_missing_path_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有\.txt: no such file"):
        find_files([tmp_path / "没有.txt"])


def test_a_folder_without_readable_files_is_refused(tmp_path: Path) -> None:
    _touch(tmp_path, "a.pdf")
    with pytest.raises(InputError, match="no file to read"):
        find_files([tmp_path])


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "plan"])
def test_a_kind_that_is_not_read_is_refused_with_the_kinds_that_are(tmp_path: Path, name: str) -> None:
    _touch(tmp_path, name)
    with pytest.raises(InputError, match=r"\.txt"):
        read_file(tmp_path / name)


def test_a_folder_given_as_a_file_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / "a.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_an_input_error(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match="permissions"):
        read_file(tmp_path / "a.txt")


def test_a_file_keeps_the_last_part_of_its_path_and_its_kind(tmp_path: Path) -> None:
    _touch(tmp_path, "sub/规划.md")
    source = read_file(tmp_path / "sub" / "规划.md")
    assert (source.file_name, source.media_type) == ("规划.md", "text/markdown")
