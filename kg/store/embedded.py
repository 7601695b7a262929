"""The embedded store: an Oxigraph on disk in a folder, in versions (see `kg.store.versions`)."""

from __future__ import annotations

import contextlib
import itertools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError, UsageError
from kg.store import versions
from kg.store.protocol import Dataset
from kg.store.querying import as_graph, graph_iris, run_query
from kg.vocab import DEFAULT_BASE

# RocksDB lets a process open a folder once, and who asked for a working copy may hold on to it: a new name each time.
_works = itertools.count(1)
_AT_ONCE = 150_000  # quads


class EmbeddedStore:
    """A store in a folder: one writer at a time, readers never wait and never see half a write."""

    def __init__(self, path: str | os.PathLike[str], create: bool = False, base: str | None = None) -> None:
        """Open the store; `create` allows that there is none yet. Nothing is written before `write()`."""
        self._live: ox.Store | None = None
        # The version being read and the one before, whose results may still be on their way to somebody.
        self._held: list[versions.Version] = []
        self._opening = threading.Lock()
        self._folder = Path(path)
        self.where = str(self._folder)
        about = versions.check_folder(self._folder)
        written = bool(about) and versions.current_name(self._folder) is not None
        if not written and not create:
            raise StoreError("there is no store here", where=self.where, remedy=versions.BUILD_FIRST)
        said = str(about["base"]) if written else None
        if base is not None and said is not None and base != said:
            raise UsageError(
                f"the store's IRIs begin with {said}, not with {base}",
                where=self.where,
                remedy="leave out --base, or build into another --store",
            )
        self.base = said or base or DEFAULT_BASE

    def exists(self) -> bool:
        return self._folder.is_dir() and versions.current_name(self._folder) is not None

    def is_empty(self) -> bool:
        return len(self.snapshot()) == 0

    def query(
        self, sparql: str, dataset: Dataset | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return run_query(self.snapshot(), sparql, self.where, self.base, dataset)

    def graph_names(self) -> list[str]:
        return graph_iris(self.snapshot())

    def quads(self, graph: str | ox.NamedNode | ox.DefaultGraph | None = None) -> Iterator[ox.Quad]:
        return self.snapshot().quads_for_pattern(None, None, None, as_graph(graph))

    def snapshot(self) -> ox.Store:
        """The live version, opened read-only; opened again when another process has published a newer one."""
        with self._opening:  # threads of a server share one store
            return self._open_current()

    @property
    def version(self) -> str:
        """The name of the version that the last snapshot is of; empty where there was none yet."""
        return self._held[-1].name if self._held else ""

    def _open_current(self) -> ox.Store:
        name = versions.current_name(self._folder)
        if name is None:
            return ox.Store()
        if self._live is not None and self._held[-1].name == name:
            return self._live
        version = versions.hold_current(self._folder)
        if version is None:
            return ox.Store()
        try:
            self._live = self._open(version)
        except StoreError:
            version.release()
            raise
        for old in self._held[:-1]:
            old.release()
        self._held = [*self._held[-1:], version]
        return self._live

    @contextmanager
    def write(self, is_large: bool = False) -> Iterator[ox.Store]:
        """See `Store.write`. The working copy shares its files with the live version until it changes them."""
        made_folder = not self._folder.exists()
        try:
            versions.check_folder(self._folder)
            with _failing():
                self._folder.mkdir(parents=True, exist_ok=True)
            with versions.hold_writer_lock(self._folder):
                try:
                    yield from self._change(is_large)
                finally:
                    versions.remove_if_unborn(self._folder, made_folder)
        except _FailedError as failed:
            raise StoreError(
                f"the store cannot be written: {failed.__cause__}",
                where=self.where,
                remedy="check permissions and free space",
            ) from failed.__cause__
        except PermissionError as error:
            raise StoreError(
                f"the store cannot be written: {error.strerror}", where=self.where, remedy="check its permissions"
            ) from error

    def _change(self, is_large: bool) -> Iterator[ox.Store]:
        work = self._folder / f"work-{os.getpid()}-{next(_works)}"
        working = None
        try:  # from here on: Ctrl-C may come between any two steps
            with _failing():
                versions.remove_leftovers(self._folder)
                is_first = versions.current_name(self._folder) is None
                in_memory = is_first and not is_large
                if is_first:
                    versions.write_about(self._folder, self.base)
                if in_memory:
                    # Rules and comparisons read much of what was just written: on disk that takes ten times as long,
                    # and many small loads leave RocksDB with files to merge.
                    working = ox.Store()
                elif is_first:
                    working = ox.Store(os.fspath(work))
                else:
                    self._copy_live(work)
                    working = ox.Store(os.fspath(work))
            yield working
            with _failing():
                # A checkpoint, not the working copy itself: no one who still holds that can touch what is published.
                name = versions.next_name(self._folder)
                if in_memory:
                    working = _to_disk(working, work)
                if is_first:
                    # Each load left files of its own, and a look-up searches all of them: merged, one takes 7 µs
                    # instead of 20 to 37 (1,500 plans; 30 s of a build of 12 minutes).
                    working.optimize()
                working.flush()
                working.backup(os.fspath(self._folder / name))
                (self._folder / f"{name}.lock").touch()
                versions.publish(self._folder, name)
        finally:
            del working
            with contextlib.suppress(OSError, StoreError):
                versions.remove_leftovers(self._folder)

    def _copy_live(self, work: Path) -> None:
        version = versions.hold_current(self._folder)
        if version is None:
            raise versions.damaged(self._folder, "CURRENT has vanished")
        try:
            self._open(version).backup(os.fspath(work))
        finally:
            version.release()

    def _open(self, version: versions.Version) -> ox.Store:
        try:
            return ox.Store.read_only(os.fspath(version.folder))
        except (OSError, ValueError, RuntimeError) as error:
            raise versions.damaged(self._folder, f"{version.name} cannot be opened: {error}") from error

    def __del__(self) -> None:
        self.close()  # the locks are bare file descriptors

    def close(self) -> None:
        self._live = None
        for version in self._held:
            version.release()
        self._held = []


def _to_disk(memory: ox.Store, folder: Path) -> ox.Store:
    written = ox.Store(os.fspath(folder))
    # Quad by quad: quicker than a file of N-Quads, which would be parsed and its IRIs checked again (0.31 s and 0.42 s
    # of processor time for 57,000 quads). In parts, since RocksDB sorts as much as it is given at once, a kilobyte a quad.
    quads = iter(memory)
    while part := list(itertools.islice(quads, _AT_ONCE)):
        written.bulk_extend(part)
    return written


class _FailedError(Exception):
    """Our own file work failed, told apart from what the body of `write()` raises."""


@contextmanager
def _failing() -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise _FailedError from error
