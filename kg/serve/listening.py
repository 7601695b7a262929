"""Listen on a port, serve until a signal comes, and leave nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn

from kg.errors import KGError, StoreError, UsageError
from kg.serve.app import make_app
from kg.serve.around import as_json, as_text
from kg.serve.describing import Statistics
from kg.serve.limits import Limits
from kg.serve.pool import Pool, Source
from kg.store import versions
from kg.vocab import DEFAULT_BASE


def serve(
    source: Source,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    limits: Limits | None = None,
    writable: bool = False,
    root_path: str = "",
    log: str = "plain",
    on_ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve until SIGTERM or SIGINT; then queries under way finish, or are ended at their limit. `port` 0 takes any free one.

    `on_ready` is called with the service's URL once workers are warm. `log`: plain or json, on standard error.
    Raises `UsageError` for what cannot be served so, `StoreError` and `EmptyError` for a store that is not there or holds nothing,
    `KGError` for a port that is taken.
    """
    prefix = _check_prefix(root_path)
    limits = limits or Limits()
    if writable and not (source.store and _is_loopback(host)):
        raise UsageError(
            "--writable lets anyone who reaches the port change the store: it is for tests, on this machine alone",
            remedy="leave it out, or serve a folder on 127.0.0.1",
        )
    base = _base_of(source)
    pool = Pool(source, limits, may_be_empty=writable)
    with _listen(host, port) as listener:
        app = make_app(pool, base, {"plain": as_text, "json": as_json}[log](), writable=writable, prefix=prefix)
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",  # every request has its line in our own log
            access_log=False,
            server_header=False,
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=int(limits.seconds * 2) + 2,
        )
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{listener.getsockname()[1]}{prefix}"
        asyncio.run(_run(pool, app.state.statistics, _Server(config, lambda: on_ready(url)), listener))


async def _run(pool: Pool, statistics: Statistics, server: _Server, listener: socket.socket) -> None:
    try:
        await pool.start()
        counting = asyncio.create_task(statistics.follow())
        await server.serve(sockets=[listener])
        counting.cancel()
        await asyncio.gather(counting, return_exceptions=True)
    finally:
        await pool.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn does, but a signal that asked us to stop is not raised again once we have: that is no fault."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _base_of(source: Source) -> str:
    """The start of the instances' IRIs. Only the folder's description is read here: workers alone open the store."""
    if source.store is None:
        return DEFAULT_BASE
    folder = Path(source.store)
    about = versions.check_folder(folder)
    if not about or versions.current_name(folder) is None:
        raise StoreError("there is no store here", where=source.store, remedy=versions.BUILD_FIRST)
    return str(about["base"])


def _check_prefix(root_path: str) -> str:
    prefix = root_path.rstrip("/")
    if prefix and (not prefix.startswith("/") or not prefix.isascii() or any(c in prefix for c in "?#% ")):
        raise UsageError(f"not a path: {root_path}", where="--root-path", remedy="write it like /plans")
    return prefix


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    where = f"{host}:{port}"
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        # asyncio turns off Nagle's waiting (40 ms an answer) only for sockets that say that they are TCP.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise UsageError(f"no address of this machine: {error.strerror}", where=host, remedy="use 127.0.0.1") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise KGError(
                "the port is in use", where=where, remedy="choose another with --port, or 0 for any"
            ) from error
        raise KGError(
            f"the port cannot be had: {error.strerror}", where=where, remedy="choose another --host or --port"
        ) from error
    return listener
