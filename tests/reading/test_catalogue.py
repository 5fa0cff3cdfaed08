"""Catalogue files: bytes to entities, whatever the bytes are."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.catalogue import Catalogue, EntityName
from mkdocs_sre.reading import yaml_documents as reading
from mkdocs_sre.reading.catalogue import read_catalogue
from mkdocs_sre.reading.yaml_documents import MAX_BYTES, MAX_DEFECTS

COMPONENT = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}}}\n"
# In the style of public catalogues: several documents, a comment above, APIs, resources and a group.
SHOP = """\
# The shop's catalogue
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
  title: Check-out
  description: |
    Takes baskets
    to the till.
  annotations:
    github.com/project-slug: shop/checkout
    mkdocs-sre/id: till
  links:
    - url: https://grafana.example.org/d/checkout
      title: Dashboard
      icon: dashboard
spec:
  type: service
  lifecycle: production
  owner: user:default/jane.roe
  system: shop
  providesApis: [checkout-api]
  consumesApis:
    - payments/payments-api
  dependsOn:
    - resource:orders-db
  dependencyOf: [component:web]
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  name: Orders-DB
  namespace: Payments
spec:
  type: database
  owner: data/team-data
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team-data}
spec: {type: team, children: []}
"""


def told(catalogue: Catalogue) -> list[tuple[str, int, int]]:
    return [(one.name, one.fault.location.line, one.fault.location.column) for one in catalogue.defects]


def names(catalogue: Catalogue) -> list[str]:
    return [str(one.name) for one in catalogue.entities]


def test_every_key_of_an_entity_is_kept() -> None:
    found = read_catalogue("../catalog-info.yaml", SHOP.encode(), "catalog-info.yaml")
    assert found.defects == ()
    checkout, orders, team = found.entities
    assert checkout.name == EntityName("component", "default", "checkout")
    assert (checkout.title, checkout.description) == ("Check-out", "Takes baskets\nto the till.\n")
    assert (checkout.type, checkout.lifecycle, checkout.id) == ("service", "production", "till")
    assert checkout.owner == EntityName("user", "default", "jane.roe")
    assert checkout.system == EntityName("system", "default", "shop")
    assert checkout.links == (("Dashboard", "https://grafana.example.org/d/checkout"),)
    assert [(one.key, str(one.target), one.place.line, one.place.column) for one in checkout.needs] == [
        ("dependsOn", "resource:orders-db", 26, 7),
        ("consumesApis", "api:payments/payments-api", 24, 7),
    ]
    assert [(str(one.target), one.place.line) for one in checkout.needed_by] == [("component:web", 27)]
    assert [str(one.target) for one in checkout.provides] == ["api:checkout-api"]
    assert (checkout.place.path, checkout.place.line, checkout.file) == ("../catalog-info.yaml", 5, "catalog-info.yaml")
    assert orders.name == EntityName("resource", "payments", "Orders-DB")
    assert orders.owner == EntityName("group", "data", "team-data")
    assert [one.start.line for one in found.entities] == [1, 28, 37]
    assert [one.end.line if one.end else None for one in found.entities] == [28, 37, None]
    assert str(team.name) == "group:team-data"


def test_names_without_namespace_are_of_that_of_the_entity() -> None:
    text = COMPONENT.format(name="a, namespace: pay") + "spec: {dependsOn: [b, 'default/c'], consumesApis: [d]}\n"
    (entity,) = read_catalogue("a.yaml", text.encode()).entities
    assert [str(one.target) for one in entity.needs] == ["pay/b", "c", "api:pay/d"]


def test_line_ends_and_marks_do_not_matter() -> None:
    plain = read_catalogue("a.yaml", SHOP.encode())
    assert read_catalogue("a.yaml", SHOP.replace("\n", "\r\n").encode("utf-8-sig")) == plain


def test_what_stands_between_documents_is_no_document() -> None:
    text = f"%YAML 1.1\n---\n...\n\n--- # one\n{COMPONENT.format(name='a')}...\n%YAML 1.1\n---\n---\n--- \n# end\n"
    found = read_catalogue("a.yaml", text.encode())
    assert (names(found), found.defects) == (["component:a"], ())


def test_a_bare_document_behind_the_end_of_another_is_read() -> None:
    found = read_catalogue("a.yaml", f"{COMPONENT.format(name='a')}...\n{COMPONENT.format(name='b')}".encode())
    assert (names(found), found.defects) == (["component:a", "component:b"], ())
    assert found.entities[1].place.line == 7


def test_three_dashes_inside_a_line_end_nothing() -> None:
    text = COMPONENT.format(name="a") + "spec: {type: 'x --- y', lifecycle: ---z}\n"
    (entity,) = read_catalogue("a.yaml", text.encode()).entities
    assert (entity.type, entity.lifecycle) == ("x --- y", "---z")


@pytest.mark.parametrize(
    "broken",
    [
        "a: [",
        "a: b: c",
        "\ta: b",
        "? [x]\n: y",
        "a: &a [*a]",
        "a: *unknown",
        "x" * 20,
        "- a",
        "a: 'x",
        "[" * 100_000,
        "- " * 100_000,
        "a: \x00",
        "!!binary x",
    ],
)
def test_a_broken_document_is_told_and_hides_no_other(broken: str) -> None:
    text = f"{COMPONENT.format(name='a')}---\n{broken}\n---\n{COMPONENT.format(name='b')}"
    found = read_catalogue("a.yaml", text.encode())
    assert names(found) == ["component:a", "component:b"]
    assert {one.name for one in found.defects} == {"malformed-catalogue"}
    assert all(3 < one.fault.location.line < 7 for one in found.defects)
    assert all("front matter" not in one.fault.message for one in found.defects)


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 30)]
    found = read_catalogue("a.yaml", ("\n".join(lines) + f"\n---\n{COMPONENT.format(name='b')}").encode())
    assert names(found) == ["component:b"]
    assert "aliases" in found.defects[0].fault.message


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!unknown", "!!int"])
def test_tags_construct_nothing(tag: str) -> None:
    text = f"{COMPONENT.format(name='a')}spec:\n  type: {tag} ['echo x']\n  lifecycle: {tag} x\n"
    found = read_catalogue("a.yaml", text.encode())
    assert [one.lifecycle for one in found.entities] == ["x"]
    assert told(found) == [("malformed-entity", 5, 9)]


def test_anchors_and_merge_keys_work() -> None:
    text = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a}\nx-base: &base {owner: team, type: service}\nspec: {<<: *base, lifecycle: production}\n"
    (entity,) = read_catalogue("a.yaml", text.encode()).entities
    assert (entity.type, str(entity.owner), entity.lifecycle) == ("service", "group:team", "production")


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"a\\nb"',
        "a'b\"c",
        '"../../etc/passwd"',
        "x" * 10_000,
        '""',
        "a b",
        '"\\u202e"',
        "~",
    ],
)
def test_a_hostile_name_is_no_name(name: str) -> None:
    text = f"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n"
    found = read_catalogue("a.yaml", text.encode())
    assert found.entities == ()
    assert told(found) == [("malformed-entity", 4, 9)]
    assert len(found.defects[0].fault.message) < 200


def test_what_is_too_long_for_its_place_is_cut_off_and_told() -> None:
    text = f"{COMPONENT.format(name='a, title: ' + 'x' * 50_000)}spec:\n  type: {'y' * 201}\n  owner: {'z' * 201}\n  dependsOn: [{'z' * 201}]\n"
    found = read_catalogue("a.yaml", text.encode())
    assert [(len(one.title), len(one.type), one.owner, one.needs) for one in found.entities] == [(200, 200, None, ())]
    assert [line for _, line, _ in told(found)] == [3, 5, 6, 7]
    assert all(len(one.fault.message) < 200 for one in found.defects)


def test_an_owner_that_names_nobody_is_told() -> None:
    text = f"{COMPONENT.format(name='a')}spec:\n  owner: Team A (ask Bob)\n"
    found = read_catalogue("a.yaml", text.encode())
    assert (told(found), found.entities[0].owner) == ([("malformed-entity", 5, 10)], None)


def test_bytes_that_are_not_utf_8_are_told_with_their_line() -> None:
    found = read_catalogue("a.yaml", COMPONENT.format(name="a").encode() + b"# caf\xe9\n")
    assert (told(found), found.files) == ([("malformed-catalogue", 4, 1)], ("a.yaml",))


def test_a_file_of_many_bytes_is_not_read() -> None:
    found = read_catalogue("a.yaml", b"#" * (MAX_BYTES + 1))
    assert (told(found), found.entities) == ([("malformed-catalogue", 1, 1)], ())


def test_documents_past_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_DOCUMENTS", 2)
    found = read_catalogue("a.yaml", "---\n".join(COMPONENT.format(name=name) for name in "abcd").encode())
    assert (names(found), told(found)) == (["component:a", "component:b"], [("malformed-catalogue", 8, 1)])


def test_faults_past_the_limit_are_counted() -> None:
    found = read_catalogue("a.yaml", ("---\na: [\n" * (MAX_DEFECTS + 7)).encode())
    assert len(found.defects) == MAX_DEFECTS + 1
    assert "7 more faults" in found.defects[-1].fault.message


scalars = st.text(st.characters(codec="utf-8"), max_size=12) | st.integers() | st.booleans() | st.none()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["apiVersion", "kind", "metadata", "spec", "name", "namespace", "dependsOn", "owner", "links"])
mappings = st.dictionaries(keys, values | st.dictionaries(keys, values, max_size=4), max_size=5)


@given(st.binary(max_size=300))
def test_any_bytes_give_entities_or_a_fault_and_never_an_error(data: bytes) -> None:
    found = read_catalogue("a.yaml", data)
    assert all(one.fault.location.line >= 1 and one.fault.location.column >= 1 for one in found.defects)


@given(st.lists(mappings, max_size=3))
def test_any_keys_give_entities_or_a_fault_and_never_an_error(documents: list[dict[str, object]]) -> None:
    text = yaml.safe_dump_all(documents, allow_unicode=True)
    found = read_catalogue("a.yaml", text.encode())
    assert len(found.entities) + len(found.defects) >= sum(bool(one) for one in documents)


@given(st.lists(st.from_regex(r"[A-Za-z0-9]([-_.]?[A-Za-z0-9]){0,20}", fullmatch=True), unique=True, max_size=6))
def test_every_document_of_a_file_is_read(given_names: list[str]) -> None:
    documents = [
        {"apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": {"name": name}} for name in given_names
    ]
    found = read_catalogue("a.yaml", yaml.safe_dump_all(documents, explicit_start=True, explicit_end=True).encode())
    assert [one.name.name for one in found.entities] == given_names
    assert found.defects == ()
