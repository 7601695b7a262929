"""Run a query on a pyoxigraph store, with the faults of the query told apart from those of the store."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.protocol import Dataset
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
    """Raise `QueryError` for a query that calls another endpoint (SERVICE), in whatever spelling.

    Oxigraph would send the request, also from inside EXISTS and with SILENT: reading the own graph must not talk to
    the network. Oxigraph's own parser decides, not a pattern of ours: every SERVICE is respelt, and a text that then is
    no query any more had it as a keyword. So comments, strings, IRIs, variables and names may hold the word. Escapes
    (SPARQL 1.1, section 19.2) count as what they stand for: other servers replace them before they read the query.

    >>> refuse_service('SELECT ?service { ?service ?p "SERVICE" } # SERVICE <http://example.org/>')
    >>> refuse_service("ASK { FILTER EXISTS { SERVICE SILENT ?where { ?s ?p ?o } } }")
    Traceback (most recent call last):
    kg.errors.QueryError: the query calls another endpoint (SERVICE) (ask that endpoint ...
    """
    _refuse_keyword(sparql, "SERVICE", lambda text: parse(ox.Store(), text, DEFAULT_BASE))


def refuse_requests(update: str) -> None:
    """Raise `QueryError` for an update that asks another server for something: SERVICE or LOAD; see `refuse_service`."""
    for word in ("SERVICE", "LOAD"):
        _refuse_keyword(update, word, lambda text: ox.Store().update(text, base_iri=DEFAULT_BASE))


def _refuse_keyword(text: str, word: str, read: Callable[[str], object]) -> None:
    for spelling in dict.fromkeys((text, _unescape(text))):
        respelt = re.sub(word, _respell, spelling, flags=re.IGNORECASE)
        if respelt == spelling:
            continue
        try:
            read(respelt)
        except SyntaxError as error:
            # A number may stand right before the keyword (`1e5SERVICE`), so the end of a word counts.
            if spelling != text or any(said.endswith(word) for said in keywords(spelling)):
                raise QueryError(
                    f"the query calls another endpoint ({word})",
                    remedy="ask that endpoint itself with --endpoint; the embedded store sends no requests",
                ) from error
            raise syntax_error(error, text) from error
        except (OSError, RuntimeError, ValueError):
            continue  # it was read, and failed only then


def _respell(found: re.Match[str]) -> str:
    """As many letters, small where they were small: no keyword, and the same wherever the word was the same."""
    kept, changed = found[0][:-2], found[0][-2:]
    return kept + "".join("q" if letter.islower() else "Q" for letter in changed)


def _unescape(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if number < 0x110000 else found[0]

    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", character, text)


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
    store: ox.Store, sparql: str, where: str, base: str = DEFAULT_BASE, dataset: Dataset | None = None
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The results of a query on a store at hand; SERVICE is refused.

    Several default graphs are merged as SPARQL 1.1, section 13.2, has it: a triple of two of them is there once.
    """
    refuse_service(sparql)
    try:
        chosen = dataset or dataset_of(sparql)
        if chosen is None:
            return parse(store, sparql, base)
        default, named = [ox.NamedNode(g) for g in chosen.default], [ox.NamedNode(g) for g in chosen.named]
        if len(default) > 1:
            # Oxigraph would count it twice.
            store = _merge(store, default, named)
            default = [ox.DefaultGraph()]
        return store.query(sparql, base_iri=base, prefixes=KNOWN_PREFIXES, default_graph=default, named_graphs=named)
    except SyntaxError as error:
        raise syntax_error(error, sparql) from error
    except UnicodeEncodeError as error:
        raise QueryError("the query is not Unicode text", remedy="write it in UTF-8") from error
    except (OSError, RuntimeError, ValueError) as error:
        if "custom function" in str(error):
            raise QueryError(f"there is no such function: {error}", remedy="use those of SPARQL 1.1") from error
        raise StoreError(f"the query failed: {error}", where=where) from error


def dataset_of(sparql: str) -> Dataset | None:
    """The dataset that a query names itself, where it has several FROM to merge; None for all others, and for IRIs that
    need resolving: they are the engine's to find.

    >>> dataset_of("PREFIX g: <x:g/> SELECT * FROM g:1 FROM <x:2> FROM NAMED <x:3> { ?s ?p ?o }")
    Dataset(default=('x:g/1', 'x:2'), named=('x:3',))
    """
    graphs: dict[str, list[str]] = {"FROM": [], "NAMED": []}
    prefixes: dict[str, str] = dict(KNOWN_PREFIXES)
    before, declared = "", ""
    for token in _TOKEN.finditer(sparql):
        kind, text = token.lastgroup, token[0]
        if kind == "comment":
            continue
        if kind == "name" and before == "PREFIX":
            declared, before = text.rpartition(":")[0], "NAMESPACE"
            continue
        iri = None
        if kind == "iri":
            iri = text[1:-1]
        elif kind == "name" and "\\" not in text and text.partition(":")[0] in prefixes:
            prefix, _, local = text.partition(":")
            iri = prefixes[prefix] + local
        if before == "NAMESPACE" and iri is not None:
            prefixes[declared] = iri
        elif before in graphs:
            if kind == "word" and before == "FROM" and text.upper() == "NAMED":
                before = "NAMED"
                continue
            if iri is None or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", iri):
                return None
            graphs[before].append(iri)
        before = text.upper() if kind == "word" else ""
    return Dataset(tuple(graphs["FROM"]), tuple(graphs["NAMED"])) if len(graphs["FROM"]) > 1 else None


def _merge(store: ox.Store, default: list[ox.NamedNode], named: list[ox.NamedNode]) -> ox.Store:
    merged = ox.Store()
    for graph in default:
        merged.extend(ox.Quad(*quad.triple) for quad in store.quads_for_pattern(None, None, None, graph))
    for graph in named:
        merged.extend(store.quads_for_pattern(None, None, None, graph))
    return merged


def as_graph(graph: str | ox.NamedNode | ox.DefaultGraph | None) -> ox.NamedNode | ox.DefaultGraph | None:
    """A graph's name as pyoxigraph takes it; an IRI may come as text."""
    return ox.NamedNode(graph) if isinstance(graph, str) else graph


def graph_iris(store: ox.Store) -> list[str]:
    """The IRIs of the named graphs that hold a triple, sorted."""
    named = [g for g in store.named_graphs() if isinstance(g, ox.NamedNode)]
    return sorted(g.value for g in named if next(store.quads_for_pattern(None, None, None, g), None) is not None)
