"""Commands that check: validate, infer, score."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    STDIN,
    format_option,
    is_in_command,
    language_option,
    open_given,
    read_stdin,
    say,
    store_options,
)
from kg.cli.progress import Progress
from kg.cli.reporting import choose_form, hand_over, report_options, shape
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store.protocol import Store

_RDF_SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf", ".xml", ".n3")


@click.command(short_help="Check the plans, or a draft, against the rules.")
@click.argument("file", required=False, metavar="[FILE]")
@store_options
@click.option("--shapes", multiple=True, metavar="FILE", help="Your own rules in Turtle, beside ours.")
@click.option(
    "--profile",
    metavar="NAME",
    help="Which rules are on, and how grave: draft, issued, publish or strict.  [default: issued]",
)
@click.option("--settings", metavar="FILE", help="Your own TOML: rules off or on, severities, thresholds.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "pyshacl", "fast"]),
    default="auto",
    show_default=True,
    help="What runs the rules; auto goes by size. The report is the same.",
)
@report_options
@language_option
def validate(
    file: str | None,
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    shapes: tuple[str, ...],
    profile: str | None,
    settings: str | None,
    engine: str,
    lang: str,
    **options: Any,
) -> int:
    """Check the plans against the SHACL rules: what is missing, what contradicts itself, who must act.

    FILE is an RDF file or the text of a plan (a draft, say; - for standard input); without it the store is checked.
    Exit status: 0 nothing of that severity, 1 something, 3 the data cannot be read, 4 a rule is broken, 6 nothing to check;
    what a waiver takes out does not count.
    """
    from kg.validate import validate as run

    if file is not None and (is_in_command("store") or is_in_command("endpoint")):
        raise UsageError("a file and a store cannot be checked at once", remedy="leave out the one or the other")
    form = choose_form(options["form"], options["output"])
    if file is None:
        with closing(open_given(store, endpoint, update_endpoint)) as opened, Progress(lang) as progress:
            found = run(opened, shapes, profile=profile, settings=settings, engine=engine, progress=progress)
    elif Path(file).suffix.lower() in _RDF_SUFFIXES:
        found = run(Path(file), shapes, profile=profile, settings=settings, engine=engine)
    else:
        found = run(_drafted(file), shapes, profile=profile, settings=settings, engine=engine)
    return hand_over(shape(found, options), form, lang, options)


def _drafted(file: str) -> Store:
    """The plan in a text file, in a store in memory."""
    from kg.pipeline import build
    from kg.store import open_store

    if not file:
        raise UsageError("the path is empty", remedy="name a file, or leave it out to check the store")
    store = open_store()
    report = build([file], store, stdin=read_stdin() if file == STDIN else None)
    if report.failures:
        raise report.failures[0][1]
    return store


@click.command(short_help="Draw the entailments anew, and count them by rule.")
@store_options
@click.option(
    "--engine",
    type=click.Choice(["rules", "owlrl"]),
    default="rules",
    show_default=True,
    help="Our rules in the store, or the OWL RL reasoner owlrl (slow).",
)
@click.option("--list", "listed", is_flag=True, help="Print every inferred triple.")
@format_option("text", "json")
@language_option
def infer(
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    engine: str,
    listed: bool,
    form: str,
    lang: str,
) -> int:
    """Draw the entailments anew and say how many each rule adds; they lie in a graph of their own.

    Building draws them already; this command is for a store that something else has changed, and for comparing engines.
    Exit status 1 where the graph contradicts the ontology.
    """
    from kg import vocab
    from kg.reason import inconsistencies
    from kg.reason import infer as run

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        with opened.write() as working:
            summary = run(working, engine=engine)
            wrong = list(inconsistencies(working))
        triples = [
            f"{q.subject} {q.predicate} {q.object} ." for q in (opened.quads(vocab.INFERRED_GRAPH) if listed else ())
        ]
    _say_inferred(engine, dict(summary), [str(w) for w in wrong], sorted(triples) if listed else None, form, lang)
    return 1 if wrong else 0


def _say_inferred(
    engine: str, counts: dict[str, int], wrong: list[str], triples: list[str] | None, form: str, lang: str
) -> None:
    total = sum(counts.values())
    if form == "json":
        said = {"engine": engine, "inferred": total, "rules": counts, "inconsistencies": wrong}
        if triples is not None:
            said["triples"] = triples
        say(json.dumps(said, ensure_ascii=False, indent=1))
        return
    say(
        f"推得三元组 {total} 条({engine}):"
        if lang == "zh"
        else f"{total} {'triple' if total == 1 else 'triples'} inferred ({engine}):"
    )
    for rule, count in counts.items():
        say(f"  {count:6}  {rule}")
    for each in wrong:
        say(("矛盾: " if lang == "zh" else "contradiction: ") + each)
    if triples:
        say("\n".join(triples))


@click.command(short_help="Measure the graph against gold files.")
@click.argument("gold", nargs=-1, metavar="GOLD…")
@store_options
@click.option("--show", is_flag=True, help="List every difference.")
@click.option(
    "--conventions", is_flag=True, help="Count each way of writing apart: kinds of statements, numbers, targets."
)
@click.option("--save", metavar="FILE", help="Keep the figures as an accuracy card, to compare later runs with.")
@click.option("--against", metavar="FILE", help="Name gains and losses against a saved card; a loss: exit status 1.")
@format_option("text", "json")
@language_option
def score(
    gold: tuple[str, ...],
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    show: bool,
    conventions: bool,
    save: str | None,
    against: str | None,
    form: str,
    lang: str,
) -> int:
    """Compare the graph with what careful reading found: precision, recall and F1 for each kind of fact.

    GOLD are JSON files as data/gold/README.md describes them, folders of such files, or one CSV file of judged pairs
    of tasks (data/gold/correspondence.csv).
    Exit status: 0, or with --against 1 where a kind of fact does worse than the card says.
    """
    from kg.evaluate import card, read_gold, read_judged, score_correspondence
    from kg.evaluate import score as run

    if not gold:
        raise UsageError("no gold file", remedy="name JSON files, e.g. data/gold/*.json")
    saved = card.read_card(against) if against else None
    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        if len(gold) == 1 and gold[0].lower().endswith(".csv"):
            scores = score_correspondence(opened, read_judged(gold[0]))
        else:
            scores = run(opened, read_gold(gold))
    found = card.changes(scores, saved) if saved else ()
    if form == "json":
        said = scores.as_json(show)
        if conventions or saved:
            said = said if show else {"rows": said}
            if conventions:
                said["conventions"] = {n: {r.kind: r.as_json() for r in rows} for n, rows in scores.conventions.items()}
            if saved:
                said["changes"] = {c.kind: {"before": c.before.f1, "now": c.now.f1} for c in found}
        say(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        say(scores.to_text(lang, show), end="")
        if conventions:
            say("\n" + card.conventions_text(scores), end="")
        if saved:
            say("\n" + card.changes_text(found, lang), end="")
    if save:
        card.save(scores, save)
    return int(any(c.is_loss for c in found))
