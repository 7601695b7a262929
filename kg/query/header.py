"""The header of a saved query: grlc's `#+` lines, its own keys and a block of ours."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from kg import vocab
from kg.errors import QueryError
from kg.query.saved import Kind, Paging, Parameter, SavedQuery
from kg.query.tokens import is_parameter, tokenise

OURS = "x-plankg"
# What grlc 1.3 knows; everything else would be lost on it, so it stands under our own key.
GRLC_KEYS = frozenset(
    "summary description endpoint endpoint-method endpoint_in_url pagination method tags defaults enumerate transform".split()
)
OUR_KEYS = frozenset(
    "version answers summary description params columns expect limits evidence page cache timeout".split()
)
PAGE_KEYS = frozenset("by size order".split())
PARAM_KEYS = frozenset("description example class minimum maximum pattern values".split())
LANGUAGES = ("zh", "en")

_SIMPLE: dict[str, Kind] = {"iri": "iri", "literal": "literal", "number": "number", "integer": "integer"}
_PREFIXES = {**vocab.PREFIXES}


def parse_query(text: str, name: str, where: str) -> SavedQuery:
    """A saved query from the text of its file.

    Raises `QueryError` with file and line for a header that is missing, no YAML or not of the form that
    `queries/README.md` describes. What the linter asks for beyond that is `kg.query.lint`'s.
    """
    lines = text.splitlines()
    at = [n for n, line in enumerate(lines) if line.startswith("#+")]
    if not at:
        raise QueryError("the query has no header", where=f"{where}:1", remedy="begin the file with lines of #+ YAML")
    if at != list(range(len(at))):
        odd = next(n for n, line in enumerate(at) if n != line)
        raise QueryError(
            "the header must be the first lines of the file, without a gap", where=f"{where}:{at[odd] + 1}"
        )
    header = _read_yaml(lines[: len(at)], where)
    ours = _mapping(header.get(OURS, {}), OURS, where, lines)
    _check_keys(header.keys() - {OURS}, GRLC_KEYS, "the header", where, lines, f"move it under {OURS}")
    _check_keys(ours.keys(), OUR_KEYS, OURS, where, lines, f"the keys are {', '.join(sorted(OUR_KEYS))}")
    return SavedQuery(
        name=name,
        path=where,
        summary=_texts(header, ours, "summary"),
        description=_texts(header, ours, "description"),
        parameters=_parameters(text, header, ours, where, lines),
        text=text,
        version=str(ours.get("version", "")),
        answers=tuple(str(a) for a in _list(ours.get("answers"))),
        tags=tuple(str(t) for t in _list(header.get("tags"))),
        columns={
            str(k): _by_language(v) for k, v in _mapping(ours.get("columns", {}), "columns", where, lines).items()
        },
        expect={str(k): int(v) for k, v in _mapping(ours.get("expect", {}), "expect", where, lines).items()},
        limits=_by_language(ours.get("limits")),
        evidence=_evidence(ours.get("evidence")),
        pagination=int(header["pagination"]) if isinstance(header.get("pagination"), int) else None,
        page=_paging(ours.get("page"), where, lines),
    )


def read_query(path: Path) -> SavedQuery:
    """A saved query from its file; see `parse_query`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"the query cannot be read: {error}", where=path.name) from error
    return parse_query(text, path.stem, path.name)


