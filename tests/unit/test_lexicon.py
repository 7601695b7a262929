"""Word lists as checked look-ups; every example in the rule tables must parse."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kg import lexicon, resources
from kg.errors import InputError, QueryError
from kg.extract.statements import Statement, first_listed_rule, parse_statement
from kg.lexicon import collection, rules, scheme
from kg.model import Span
from kg.numerals import fold
from kg.outline.lines import match_number, show_number

SCHEMES = sorted(p.stem for p in resources.folder("ontology/concepts").glob("*.ttl"))
NO_BODIES = ("deadline", "person")  # labels before a date or people
TABLES = sorted(p.stem for p in resources.folder("data/rules").glob("*.toml"))


PRINTED = [s for s in rules("numbering")["style"] if "example" in s]  # the others count only where a run shows them


@pytest.mark.parametrize("style", PRINTED, ids=lambda s: s["name"])
def test_the_example_of_a_numbering_style_parses(style: dict[str, Any]) -> None:
    line, value = style["example"]
    number = match_number(fold(line))
    assert number is not None
    assert (number.style, number.value, number.rank) == (style["name"], value, style["rank"])
    assert fold(line)[number.end :].strip() == fold(line)[number.end :]  # its own words begin there


@pytest.mark.parametrize("style", PRINTED, ids=lambda s: s["name"])
def test_a_number_that_a_style_prints_is_read_back_as_that_style(style: dict[str, Any]) -> None:
    for value in (v for v in (1, 2, 9, 10, 12, 20) if v <= len(style.get("signs", "")) or "signs" not in style):
        number = match_number(show_number(style["name"], value) + "健全制度")
        assert number is not None, value
        assert (number.style, number.value) == (style["name"], value)


def test_styles_have_one_name_and_one_rank_each() -> None:
    styles = rules("numbering")["style"]
    assert len({s["name"] for s in styles}) == len(styles)
    assert len({s["rank"] for s in styles}) == len(styles)


@pytest.mark.parametrize("label", rules("responsibility")["label"], ids=lambda e: e["role"])
def test_the_example_of_a_responsibility_label_parses(label: dict[str, Any]) -> None:
    text = fold(label["example"])
    parsed = parse_statement(text, Statement(Span(0, len(text)), Span(0, len(text)), True))
    if label["role"] == "person":
        assert [m.text for m in parsed.members] == ["市科协"]  # the example's 责任人 names nobody
    else:
        assert {m.part.removesuffix("-list") for m in parsed.members} == {label["role"]} - set(NO_BODIES)
    assert (parsed.deadline is not None) == (label["role"] == "deadline")
    if parsed.deadline is not None:
        assert parsed.deadline.cut(text) == "2025年12月"


@pytest.mark.parametrize("verb", rules("responsibility")["verb"], ids=lambda e: e["role"])
def test_the_example_of_a_responsibility_verb_parses(verb: dict[str, Any]) -> None:
    text = fold(verb["example"])
    parsed = parse_statement(text, Statement(Span(0, len(text)), Span(0, len(text)), False))
    assert parsed.members
    assert {m.part for m in parsed.members} == {verb["role"]}


@pytest.mark.parametrize("word", [w for label in rules("responsibility")["label"] for w in label["words"]])
def test_every_label_of_a_responsibility_statement_is_read(word: str) -> None:
    text = f"{word}:市科协"
    role = next(e["role"] for e in rules("responsibility")["label"] if word in e["words"])
    parsed = parse_statement(text, Statement(Span(0, len(text)), Span(0, len(text)), True))
    assert [(m.text, m.part.removesuffix("-list")) for m in parsed.members] == (
        [("市科协", role)] if role not in NO_BODIES else []
    )


@pytest.mark.parametrize("sentence", rules("responsibility")["first_listed"]["examples"])
def test_every_example_of_the_rule_about_the_first_is_read(sentence: str) -> None:
    found = first_listed_rule(sentence, 0, len(sentence))
    assert found is not None
    assert found[1] is False


@pytest.mark.parametrize("words", rules("responsibility")["first_listed"]["same_below"])
def test_the_rule_about_the_first_goes_on_where_the_sentence_says_so(words: str) -> None:
    text = fold(f"排在第一位的为牵头单位，{words}。")
    found = first_listed_rule(text, 0, len(text))
    assert found is not None
    assert found[1] is True
    assert found[0].cut(text) == text[:-1]


def test_the_example_of_an_open_list_is_read() -> None:
    example = rules("responsibility")["open_list"]["example"]
    text = f"({example})"
    members = parse_statement(text, Statement(Span(0, len(text)), Span(1, len(text) - 1), False)).members
    assert [(m.text, m.open_list) for m in members] == [("农业农村部", True)]


@pytest.mark.parametrize("kind", ["background", "outside", "layout", "safeguard"])
def test_every_example_of_a_chapter_kind_matches_its_pattern(kind: str) -> None:
    table = rules("chapters")[kind]
    assert [e for e in table["examples"] if not re.search(table["pattern"], fold(e))] == []


@pytest.mark.parametrize("kind", ["background", "outside", "safeguard"])
def test_no_counterexample_of_a_chapter_kind_matches_its_pattern(kind: str) -> None:
    table = rules("chapters")[kind]
    assert [e for e in table["no_examples"] if re.search(table["pattern"], fold(e))] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_pattern_of_a_rule_table_compiles(name: str) -> None:
    def walk(value: object, key: str) -> None:
        if isinstance(value, dict):
            for k, v in value.items():
                walk(v, k)
        elif isinstance(value, list) and key not in ("labels", "words", "groups", "cues", "starts", "short_for"):
            for v in value:
                walk(v, key)
        elif isinstance(value, str) and key not in ("shown", "signs"):
            re.compile(value)

    walk(rules(name), "")


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_has_concepts_with_both_labels_in_the_order_of_their_notations(name: str) -> None:
    concepts = scheme(name)
    assert concepts
    assert [c.notation for c in concepts] == sorted(c.notation for c in concepts)
    assert all(c.zh and c.en for c in concepts)


def test_aliases_come_longest_first() -> None:
    for concept in scheme("crowd-group"):
        assert list(concept.aliases) == sorted(concept.aliases, key=lambda w: (-len(w), w))


def test_the_key_groups_are_the_five_of_the_national_outline() -> None:
    assert collection("crowd-group", "key-groups") == {"青少年", "农民", "产业工人", "老年人", "领导干部和公务员"}


def _stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, relative: str, content: str) -> None:
    """Let the project's data lie in another folder for one test."""
    file = tmp_path / relative
    file.parent.mkdir(parents=True)
    file.write_text(content, "utf-8")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)


