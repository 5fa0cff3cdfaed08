"""What becomes of the entities of a catalogue beside the documents."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.analyses.graph import graph_of
from mkdocs_sre.documents.catalogue import FOLDER, CatalogueDocument
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.graph.model import System
from mkdocs_sre.knowledge import KnowledgeBase, assemble
from mkdocs_sre.reading.catalogue import read_catalogue
from mkdocs_sre.reading.source import read
from mkdocs_sre.settings import Settings
from tests.tree import parse_tree

HEAD = "apiVersion: backstage.io/v1alpha1\n"


def entity(kind: str, name: str, spec: str = "", *, namespace: str = "default", more: str = "") -> str:
    return f"{HEAD}kind: {kind}\nmetadata: {{name: {name}, namespace: {namespace}{more}}}\nspec: {{{spec}}}\n"


def service(identifier: str, more: str = "") -> str:
    return f'---\ntype: service\nid: {identifier}\nowner: "@team"\ntier: 1\n{more}---\n'


def base_of(*entities: str, **documents: str) -> KnowledgeBase:
    catalogue = read_catalogue("../catalog-info.yaml", "---\n".join(entities).encode())
    assert catalogue.defects == ()
    sources = [read(f"{name}.md", text.encode()) for name, text in documents.items()]
    return assemble(
        Settings.load({"owners": [{"id": "@Team-Known"}]} if "owners" in documents else {}), sources, catalogue
    )


def edges(base: KnowledgeBase) -> set[tuple[str, str]]:
    system = graph_of(base).system
    return {
        (system.elements[one.owner].id, system.elements[member].id) for one in system.groups for member in one.members
    }


def kinds(system: System) -> dict[str, str]:
    return {one.id: one.kind for one in system.elements}


def test_entities_are_elements_and_all_that_they_need_is_hard_and_assumed() -> None:
    base = base_of(
        entity("Component", "cart", "dependsOn: [resource:cart-db, jobs], owner: group:team-cart"),
        entity("Resource", "cart-db", "type: Database"),
        entity("Resource", "jobs", "type: message-queue, dependencyOf: [component:mailer]"),
        entity("Component", "mailer"),
        entity("System", "shop"),
        entity("Group", "team-cart"),
    )
    system = graph_of(base).system
    assert kinds(system) == {"cart": "service", "cart-db": "datastore", "jobs": "queue", "mailer": "service"}
    assert edges(base) == {("cart", "cart-db"), ("cart", "jobs"), ("mailer", "jobs")}
    assert all(group.hard and not group.declared and group.need == 1 for group in system.groups)
    assert {one.source for one in system.elements} == {"catalogue"}
    cart = system.elements[system.names["cart"]]
    assert (cart.owner, str(cart.place)) == ("@team-cart", "../catalog-info.yaml:3:18")


def test_an_api_is_its_one_provider_and_leads_to_it() -> None:
    base = base_of(
        entity("Component", "web", "consumesApis: [cart-api]"),
        entity("Component", "cart", "providesApis: [cart-api], consumesApis: [cart-api]"),
        entity("API", "cart-api"),
    )
    assert edges(base) == {("web", "cart")}
    assert base.landscape.selfish == ()
    found = base.find("Cart-API")
    assert found is not None
    assert found.id == "cart"
    assert graph_of(base).system.find("cart-api") == graph_of(base).system.find("cart")


def test_an_api_that_nobody_provides_is_something_external() -> None:
    base = base_of(entity("Component", "web", "consumesApis: [card-api]"), entity("API", "card-api"))
    assert kinds(graph_of(base).system) == {"web": "service", "card-api": "external"}
    assert edges(base) == {("web", "card-api")}


def test_an_api_of_several_providers_needs_each_and_is_no_single_point_itself() -> None:
    base = base_of(
        entity("Component", "web", "consumesApis: [pay-api]"),
        entity("Component", "cards", "providesApis: [pay-api]"),
        entity("Component", "vouchers", "providesApis: [pay-api]"),
        entity("API", "pay-api"),
    )
    graph = graph_of(base)
    assert edges(base) == {("web", "pay-api"), ("pay-api", "cards"), ("pay-api", "vouchers")}
    points = graph.single_points(graph.system.names["web"])
    assert {graph[one.element].id for one in points} == {"cards", "vouchers"}


def test_a_service_document_with_the_id_is_the_same_thing_and_says_more() -> None:
    base = base_of(
        entity("Component", "Checkout", "dependsOn: [resource:orders-db, component:mailer]"),
        entity("Resource", "orders-db", "type: database"),
        entity("Component", "mailer"),
        checkout=service("checkout", "dependencies:\n  - {service: mailer, criticality: soft, fallback: later}\n"),
    )
    graph = graph_of(base)
    assert kinds(graph.system) == {"checkout": "service", "mailer": "service", "orders-db": "datastore"}
    groups = {graph[group.members[0]].id: group for group in graph.system.groups}
    assert (groups["mailer"].hard, groups["mailer"].declared) == (False, True)
    assert (groups["orders-db"].hard, groups["orders-db"].declared) == (True, False)
    assert len(graph.system.groups) == 2
    assert isinstance(base.document("checkout", Service), Service)
    assert [one.id for one in base.landscape.undescribed()] == ["mailer", "orders-db"]


def test_what_the_documents_say_of_redundancy_counts_before_the_catalogue() -> None:
    base = base_of(
        entity("Component", "cart", "dependsOn: [resource:db-a, resource:db-b]"),
        entity("Resource", "db-a"),
        entity("Resource", "db-b"),
        cart=service("cart", "dependencies:\n  - {any_of: [db-a, db-b], need: 1}\n"),
    )
    graph = graph_of(base)
    assert [len(group.members) for group in graph.system.groups] == [2]
    assert graph.single_points(graph.system.names["cart"]) == ()


def test_an_annotation_names_the_document() -> None:
    more = ", annotations: {mkdocs-sre/id: Orders-Store}"
    base = base_of(
        entity("Component", "cart", "dependsOn: [resource:db-7]"),
        entity("Resource", "db-7", more=more),
        store=service("orders-store"),
    )
    assert edges(base) == {("cart", "orders-store")}
    assert base.landscape.unknown == ()


def test_an_alias_of_a_document_is_the_document_too() -> None:
    base = base_of(
        entity("Component", "basket"),
        entity("Component", "web", "dependsOn: [basket]"),
        cart=service("cart", "aliases: [basket]\n"),
    )
    assert edges(base) == {("web", "cart")}


def test_a_catalogue_may_name_what_only_a_document_knows() -> None:
    base = base_of(
        entity("Component", "web", "dependsOn: ['resource:sessions'], dependencyOf: [shop]"),
        a=service("sessions"),
        b=service("shop"),
    )
    assert edges(base) == {("web", "sessions"), ("shop", "web")}
    assert base.landscape.unknown == ()


def test_documents_name_entities_without_findings() -> None:
    tree = parse_tree("""
        options
            | catalogues: [catalog-info.yaml]
        catalog-info.yaml
            | apiVersion: backstage.io/v1alpha1
            | kind: Component
            | metadata: {name: cart, title: The cart}
            | spec: {providesApis: [cart-api]}
            | ---
            | apiVersion: backstage.io/v1alpha1
            | kind: API
            | metadata: {name: cart-api}
        checkout.md
            | ---
            | type: service
            | id: checkout
            | owner: "@team"
            | tier: 1
            | dependencies: [Cart]
            | ---
            | See [it](sre:cart) and [](sre:cart-api).
        cart-down.md
            | ---
            | type: runbook
            | id: cart-down
            | owner: "@team"
            | service: cart
            | ---
    """)
    assert [str(one.code) for one in tree.findings() if one.code.startswith("REF")] == []
    base = tree.base()
    entry = base.find("cart")
    assert entry is not None
    assert (entry.title, entry.kind, entry.document.path) == ("The cart", "service", f"{FOLDER}/cart.md")
    assert isinstance(entry.document, CatalogueDocument)
    assert [str(document.id) for document in base.documents] == ["cart-down", "checkout"]
    assert [one.path for one in base.mentions_of["cart"]] == [
        "cart-down.md",
        "checkout.md",
        "checkout.md",
        "checkout.md",
    ]
    assert base.document("cart", Service) is None
    assert base.nearest("crat") == "cart"


def test_a_document_that_only_a_catalogue_needs_is_not_isolated() -> None:
    tree = parse_tree("""
        options
            | catalogues: [catalog-info.yaml]
        catalog-info.yaml
            | apiVersion: backstage.io/v1alpha1
            | kind: Component
            | metadata: {name: web}
            | spec: {dependsOn: [component:cart]}
        cart.md
            | ---
            | type: service
            | id: cart
            | owner: "@team"
            | tier: 3
            | ---
        other.md
            | ---
            | type: service
            | id: other
            | owner: "@team"
            | tier: 3
            | ---
    """)
    assert [one.location.path for one in tree.findings() if one.code == "REF104"] == ["other.md"]


def test_a_waiver_names_a_catalogue_file_or_an_entity() -> None:
    text = """
        sre-waivers.yml
            | waivers:
            |   - {rule: GRF204, document: %s, reason: It comes., by: "@team", until: 2026-04-01}
        options
            | catalogues: ["*.yaml"]
        catalog-info.yaml
            | apiVersion: backstage.io/v1alpha1
            | kind: Component
            | metadata: {name: web}
            | spec: {dependsOn: [component:gone]}
            | ---
            | apiVersion: backstage.io/v1alpha1
            | kind: Component
            | metadata: {name: cart}
            | spec: {dependsOn: [component:lost]}
    """
    for document, left in (("catalog-info.yaml", []), ("web", [9]), ("cart", [4])):
        found = [one for one in parse_tree(text % document).findings() if one.code in ("GRF204", "WVR103", "WVR108")]
        assert [(one.code, one.location.line) for one in found] == [("GRF204", line) for line in left], document


def test_a_known_owner_is_named_as_the_configuration_names_it() -> None:
    base = base_of(
        entity("Component", "a", "owner: 'group:team-known'"),
        entity("Component", "b", "owner: user:jane.roe"),
        entity("Component", "c"),
        owners=service("z"),
    )
    assert [one.owner for one in base.landscape.elements] == ["@Team-Known", "@jane.roe", ""]


def test_a_damaged_document_keeps_its_page_and_the_catalogue_its_element() -> None:
    base = base_of(
        entity("Component", "web", "dependsOn: [cart]"),
        entity("Component", "cart"),
        cart=service("cart").replace("tier: 1", "tier: x"),
    )
    assert edges(base) == {("web", "cart")}
    assert [one.id for one in base.landscape.undescribed()] == ["web"]


def test_ids_do_not_depend_on_where_entities_are_written() -> None:
    entities = [
        entity("Resource", "orders"),
        entity("Component", "orders", namespace="b"),
        entity("Component", "Orders", namespace="a"),
        entity("Component", "orders"),
        entity("API", "orders"),
        entity("Component", "readme"),
        entity("Component", "orders-resource"),
    ]
    forwards, backwards = base_of(*entities), base_of(*entities[::-1])
    ids = {str(one.entity.name): one.id for one in forwards.landscape.elements}
    assert ids == {str(one.entity.name): one.id for one in backwards.landscape.elements}
    assert ids == {
        "component:orders": "orders",
        "component:a/Orders": "Orders-component",
        "component:b/orders": "b.orders",
        "component:orders-resource": "orders-resource",
        "component:readme": "readme-component",
        "resource:orders": "default.orders",
        "api:orders": "orders-api",
    }
    assert len(forwards.landscape.renamed) == 5


names = st.sampled_from(["a", "b", "A", "c.d", "index"])
references = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "component:", "resource:", "api:", "system:"]),
    st.sampled_from(["", "x/"]),
    names,
)
specs = st.dictionaries(
    st.sampled_from(["dependsOn", "dependencyOf", "providesApis", "consumesApis"]), st.lists(references, max_size=3)
)
drawn = st.tuples(
    st.sampled_from(["Component", "Resource", "API", "System"]), names, st.sampled_from(["default", "x"]), specs
)


@given(st.lists(drawn, max_size=7), st.sets(st.sampled_from(["a", "b", "c.d"])))
def test_any_catalogue_has_ids_that_are_unique_and_needs_that_are_known(
    entities: list[tuple[str, str, str, dict[str, list[str]]]], described: set[str]
) -> None:
    texts = [
        entity(
            kind,
            name,
            ", ".join(f"{key}: [{', '.join(map(repr, names))}]" for key, names in spec.items()),
            namespace=space,
        )
        for kind, name, space, spec in entities
    ]
    base = base_of(*texts, **{f"d{index}": service(one) for index, one in enumerate(sorted(described))})
    landscape = base.landscape
    ids = [one.id.lower() for one in landscape.elements]
    assert len(ids) == len(set(ids))
    assert {one.id.lower() for one in landscape.elements if one.described} <= described
    system = graph_of(base).system
    assert len(system) == len({*ids, *described})
    assert all(system.find(name) is not None for need in landscape.needs for name in (need.owner, need.member))
    assert all(need.owner.lower() != need.member.lower() for need in landscape.needs)
    assert all(base.find(one.id) is not None for one in landscape.elements)
