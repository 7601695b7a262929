"""Messages between the serving process and its workers, over a local socket.

A message is a JSON object and a body: 4 bytes each for their lengths, then the object, then the body. A body that is
too long to be sent along comes as an open file (its descriptor beside the bytes): a worker is free again as soon as it
has written its answer, however slowly the client reads.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
import tempfile
from dataclasses import dataclass
from typing import IO, Any

_HEAD = struct.Struct("!II")
_AT_ONCE = 1 << 16
INLINE = 1 << 17  # bytes


@dataclass(slots=True)
class Message:
    """What was said, and the body: bytes, or an open file that belongs to who received it."""

    said: dict[str, Any]
    body: bytes | IO[bytes] = b""

    def close(self) -> None:
        if not isinstance(self.body, bytes):
            self.body.close()


class TooLongError(Exception):
    """What was written to a `Spool` is longer than it may be."""


class Spool:
    """A file to write to: in memory as long as it is short, then on disk without a name; never longer than `limit`."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self._file = tempfile.SpooledTemporaryFile(INLINE)  # noqa: SIM115 - it outlives this call

    def write(self, data: bytes) -> int:
        """Raises `TooLongError`."""
        self.size += len(data)
        if self.size > self.limit:
            raise TooLongError
        return self._file.write(data)

    def flush(self) -> None:
        pass

    def send(self, connection: socket.socket, said: dict[str, Any]) -> None:
        """Say something with what was written as its body."""
        if self.size <= INLINE:
            self._file.seek(0)
            send(connection, said, self._file.read())
            return
        self._file.flush()
        send(connection, said, file=self._file.fileno())

    def close(self) -> None:
        self._file.close()


def send(connection: socket.socket, said: dict[str, Any], body: bytes = b"", file: int | None = None) -> None:
    """Say something; waits until it is said."""
    text = json.dumps(said).encode()
    data = _HEAD.pack(len(text), len(body)) + text + body
    if file is not None:
        sent = socket.send_fds(connection, [data], [file])
        data = data[sent:]
    connection.sendall(data)


def receive(connection: socket.socket) -> dict[str, Any] | None:
    """Wait for what is said (bodies are not sent this way); None when the other side has gone."""
    buffer = bytearray()
    while not _is_whole(buffer):
        if not (data := connection.recv(_AT_ONCE)):
            return None
        buffer += data
    return _split(buffer)[0]


async def send_from(connection: socket.socket, said: dict[str, Any]) -> None:
    """Say something without holding up the event loop; the socket does not block."""
    text = json.dumps(said).encode()
    await asyncio.get_running_loop().sock_sendall(connection, _HEAD.pack(len(text), 0) + text)


async def receive_from(connection: socket.socket) -> Message:
    """The next message. Raises `EOFError` when the other side has gone."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()
    buffer, files = bytearray(), []

    def readable() -> None:
        if done.done():
            return
        try:
            data, got, _, _ = socket.recv_fds(connection, _AT_ONCE, 1)
        except BlockingIOError:
            return
        except OSError as error:
            done.set_exception(EOFError(str(error)))
            return
        files.extend(got)
        buffer.extend(data)
        if not data:
            done.set_exception(EOFError())
        elif _is_whole(buffer):
            done.set_result(None)

    loop.add_reader(connection, readable)
    try:
        await done
    except BaseException:
        for file in files:
            os.close(file)
        raise
    finally:
        loop.remove_reader(connection)
    said, body = _split(buffer)
    return Message(said, os.fdopen(files[0], "rb") if files else body)


def _is_whole(buffer: bytearray) -> bool:
    return len(buffer) >= _HEAD.size and len(buffer) >= _HEAD.size + sum(_HEAD.unpack_from(buffer))


def _split(buffer: bytearray) -> tuple[dict[str, Any], bytes]:
    length, _ = _HEAD.unpack_from(buffer)
    end = _HEAD.size + length
    return json.loads(buffer[_HEAD.size : end]), bytes(buffer[end:])