def _read_yaml(lines: list[str], where: str) -> dict[object, object]:
    body = "\n".join(line[2:] for line in lines)
    try:
        loaded = yaml.load(body, Loader=_UniqueLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise QueryError(
            f"the header is no YAML: {getattr(error, 'problem', None) or error}", where=f"{where}:{line}"
        ) from error
    if not isinstance(loaded, dict):
        raise QueryError("the header is no list of keys", where=f"{where}:1", remedy="write it as key: value")
    return loaded


# libyaml's parser, where PyYAML came with it, is several times faster and builds the same values.
class _UniqueLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.1 with strings where it would see dates and yes/no, and no key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a plain word", key_node.start_mark)
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


_UniqueLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp",)]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _check_keys(found: object, known: frozenset[str], what: str, where: str, lines: list[str], remedy: str) -> None:
    for key in sorted(str(k) for k in found):  # type: ignore[attr-defined]
        if key not in known:
            raise QueryError(
                f"{what} has an unknown key: {key}", where=f"{where}:{_line_with(lines, key)}", remedy=remedy
            )


def _line_with(lines: list[str], key: str) -> int:
    """The line of the header that writes a key; the first where it cannot be told."""
    pattern = re.compile(rf"^#\+[\s{{,\-]*.*?\b{re.escape(key)}\b['\"]?\s*:")
    return next((n for n, line in enumerate(lines, 1) if pattern.match(line)), 1)


def _mapping(value: object, what: str, where: str, lines: list[str]) -> dict[object, object]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise QueryError(
            f"{what} is no list of keys", where=f"{where}:{_line_with(lines, what)}", remedy="write it as key: value"
        )
    return value


def _list(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _evidence(value: object) -> tuple[str, ...] | str | None:
    """Names of columns as a list, a graph pattern as one text."""
    return value if value is None or isinstance(value, str) else tuple(str(name) for name in _list(value))


def _paging(value: object, where: str, lines: list[str]) -> Paging | None:
    if value is None:
        return None
    given = _mapping(value, "page", where, lines)
    _check_keys(given.keys(), PAGE_KEYS, "page", where, lines, f"the keys are {', '.join(sorted(PAGE_KEYS))}")
    by, size = given.get("by"), given.get("size")
    if not isinstance(by, str) or not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise QueryError(
            "page says not how many of what make one",
            where=f"{where}:{_line_with(lines, 'page')}",
            remedy="write it as page: { by: plan, size: 50 }",
        )
    return Paging(by, size, _as_text(given.get("order")))


def _by_language(value: object) -> dict[str, str]:
    """A text in several languages; a bare text is English, the language of grlc's own keys."""
    if isinstance(value, dict):
        return {str(k): str(v).strip() for k, v in value.items()}
    return {"en": str(value).strip()} if value is not None else {}


def _texts(header: dict[object, object], ours: dict[object, object], key: str) -> dict[str, str]:
    texts = {**_by_language(header.get(key)), **_by_language(ours.get(key))}
    return {lang: texts[lang] for lang in (*LANGUAGES, *sorted(texts.keys() - set(LANGUAGES))) if lang in texts}


def _pairs(value: object) -> dict[str, object]:
    """grlc writes defaults and enumerate as a list of one-key mappings; a mapping is taken, too."""
    pairs: dict[str, object] = {}
    for item in [value] if isinstance(value, dict) else _list(value):
        if isinstance(item, dict):
            pairs.update({str(k): v for k, v in item.items()})
    return pairs


def _parameters(
    text: str, header: dict[object, object], ours: dict[object, object], where: str, lines: list[str]
) -> tuple[Parameter, ...]:
    details = _mapping(ours.get("params", {}), "params", where, lines)
    defaults, choices = _pairs(header.get("defaults")), _pairs(header.get("enumerate"))
    found: dict[str, Parameter] = {}
    for token in tokenise(text):
        if not is_parameter(token):
            continue
        line = text.count("\n", 0, token.start) + 1
        variable = token.text[1:]
        name, kind, detail = split_variable(variable, f"{where}:{line}")
        known = found.get(name)
        if known and known.variable != variable:
            raise QueryError(
                f"the parameter {name} is written in two ways: ?{known.variable} and ?{variable}",
                where=f"{where}:{line}",
            )
        if known:
            continue
        given = _mapping(details.get(name, {}), name, where, lines)
        _check_keys(
            given.keys(),
            PARAM_KEYS,
            f"the parameter {name}",
            where,
            lines,
            f"the keys are {', '.join(sorted(PARAM_KEYS))}",
        )
        default = defaults.get(name)
        found[name] = Parameter(
            name=name,
            variable=variable,
            kind=kind,
            required=not variable.startswith("__") and default is None,
            detail=detail,
            description=_by_language(given.get("description")),
            example=_as_text(given.get("example")),
            default=_as_text(default),
            enumerate=tuple(str(c) for c in _list(choices.get(name))),
            target=_full_iri(given.get("class"), where, lines),
            minimum=_as_text(given.get("minimum")),
            maximum=_as_text(given.get("maximum")),
            pattern=_as_text(given.get("pattern")),
            values=_as_text(given.get("values")),
        )
    for what, names in (("params", details), ("defaults", defaults), ("enumerate", choices)):
        for name in names:
            if str(name) not in found:
                raise QueryError(
                    f"{what} names a parameter that the query does not have: {name}",
                    where=f"{where}:{_line_with(lines, str(name))}",
                )
    return tuple(found.values())


def _as_text(value: object) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _full_iri(value: object, where: str, lines: list[str]) -> str | None:
    if value is None:
        return None
    prefix, _, local = str(value).partition(":")
    if prefix not in _PREFIXES:
        raise QueryError(f"the class {value} has an unknown prefix", where=f"{where}:{_line_with(lines, 'class')}")
    return _PREFIXES[prefix] + local


def split_variable(variable: str, where: str) -> tuple[str, Kind, str]:
    """Name, kind and language or datatype of a parameter's variable, in the subset that grlc and BASIL read alike.

    >>> split_variable("__plan_iri", "q.rq:1"), split_variable("_until_xsd_date", "q.rq:1")
    (('plan', 'iri', ''), ('until', 'datatype', 'http://www.w3.org/2001/XMLSchema#date'))
    >>> split_variable("_start_date", "q.rq:1")
    Traceback (most recent call last):
        ...
    kg.errors.QueryError: q.rq:1: the parameter ?_start_date has no kind that grlc and BASIL read alike (end it in _iri, _literal, _number, _integer, _xsd_date … or a language of two letters)
    """
    parts = variable.removeprefix("__").removeprefix("_").split("_")
    name, kind = parts[0], parts[1:]
    remedy = "end it in _iri, _literal, _number, _integer, _xsd_date … or a language of two letters"
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name):
        raise QueryError(f"the parameter ?{variable} has no name of letters and digits", where=where)
    match kind:
        case [one] if one in _SIMPLE:
            return name, _SIMPLE[one], ""
        case [one] if re.fullmatch(r"[a-z]{2}", one):
            return name, "language", one
        case [prefix, local] if prefix in _PREFIXES and local:
            return name, "datatype", _PREFIXES[prefix] + local
    raise QueryError(
        f"the parameter ?{variable} has no kind that grlc and BASIL read alike", where=where, remedy=remedy
    )
