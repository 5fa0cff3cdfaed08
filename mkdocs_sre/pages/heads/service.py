"""The head of a service, a datastore, a provider, a domain or a journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_sre.analyses.escalation import policy_of
from mkdocs_sre.pages.elements import documentation_of
from mkdocs_sre.pages.escape import escape
from mkdocs_sre.pages.heads import Chip, Fact, Head, fact, head, stated
from mkdocs_sre.pages.standing import life_chips, link_all, owner_facts, review_chips, review_facts
from mkdocs_sre.pages.words import counted, length, percent

if TYPE_CHECKING:
    from mkdocs_sre.documents.kinds.service import Service
    from mkdocs_sre.pages.site import Site


@head("service", columns=("Tier", "Kind", "Owner", "Needs"))
def service_head(service: Service, site: Site, page: str) -> Head:
    """Return tier, kind, who is called, version, replicas and recovery targets."""
    chips = (
        *life_chips(service.status),
        *single_point_chips(service, site),
        *review_chips(service, site),
    )
    facts = (
        *owner_facts(service.owner, site),
        *fact("On call", _on_call(site, page, service), _then(site, page, service)),
        *stated("Version", service.version),
        *_replicas(service, site, page),
        *stated("Availability", percent(service.availability) if service.availability is not None else None),
        *_recovery(service),
        *review_facts(service, site),
    )
    columns = (
        Fact("Tier", str(service.tier)),
        *_kind(service),
        *fact("Needs", link_all(site, page, _needed(service))),
    )
    return Head(chips, facts, service.description or "", columns=columns, where=_what(service))


def single_point_chips(service: Service, site: Site) -> tuple[Chip, ...]:
    """Return how many single points of failure a service has, and how many of them nobody has written down."""
    index = site.graph.system.find(service.id)
    if index is None or not service.dependencies:
        return ()
    subjects = site.outline.single_subjects(index) - {index}
    if not subjects:
        return ()
    open_ = sum(not documentation_of(site, one).documented for one in subjects)
    if open_:
        return (Chip(f"{open_} of {counted(len(subjects), 'single point')} undocumented", "bad"),)
    return (Chip(counted(len(subjects), "single point of failure", "single points of failure"), "due"),)


def _on_call(site: Site, page: str, service: Service) -> str:
    """Return who is called, as a link to the rotation that answers for the service where there is one."""
    policy = policy_of(site.base, service.id, service.owner)
    if service.on_call is None or policy is None or site.base.find(service.on_call) is not None:
        return site.link_id(page, service.on_call) if service.on_call else ""
    return site.link_document(page, policy, service.on_call)


def _then(site: Site, page: str, service: Service) -> str:
    return f"then {site.link_id(page, service.escalation)}" if service.escalation else ""


def _what(service: Service) -> str:
    return (
        f"tier {service.tier}" if service.service_kind == "service" else f"{service.service_kind}, tier {service.tier}"
    )


def _kind(service: Service) -> tuple[Fact, ...]:
    return stated("Kind", f"{service.service_kind}, {service.level}" if service.level else service.service_kind)


def _replicas(service: Service, site: Site, page: str) -> tuple[Fact, ...]:
    replicas = service.replicas
    places = service.placed_in or (replicas.spread if replicas else [])
    small = f"in {link_all(site, page, places)}" if places else ""
    if replicas is None:
        return fact("Placed in", link_all(site, page, places))
    return (Fact("Replicas", f"{replicas.need} of {replicas.total} needed", small),)


def _needed(service: Service) -> list[str]:
    return list(dict.fromkeys(name for dependency in service.dependencies for name in dependency.members))


def _recovery(service: Service) -> tuple[Fact, ...]:
    if not service.recovery:
        return ()
    first = service.recovery[0]
    targets = [
        f"RTO {escape(length(first.rto))}" if first.rto else "",
        f"RPO {escape(length(first.rpo))}" if first.rpo else "",
    ]
    proven = max((one.proven.on for one in service.recovery if one.proven), default=None)
    small = f"last proven {proven.isoformat()}" if proven else escape(first.scenario)
    return fact("Recovery", ", ".join(text for text in targets if text), small)
