"""Run a query on a pyoxigraph store, with the faults of the query told apart from those of the store."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.vocab import CONCEPT, DEFAULT_BASE, PREFIXES, SCHEMES

# What a query need not declare: the prefixes that tables and Turtle of ours show, those of the concept schemes too.
KNOWN_PREFIXES = {**{scheme: f"{CONCEPT}{scheme}/" for scheme in sorted(SCHEMES)}, **PREFIXES}

# Tokens that can hide or imitate a keyword: SPARQL 1.1, section 19.8 (comments, IRIREF, the four kinds of strings,
# variables, prefixed names, language tags). Longer kinds of string first.
_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\n\r]* )
    | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string>  \"\"\"(?:\\.|(?!\"\"\").)*\"\"\" | '''(?:\\.|(?!''').)*''' | "(?:\\.|[^"\\\n\r])*" | '(?:\\.|[^'\\\n\r])*' )
    | (?P<var>     [?$]\w+ )
    | (?P<lang>    @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>    (?:[^\W\d_][\w.-]*)?:(?:(?:[\w:]|%|\\.)(?:[\w:.%-]|\\.)*)? )
    | (?P<escape>  \\. )
    | (?P<word>    [^\W\d]\w* )
    """,
    re.VERBOSE | re.DOTALL,
)

_AT = re.compile(r"^error at (\d+):(\d+): (.*)$", re.DOTALL)
# Among the tokens that the parser would have taken, which tell nobody anything, its own words: "IRI parsing failed".
_WORDS = re.compile(r"(?:expected |one of |, )([A-Z]\w+(?: \w+)+)")
_UPDATES = frozenset("INSERT DELETE WITH LOAD CLEAR DROP CREATE ADD MOVE COPY".split())


def keywords(sparql: str) -> list[str]:
    """The bare words of a query in upper case: what is no IRI, string, comment, variable, name or language tag.

    >>> keywords('PREFIX s: <x:SERVICE> # SERVICE\\nSELECT ?service { ?service s:service "SERVICE" }')
    ['PREFIX', 'SELECT']
    """
    return [m["word"].upper() for m in _TOKEN.finditer(sparql) if m.lastgroup == "word"]


def refuse_service(sparql: str) -> None:
    """Raise `QueryError` for a query that calls another endpoint (SERVICE).

    Oxigraph would send the request, also from inside EXISTS and with SILENT: reading the own graph must not talk to
    the network. Errs on the safe side: a number may stand right before the keyword (`1e5SERVICE`), so the end of a
    word counts.
    """
    if any(word.endswith("SERVICE") for word in keywords(sparql)):
        raise QueryError(
            "the query calls another endpoint (SERVICE)",
            remedy="ask that endpoint itself with --endpoint; the embedded store sends no requests",
        )


def undeclared_prefixes(sparql: str) -> list[str]:
    """The prefixes that a query uses and does not declare, sorted.

    >>> undeclared_prefixes('PREFIX a: <x:> SELECT * { ?s a:b "c:d" ; skos:note ?n }')
    ['skos']
    """
    used, declared, before = set(), set(), ""
    for token in _TOKEN.finditer(sparql):
        if token.lastgroup == "comment":
            continue
        if token.lastgroup == "name":
            (declared if before == "PREFIX" else used).add(token["name"].partition(":")[0])
        before = token["word"].upper() if token.lastgroup == "word" else ""
    return sorted(used - declared)


def declare(sparql: str, base: str) -> str:
    """The query with what it leaves undeclared written before it: known prefixes, and the base of relative IRIs.

    >>> print(declare("SELECT * { <plan/x> dcterms:title ?t }", DEFAULT_BASE))
    BASE <https://w3id.org/plankg/id/>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    SELECT * { <plan/x> dcterms:title ?t }
    """
    iris = [token["iri"] for token in _TOKEN.finditer(sparql) if token.lastgroup == "iri"]
    lines = [] if all(re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", iri) for iri in iris) else [f"BASE <{base}>"]
    lines += [f"PREFIX {p}: <{KNOWN_PREFIXES[p]}>" for p in undeclared_prefixes(sparql) if p in KNOWN_PREFIXES]
    return "\n".join([*lines, sparql])


def parse(store: ox.Store, sparql: str, base: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """What the store answers to a query that may leave out the known prefixes, and may write IRIs without the base.

    Raises what pyoxigraph raises; lines and columns are those of the query as it was given.
    """
    return store.query(sparql, base_iri=base, prefixes=KNOWN_PREFIXES)


def syntax_error(error: SyntaxError, sparql: str) -> QueryError:
    """The parser's complaint with line, column and the line itself.

    >>> str(syntax_error(SyntaxError("error at 1:19: expected OPTIONAL"), "SELECT * { ?s ?p }"))
    'line 1, column 19: the query is not valid SPARQL here or shortly before (the line is: SELECT * { ?s ?p })'
    """
    words = keywords(sparql)
    if not words:
        return QueryError("the query is empty", remedy="write one like SELECT * { ?s ?p ?o } LIMIT 10")
    verb = next((word for word in words if word not in ("PREFIX", "BASE")), "")
    if verb in _UPDATES:
        return QueryError(
            f"{verb} changes the graph, and this only asks", remedy="ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    found = _AT.match(str(error))
    if not found:
        return QueryError(f"the query is not valid SPARQL: {error}")
    line, column, what = int(found[1]), int(found[2]), found[3]
    lines = sparql.splitlines()
    shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    remedy = f"the line is: {shown}" if shown else None
    said = _WORDS.search(what)
    reason = (
        f"the query is not valid SPARQL: {said[1]}" if said else "the query is not valid SPARQL here or shortly before"
    )
    unknown = [prefix for prefix in undeclared_prefixes(sparql) if prefix not in KNOWN_PREFIXES]
    if said and said[1] == "Prefix not found" and unknown:
        reason = f"the prefix {unknown[0]}: is not declared"
        remedy = f"begin the query with PREFIX {unknown[0]}: <…>; these need none: {' '.join(PREFIXES)}"
    return QueryError(reason, where=f"line {line}, column {column}", remedy=remedy)


def run_query(
    store: ox.Store, sparql: str, where: str, base: str = DEFAULT_BASE
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The results of a query on a store at hand; SERVICE is refused."""
    refuse_service(sparql)
    try:
        return parse(store, sparql, base)
    except SyntaxError as error:
        raise syntax_error(error, sparql) from error
    except UnicodeEncodeError as error:
        raise QueryError("the query is not Unicode text", remedy="write it in UTF-8") from error
    except (OSError, RuntimeError, ValueError) as error:
        if "custom function" in str(error):
            raise QueryError(f"there is no such function: {error}", remedy="use those of SPARQL 1.1") from error
        raise StoreError(f"the query failed: {error}", where=where) from error


def as_graph(graph: str | ox.NamedNode | ox.DefaultGraph | None) -> ox.NamedNode | ox.DefaultGraph | None:
    """A graph's name as pyoxigraph takes it; an IRI may come as text."""
    return ox.NamedNode(graph) if isinstance(graph, str) else graph


def graph_iris(store: ox.Store) -> list[str]:
    """The IRIs of the named graphs that hold a triple, sorted."""
    named = [g for g in store.named_graphs() if isinstance(g, ox.NamedNode)]
    return sorted(g.value for g in named if next(store.quads_for_pattern(None, None, None, g), None) is not None)
