"""The command that serves the graph over HTTP."""

from __future__ import annotations

import click

from kg.cli.options import choose_source, source_options, warn


@click.command(short_help="Serve the graph over HTTP: SPARQL, and graphs as a whole.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 for any free one.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Queries at once.  [default: one a core, at least 4]"
)
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(min=0.1),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="What a query may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=16),
    default=1024,
    show_default=True,
    metavar="MIB",
    help="Memory that a query may take.",
)
@click.option(
    "--max-answer",
    type=click.IntRange(min=1),
    default=64,
    show_default=True,
    metavar="MIB",
    help="The longest answer; a longer one is refused, never cut.",
)
@click.option(
    "--queue",
    type=click.IntRange(min=0),
    default=64,
    show_default=True,
    metavar="N",
    help="Requests that may wait for a worker.",
)
@click.option(
    "--root-path", default="", metavar="PATH", help="The path under which a proxy shows the service, such as /plans."
)
@click.option(
    "--log",
    type=click.Choice(("plain", "json")),
    default="plain",
    show_default=True,
    help="Form of the log, a line a request, on standard error.",
)
@click.option(
    "--writable", is_flag=True, help="Take updates, for tests of the protocol: of a folder, on this machine alone."
)
@source_options
def serve(
    host: str,
    port: int,
    workers: int | None,
    seconds: float,
    memory: int,
    max_answer: int,
    queue: int,
    root_path: str,
    log: str,
    writable: bool,
    store: str | None,
    endpoint: str | None,
) -> None:
    """Serve the graph over HTTP, read-only, until Ctrl-C or SIGTERM.

    SPARQL is at /sparql (without a query: what the service is and holds), whole graphs at /rdf-graph-store, /healthz and /readyz say how it does.
    """
    from kg.serve import Limits, Source
    from kg.serve import serve as run
    from kg.store import open_store

    store, endpoint = choose_source(store, endpoint)
    opened = open_store(store, endpoint)  # says what is wrong with them; nothing is opened yet
    opened.close()
    source = Source(store, endpoint)
    limits = {"seconds": seconds, "memory": memory << 20, "answer": max_answer << 20, "queue": queue}
    if workers:
        limits["workers"] = workers
    run(
        source,
        host,
        port,
        limits=Limits(**limits),
        writable=writable,
        root_path=root_path,
        log=log,
        on_ready=lambda url: warn(f"kg: serving {opened.where} at {url}/sparql (Ctrl-C ends it)"),
    )
