"""Each signal of freshness, where it fires and where it does not, with what git remembers given by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from mkdocs_sre.analyses.freshness import freshness_of
from mkdocs_sre.documents.base import ReviewedDocument
from mkdocs_sre.history.remembered import Commit, History, Record, Version
from mkdocs_sre.history.staleness import AlertChange
from tests.tree import AS_OF, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_sre.history.staleness import Freshness, Reason
    from mkdocs_sre.knowledge import KnowledgeBase

DAY = timedelta(days=1)
FRESH = date(2026, 3, 1)


def page(**keys: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + "---\n"


def runbook(**keys: str) -> str:
    given = {"type": "runbook", "id": "restart", "owner": "'@team'", "last_reviewed_on": FRESH.isoformat()}
    return page(**(given | {"review_in": "100 years"} | keys))


def service(name: str = "cart", **keys: str) -> str:
    return page(**({"type": "service", "id": name, "owner": "'@team'", "tier": "3"} | keys))


def pir(number: int, day: str, **keys: str) -> str:
    given = {"type": "pir", "id": f"PIR-{number}", "status": "final", "severity": "SEV1", "service": "cart"}
    return page(**(given | {"incident_date": day} | keys))


def assessment(reviewed: str, services: str = "[cart]") -> str:
    return page(type="risk-assessment", id="RA-1", services=services, last_reviewed_on=reviewed)


def base_of(files: Mapping[str, str]) -> KnowledgeBase:
    return Tree({f"{name}.md": text for name, text in files.items()}).base()


def judged(
    files: Mapping[str, str],
    history: History | None = None,
    *,
    name: str = "restart",
    as_of: date = AS_OF,
    alerts: Sequence[AlertChange] = (),
) -> Freshness:
    base = base_of(files)
    entry = base.find(name)
    assert entry is not None
    assert isinstance(entry.document, ReviewedDocument)
    return freshness_of(entry.document, base, as_of, history or History(), alerts)


def only(found: Freshness) -> Reason:
    assert len(found.reasons) == 1, found.reasons
    return found.reasons[0]


def commit(day: date) -> Commit:
    return Commit(f"{day.toordinal():040x}", day, "Ann")


def past(path: str, *versions: tuple[str, str | None]) -> History:
    """Return what is remembered of a file: the day of each commit, and the text that it left."""
    made = [
        Version(commit(date.fromisoformat(day)), text.encode() if text is not None else None) for day, text in versions
    ]
    return History(versions={f"{path}.md": tuple(made)}, known=True)


def finalised(**days: str) -> History:
    records = {
        f"pir-{name.removeprefix('pir')}": Record("unchanged", finalised=commit(date.fromisoformat(day)))
        for name, day in days.items()
    }
    return History(records=records, known=True)


class TestVersion:
    files: Mapping[str, str] = {
        "restart": runbook(service="cart", verified_for="4.2"),
        "cart": service(version="4.4"),
    }

    def test_counts_from_the_commit_that_moved_it_on(self) -> None:
        history = past(
            "cart",
            ("2025-01-01", service(version="4.3")),  # past it once, and taken back
            ("2025-02-01", service(version="4.2.9")),
            ("2026-02-20", service(version="4.3")),
            ("2026-03-05", service(version="4.4")),
        )
        found = judged(self.files, history)
        reason = only(found)
        assert (reason.signal, reason.state, reason.due) == ("version", "overdue", date(2026, 2, 20))
        assert reason.text == "cart runs 4.4, and it was verified for 4.2"
        assert (found.state, found.expires) == ("overdue", date(2026, 3, 22))
        assert judged(self.files, history, as_of=date(2026, 3, 22)).state == "overdue"
        assert judged(self.files, history, as_of=date(2026, 3, 23)).state == "expired"

    @pytest.mark.parametrize(
        "history",
        [
            History(),
            past("cart", ("2025-01-01", service(version="4.2"))),  # moved on in the working tree alone
            past("cart", ("2025-01-01", service(version="4.3")), ("2025-02-01", None)),
            past("cart", ("2025-01-01", service(version="4.3")), ("2025-02-01", service())),
            past("cart", ("2025-01-01", service("other", version="4.3"))),
            past("cart", ("2025-01-01", "---\ntype: service\nid: [\n---\n")),
            past("cart", ("2025-01-01", service(version="4.3", tier="9"))),  # damaged
        ],
    )
    def test_never_expires_when_nobody_knows_since_when(self, history: History) -> None:
        reason = only(judged(self.files, history, as_of=date(2030, 1, 1), name="restart"))
        assert (reason.signal, reason.state, reason.due) == ("version", "overdue", None)

    def test_former_names_of_the_service_and_lists_of_services_are_known(self) -> None:
        files = {**self.files, "cart": service(version="4.4", aliases="[basket]")}
        listed = "---\ntype: service\nservices:\n  - {id: Basket, owner: '@team', tier: 3, version: '4.3'}\n---\n"
        assert only(judged(files, past("cart", ("2026-03-02", listed)))).due == date(2026, 3, 2)

    @pytest.mark.parametrize(("runs", "verified"), [("4.2.7", "4.2"), ("4.1", "4.2"), ("4.2", "v4.2.3")])
    def test_says_nothing_while_it_is_not_past_it(self, runs: str, verified: str) -> None:
        files = {"restart": runbook(service="cart", verified_for=verified), "cart": service(version=runs)}
        assert judged(files).reasons == ()

    def test_long_and_odd_versions_stay_one_short_line(self) -> None:
        odd = '"4.2 `x`\\n<b>' + "9" * 200 + '"'
        reason = only(judged({**self.files, "cart": service(version=odd)}))
        assert len(reason.text) < 120
        assert "\n" not in reason.text
        assert "`" not in reason.text


class TestIncident:
    files: Mapping[str, str] = {
        "restart": runbook(service="cart", last_reviewed_on="2026-02-01"),
        "cart": service(),
        "pir": pir(1, "2026-02-02"),
    }

    def test_counts_from_the_day_on_which_its_review_became_final(self) -> None:
        history = finalised(pir1="2026-02-10")
        reason = only(judged(self.files, history))
        assert (reason.signal, reason.state, reason.due) == ("incident", "overdue", date(2026, 2, 10))
        assert reason.related == ("PIR-1",)
        assert reason.text == "PIR-1 tells of an incident on 2026-02-02, after its last review on 2026-02-01"
        assert judged(self.files, history, as_of=date(2026, 3, 12)).state == "overdue"
        assert judged(self.files, history, as_of=date(2026, 3, 13)).state == "expired"

    def test_where_today_is_before_the_commit_the_grace_has_not_begun(self) -> None:
        reason = only(judged(self.files, finalised(pir1="2026-03-10")))
        assert (reason.state, reason.due) == ("overdue", None)
        assert only(judged(self.files, finalised(pir1="2026-03-09"))).due == date(2026, 3, 9)

    def test_filing_a_review_never_expires_anything(self) -> None:
        long_ago = {**self.files, "restart": runbook(service="cart", last_reviewed_on="2020-02-01")}
        for history in (History(), finalised(pir1="2026-03-09")):
            assert judged(long_ago, history).state == "overdue"
        new = History(records={"pir-1": Record("new")})
        assert judged(long_ago, new, as_of=date(2029, 1, 1)).state == "overdue"

    @pytest.mark.parametrize(
        "changed",
        [
            {"restart": runbook(service="cart", last_reviewed_on="2026-02-02")},
            {"restart": runbook(service="cart", last_reviewed_on="2026-02-01", drills="[{on: 2026-02-02}]")},
            {"restart": runbook(service="cart", last_reviewed_on="2026-02-01", considered="[pir-1]")},
            {"restart": runbook(service="cart", last_reviewed_on="2026-02-01", considered="[OLD-1]"),
             "pir": pir(1, "2026-02-02", aliases="[old-1]")},
            {"pir": pir(1, "2026-02-02", considered="[Restart]")},
            {"pir": pir(1, "2026-02-02", status="review")},
            {"pir": pir(1, "2026-02-02", severity="SEV3")},
            {"pir": pir(1, "2026-02-02", severity="terrible")},
            {"pir": pir(1, "2026-02-02", service="other")},
            {"pir": pir(1, "2026-03-10")},
            {"restart": runbook(service="cart", last_reviewed_on="2026-02-01", status="deprecated")},
            {"restart": runbook(service="cart", last_reviewed_on="")},  # FRS103 tells of this one
        ],
    )  # fmt: skip
    def test_is_cleared(self, changed: Mapping[str, str]) -> None:
        assert judged({**self.files, **changed}).reasons == ()

    def test_of_a_review_and_the_one_that_replaces_it_the_new_one_counts(self) -> None:
        files = {**self.files, "new": pir(2, "2026-02-02", supersedes="PIR-1")}
        assert only(judged(files)).related == ("PIR-2",)

    def test_all_later_incidents_are_one_reason_that_names_three(self) -> None:
        files = {**self.files, **{f"pir{day}": pir(day, f"2026-02-{day:02}") for day in range(3, 8)}}
        history = finalised(pir1="2026-03-08", pir3="2026-03-01", pir4="2026-03-10")
        reason = only(judged(files, history))
        assert reason.due == date(2026, 3, 1)
        assert reason.related == ("PIR-1", "PIR-3", "PIR-4", "PIR-5", "PIR-6", "PIR-7")
        assert reason.text.startswith("PIR-1, PIR-3 and 4 more tell of incidents, after")


class TestAlert:
    files: Mapping[str, str] = {"restart": runbook(alerts="[CartDown, CartSlow]")}

    def test_counts_from_the_first_change_after_the_review(self) -> None:
        changes = [
            AlertChange("CartSlow", FRESH),
            AlertChange("CartDown", FRESH + 3 * DAY),
            AlertChange("CartSlow", FRESH + 2 * DAY),
            AlertChange("SearchDown", FRESH + DAY),
        ]
        reason = only(judged(self.files, alerts=changes))
        assert (reason.signal, reason.state, reason.due) == ("alert", "overdue", FRESH + 2 * DAY)
        assert reason.text == "CartSlow and CartDown were changed after its last review, from 2026-03-03 on"
        assert judged(self.files, alerts=changes, as_of=FRESH + 33 * DAY).state == "expired"

    def test_changes_before_the_review_on_its_day_and_in_the_future_say_nothing(self) -> None:
        changes = [AlertChange("CartDown", FRESH - DAY), AlertChange("CartDown", FRESH)]
        assert judged(self.files, alerts=[*changes, AlertChange("CartDown", AS_OF + DAY)]).reasons == ()


class TestDependencies:
    before = service(dependencies="[db, {service: mail, criticality: soft}]", placed_in="[zone-a]")

    def files(self, now: str, reviewed: str = "2026-02-01") -> dict[str, str]:
        return {"risks": assessment(reviewed), "cart": now, "db": service("db", aliases="[database]")}

    @pytest.mark.parametrize(
        ("now", "said"),
        [
            (service(dependencies="[db, queue]", placed_in="[zone-a]"), "needs queue now and needs mail no longer"),
            (service(dependencies="[db, mail]", placed_in="[zone-a]"), "needs mail in another way"),
            (service(dependencies="[db, {service: mail, criticality: soft}]"), "needs zone-a no longer"),
            (
                service(
                    dependencies="[db, {service: mail, criticality: soft}]",
                    placed_in="[zone-a]",
                    replicas="{need: 1, count: 2}",
                ),
                "runs in other copies",
            ),
        ],
    )
    def test_says_what_came_and_went_since_the_first_commit_with_another(self, now: str, said: str) -> None:
        history = past("cart", ("2026-01-01", self.before), ("2026-02-20", service()), ("2026-03-01", now))
        reason = only(judged(self.files(now), history, name="RA-1"))
        assert (reason.signal, reason.state, reason.due) == ("dependencies", "overdue", date(2026, 2, 20))
        assert reason.text == f"cart {said}, since its last review on 2026-02-01"
        assert judged(self.files(now), history, name="RA-1", as_of=date(2026, 3, 23)).state == "expired"

    @pytest.mark.parametrize(
        "now",
        [
            service(dependencies="[{service: mail, criticality: soft}, DATABASE]", placed_in="[zone-a]", version="9"),
            service(
                dependencies="[{service: db, validated: {on: 2026-02-02}}, {service: mail, criticality: soft}]",
                placed_in="[zone-a]",
            ),
        ],
    )
    def test_order_other_names_and_proofs_are_no_change(self, now: str) -> None:
        assert judged(self.files(now), past("cart", ("2026-02-01", self.before)), name="RA-1").reasons == ()

    @pytest.mark.parametrize(
        "history", [History(), past("cart", ("2026-02-02", before)), past("cart", ("2026-01-01", None))]
    )
    def test_nothing_is_said_when_nobody_knows_how_it_was(self, history: History) -> None:
        assert judged(self.files(service()), history, name="RA-1").reasons == ()

    def test_a_change_that_was_taken_back_is_none_and_one_not_committed_never_expires(self) -> None:
        back = past("cart", ("2026-01-01", self.before), ("2026-02-20", service()), ("2026-03-01", self.before))
        assert judged(self.files(self.before), back, name="RA-1").reasons == ()
        reason = only(judged(self.files(service()), back, name="RA-1", as_of=date(2026, 4, 1)))
        assert (reason.state, reason.due) == ("overdue", None)

    def test_several_services_are_one_reason(self) -> None:
        names = ("a", "b", "c", "d")
        files = {"risks": assessment("2026-02-01", "[a, b, c, d]"), **{name: service(name) for name in names}}
        versions = {
            f"{name}.md": (Version(commit(date(2026, 1, 1)), service(name, dependencies="[db]").encode()),)
            for name in names
        }
        reason = only(judged(files, History(versions=versions), name="RA-1"))
        assert reason.related == names
        assert reason.text.endswith("c needs db no longer, and so for 1 more, since its last review on 2026-02-01")


class TestCalendar:
    def test_every_kind_that_is_reviewed_has_a_calendar(self) -> None:
        expired = {"last_reviewed_on": "2025-01-01", "review_in": "30d"}
        slo = {"type": "slo", "id": "fast", "service": "cart", "behaviour": "fast", "objective": "99", "window": "28d"}
        plan = {"type": "capacity-plan", "id": "plan", "service": "cart", "measured_on": "2025-01-01"}
        files = {
            "restart": runbook(**expired),
            "cart": service(**expired),
            "fast": page(**slo, sli="{good: a, total: b}", **expired),
            "risks": assessment("2025-01-01"),
            "plan": page(**plan, resources="[{name: disk, unit: GB, current: 1, limit: 9}]", **expired),
        }
        files["risks"] = files["risks"].replace("services", "review_in: 30d\nservices")
        for name in ("restart", "cart", "fast", "RA-1", "plan"):
            reason = only(judged(files, name=name))
            assert (reason.signal, reason.state, reason.due) == ("review", "expired", date(2025, 1, 31)), name

    def test_the_next_day_is_told_while_everything_is_fine(self) -> None:
        files = {
            "restart": runbook(service="cart", review_in="180d", drills="[{on: 2026-02-20}]"),
            "cart": service(tier="2"),
        }
        found = judged(files)
        assert (found.state, found.reasons) == ("ok", ())
        assert found.due == date(2026, 8, 19)  # the drill, 180 days; the review is due nine days later
        assert found.expires == date(2026, 9, 18)

    def test_a_snooze_keeps_the_reasons_and_takes_the_state(self) -> None:
        late = {"last_reviewed_on": "2025-01-01", "review_in": "30d"}
        files = {"restart": runbook(**late, snooze="{until: 2026-03-31, reason: Later}")}
        found = judged(files)
        assert (found.state, found.snoozed_until, only(found).state) == ("ok", date(2026, 3, 31), "expired")
        assert judged(files, as_of=date(2026, 3, 31)).state == "ok"
        over = judged(files, as_of=date(2026, 4, 1))
        assert (over.state, over.snoozed_until) == ("expired", None)
        too_long = judged(files, as_of=date(2025, 12, 30))  # 91 days before its end
        assert (too_long.state, too_long.snoozed_until) == ("expired", None)
        assert judged(files, as_of=date(2025, 12, 31)).state == "ok"


def test_all_reasons_stand_in_one_answer_the_strongest_first() -> None:
    files = {
        "restart": runbook(
            service="cart",
            alerts="[CartDown]",
            verified_for="1",
            last_reviewed_on="2026-01-01",
            review_in="10d",
            drills="[{on: 2025-11-01, result: failed}]",
        ),
        "cart": service(version="2"),
        "pir": pir(1, "2026-02-02"),
    }
    found = judged(files, alerts=[AlertChange("CartDown", date(2026, 3, 3))])
    assert [one.signal for one in found.reasons] == ["version", "incident", "alert", "drill-failed", "review"]
    assert [one.state for one in found.reasons] == ["overdue", "overdue", "overdue", "expired", "expired"]
    assert (found.state, found.due, found.expires) == ("expired", date(2026, 1, 11), date(2025, 12, 1))


def test_another_day_or_memory_is_another_answer() -> None:
    base = base_of(TestIncident.files)
    entry = base.find("restart")
    assert entry is not None
    assert isinstance(entry.document, ReviewedDocument)
    history = finalised(pir1="2026-02-10")
    first = freshness_of(entry.document, base, AS_OF, history)
    assert freshness_of(entry.document, base, AS_OF, history) is first
    assert freshness_of(entry.document, base, date(2026, 1, 1), history).state == "ok"
    assert freshness_of(entry.document, base, AS_OF, finalised(pir1="2025-03-03")).state == "expired"