@pytest.fixture
def _fresh() -> Any:
    for cached in (scheme, collection, rules):
        cached.cache_clear()
    yield
    for cached in (scheme, collection, rules):
        cached.cache_clear()


_PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix c: <https://example.org/c/> .\n"


@pytest.mark.usefixtures("_fresh")
def test_a_word_with_two_owners_is_refused_and_both_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turtle = _PREFIX + (
        'c:a skos:notation "a" ; skos:prefLabel "农民"@zh ; skos:altLabel "村民"@zh .\n'
        'c:b skos:notation "b" ; skos:prefLabel "居民"@zh ; skos:altLabel "村民"@zh .\n'
    )
    _stand_in(tmp_path, monkeypatch, "ontology/concepts/odd.ttl", turtle)
    with pytest.raises(QueryError, match="'村民' belongs to 'a' and to 'b'") as caught:
        lexicon.scheme("odd")
    assert "odd.ttl" in str(caught.value)


@pytest.mark.usefixtures("_fresh")
def test_a_scheme_that_is_no_turtle_is_refused_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(tmp_path, monkeypatch, "ontology/concepts/odd.ttl", "c:a skos:notation")
    with pytest.raises(QueryError, match="odd.ttl"):
        lexicon.scheme("odd")


@pytest.mark.usefixtures("_fresh")
def test_a_rule_table_that_is_no_toml_is_refused_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(tmp_path, monkeypatch, "data/rules/odd.toml", "[style\n")
    with pytest.raises(QueryError, match="odd.toml"):
        lexicon.rules("odd")


def test_a_scheme_or_table_that_the_installation_lacks_is_an_input_error() -> None:
    with pytest.raises(InputError, match="missing"):
        scheme("no-such-scheme")
    with pytest.raises(InputError, match="missing"):
        rules("no-such-table")
