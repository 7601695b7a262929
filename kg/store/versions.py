"""A store's folder: which version of the graph is live, who reads it, who writes.

    plankg.json   format version and base
    lock          held (flock) by the one writer; holds its process id
    CURRENT       name of the live version
    v7/ v7.lock   a version, never changed once CURRENT has named it; its lock is shared by its readers
    work-…/       the copy that the writer is changing

Nothing that a reader sees is ever changed: a writer publishes a new version and replaces CURRENT atomically. So an
interrupted write leaves the store as it was, and whatever it left behind the next writer removes.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError

FORMAT = 1
BUILD_FIRST = "build it first: kg build PATH… --store DIR"
_VERSION = re.compile(r"v(\d+)")


@dataclass(frozen=True, slots=True)
class Version:
    """A live version held by a reader: it stays on disk until `release`."""

    name: str
    folder: Path
    lock: int  # file descriptor with the shared flock; -1 where the file system grants none

    def release(self) -> None:
        if self.lock >= 0:
            os.close(self.lock)


def check_folder(folder: Path) -> dict[str, object]:
    """What plankg.json says; empty where there is no store yet.

    Raises `StoreError` for a folder that is something else or was written by a newer plankg.
    """
    about = folder / "plankg.json"
    try:
        text = about.read_text(encoding="utf-8")
    except FileNotFoundError:
        if not folder.exists() or not any(folder.iterdir()):
            return {}
        raise StoreError(
            "this folder holds something else than a store", where=str(folder), remedy="choose another --store"
        ) from None
    except NotADirectoryError:
        raise StoreError("this is a file, not a store", where=str(folder), remedy="choose another --store") from None
    except OSError as error:
        raise StoreError(
            f"the store cannot be read: {error.strerror}", where=str(folder), remedy="check its permissions"
        ) from error
    try:
        said = json.loads(text)
        version = said["format"]
        if not (isinstance(version, int) and isinstance(said["base"], str)):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise damaged(folder, "plankg.json is not what a store writes") from None
    if version > FORMAT:
        raise StoreError(
            f"the store has format {version}, this plankg reads up to {FORMAT}",
            where=str(folder),
            remedy="use a newer plankg, or build into another --store",
        )
    return said


def damaged(folder: Path, what: str) -> StoreError:
    """The error for a store that cannot be what a writer left."""
    return StoreError(f"the store is damaged: {what}", where=str(folder), remedy="remove the folder and build it again")


def current_name(folder: Path) -> str | None:
    """The name of the live version; None where nothing was published yet."""
    try:
        name = (folder / "CURRENT").read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            f"the store cannot be read: {error.strerror}", where=str(folder), remedy="check its permissions"
        ) from error
    if not _VERSION.fullmatch(name):
        raise damaged(folder, f"CURRENT says {name[:40]!r}")
    return name


def hold_current(folder: Path) -> Version | None:
    """The live version, locked against removal; None where nothing was published yet."""
    while (name := current_name(folder)) is not None:
        lock = _open_shared(folder / f"{name}.lock")
        if current_name(folder) == name:  # named after we held the lock: its remover will find us
            if not (folder / name).is_dir():
                os.close(lock) if lock >= 0 else None
                raise damaged(folder, f"CURRENT names {name}, which is not there")
            return Version(name, folder / name, lock)
        if lock >= 0:
            os.close(lock)
    return None


def _open_shared(path: Path) -> int:
    try:
        lock = os.open(path, os.O_RDONLY)
    except OSError:
        return -1  # removed meanwhile, or a copy of a store without lock files: nothing to hold on to
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return -1
    return lock


@contextlib.contextmanager
def hold_writer_lock(folder: Path) -> Iterator[None]:
    """Be the only writer of this store; raises `StoreError` that names the process that is."""
    path = folder / "lock"
    while True:
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:  # a read-only file system, say
            raise StoreError(
                f"the store cannot be written: {error.strerror}", where=str(folder), remedy="check its permissions"
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(lock, 32).decode("ascii", "replace").strip()
            os.close(lock)
            who = f"process {holder}" if holder else "another process"
            raise StoreError(
                f"{who} is writing to this store", where=str(folder), remedy="wait until it is done, then try again"
            ) from None
        if _is_same_file(lock, path):
            break
        os.close(lock)  # its last writer removed it between our two calls
    try:
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        # A store that was given up before its first version is removed with its lock: see `remove_if_unborn`.
        with contextlib.suppress(OSError):
            os.ftruncate(lock, 0)
        os.close(lock)


def _is_same_file(descriptor: int, path: Path) -> bool:
    try:
        here, there = os.fstat(descriptor), path.stat()
    except FileNotFoundError:
        return False
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)


def write_about(folder: Path, base: str) -> None:
    """Write plankg.json, which makes the folder a store."""
    _write_atomically(folder / "plankg.json", json.dumps({"format": FORMAT, "base": base}, indent=1) + "\n")


def publish(folder: Path, name: str) -> None:
    """Make a complete version the live one, in one step that is on disk when this returns."""
    _sync(folder / name)
    _write_atomically(folder / "CURRENT", name + "\n")


def _write_atomically(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def next_name(folder: Path) -> str:
    """A name that no version in the folder has."""
    taken = [int(found[1]) for entry in folder.iterdir() if (found := _VERSION.match(entry.name))]
    return f"v{max(taken, default=0) + 1}"


def remove_leftovers(folder: Path) -> None:
    """Remove what an interrupted writer left and old versions that nobody reads. For the holder of the writer's lock."""
    live = current_name(folder)
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("work-") and entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name.startswith("work-") or entry.suffix == ".new":
            entry.unlink(missing_ok=True)
        elif (found := _VERSION.match(entry.name)) and found[0] != live:
            _remove_unread(folder, found[0])


def _remove_unread(folder: Path, name: str) -> None:
    path = folder / f"{name}.lock"
    with contextlib.suppress(FileNotFoundError):
        lock = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return  # somebody reads it: a later writer will remove it
        finally:
            os.close(lock)
    shutil.rmtree(folder / name, ignore_errors=True)
    path.unlink(missing_ok=True)


def remove_if_unborn(folder: Path, made_folder: bool) -> None:
    """Remove what a first write made before it was given up: the place is as it was."""
    if current_name(folder) is not None:
        return
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and (_VERSION.fullmatch(entry.name) or entry.name.startswith("work-")):
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name in ("plankg.json", "lock") or entry.suffix in (".lock", ".new", ".nq"):
            entry.unlink(missing_ok=True)
    if made_folder:
        with contextlib.suppress(OSError):
            folder.rmdir()
