"""A shop with objectives of every sort, as a tree: measured, reviewed, of several parts, by the calendar, overspent."""

from __future__ import annotations

SHOP = """
options
    | slos: {results: slos.csv}
slos.csv
    | slo,from,to,measured
    | measured,2026-02-08T00:00:00Z,2026-03-10T00:00:00Z,99.82
services.md
    | ---
    | type: service
    | title: Services
    | services:
    |   - {id: pay, owner: "@pay", tier: 1, description: Takes cards., dependencies: [{service: vault, criticality: hard}, {service: ledger, criticality: hard}, {service: search, criticality: soft}]}
    |   - {id: vault, owner: "@pay", tier: 1, kind: datastore, description: Keys., availability: 99.99}
    |   - {id: ledger, owner: "@pay", tier: 2, kind: external, description: Books., availability: 99.95}
    |   - {id: search, owner: "@find", tier: 0, description: Finds.}
    | ---
runbooks.md
    | ---
    | type: runbook
    | id: pay-burns
    | title: Payments fail
    | owner: "@pay"
    | service: pay
    | ---
slos/pay-answers.md
    | ---
    | type: slo
    | id: pay-answers
    | title: A payment is answered
    | service: pay
    | owner: "@pay"
    | behaviour: A payment is answered within 3 s
    | sli: {good: 'sum(rate(ok{le="3"}[{{.window}}]))', total: 'sum(rate(all[{{.window}}]))', source: prometheus}
    | objective: 99.9
    | window: 30d
    | events_per_day: 36000
    | objectives:
    |   - {name: fast, objective: 95, behaviour: It is answered within 300 ms}
    | error_budget_policy:
    |   - {at_percent: 50, action: Read the reviews., decides: "@pay"}
    |   - {at_percent: 75, action: Release only what lowers risk., decides: "@lead", freezes_changes: true}
    |   - {at_percent: 100, action: Stop.}
    | alerting: {name: PayBurns, runbook: pay-burns, ticket: {runbook: pay-burns}}
    | evidence: {period: 90 days, measured: 99.93, source: Prometheus}
    | sla: {objective: 99.5, source: Contract 7, window: a month, penalty: a tenth of the fee}
    | dashboards: [{title: Board, url: "https://x.example/?a=1&b=2"}]
    | agreed_by: [{who: "@pay", role: owner, on: 2026-01-12}, "@product"]
    | last_reviewed_on: 2026-02-01
    | review_in: 90d
    | ---
    | # A payment is answered
    |
    | ## Rationale
    |
    | Why.
slos/measured.md
    | ---
    | type: slo
    | id: measured
    | title: Search answers
    | service: search
    | behaviour: A search is answered.
    | sli: {raw: 'errors:ratio{w="{{.window}}"}', source: prometheus}
    | objective: 99.9
    | window: 30d
    | error_budget_policy: [{at_percent: 100, action: Stop., decides: "@cto", freezes_changes: true}]
    | alerting:
    |   windows:
    |     - {alert: page, short: 5m, long: 1h, budget_percent: 2, for: 2m}
    |     - {alert: ticket, short: 2h, long: 1d, budget_percent: 10}
    | ---
slos/month.md
    | ---
    | type: slo
    | id: month
    | title: Mails arrive
    | service: search
    | behaviour: A mail arrives within a minute.
    | sli: {threshold: {metric: 'mail_age[{{.window}}]', op: lt, value: 60}, slices: {length: 5m, good_percent: 99}}
    | objective: 90
    | window: calendar month
    | timezone: Europe/Berlin
    | alerting: {}
    | status: draft
    | ---
slos/together.md
    | ---
    | type: slo
    | id: together
    | title: The shop as a whole
    | service: pay
    | behaviour: The shop works.
    | sli: {composite: {of: [{slo: pay-answers, weight: 3}, {slo: measured, weight: 1}]}}
    | objective: 99.5
    | window: 30d
    | ---
slos/old.md
    | ---
    | type: slo
    | id: old
    | title: Old promise
    | service: pay
    | behaviour: It works.
    | sli: {bad: b, total: t}
    | objective: 99
    | window: 7d
    | status: deprecated
    | ---
pirs/PIR-1.md
    | ---
    | type: pir
    | id: PIR-1
    | status: final
    | severity: SEV2
    | service: pay
    | incident_date: 2026-02-14
    | timezone: UTC
    | slo_impact:
    |   - {slo: pay-answers, failing_percent: 50, from: 2026-02-14T10:00Z, to: 2026-02-14T11:00Z}
    |   - {slo: month, failing_percent: 100, from: 2026-03-02T10:00Z, to: 2026-03-03T10:00Z}
    | ---
pirs/PIR-2.md
    | ---
    | type: pir
    | id: PIR-2
    | status: draft
    | severity: SEV3
    | service: pay
    | incident_date: 2026-03-01
    | timezone: UTC
    | slo_impact:
    |   - {slo: pay-answers, failing_percent: 20, from: 2026-03-01T10:00Z, to: 2026-03-01T10:30Z}
    | ---
pirs/PIR-3.md
    | ---
    | type: pir
    | id: PIR-3
    | status: final
    | severity: SEV3
    | service: pay
    | incident_date: 2026-03-02
    | timezone: UTC
    | slo_impact:
    |   - {slo: pay-answers, failing_percent: 20}
    | ---
"""
