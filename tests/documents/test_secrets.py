"""What looks like a secret, and what only stands for one. Keys are put together here, so that nothing is one in this file."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_sre.documents.secrets import (
    _ASSIGNED,
    _ELSEWHERE,
    _PATTERNS,
    entropy_bits,
    is_secret,
    may_hold_secret,
    secrets_in,
)

LETTERS = "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zAbCdE"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("-----BEGIN " + "OPENSSH PRIVATE KEY-----", "a private key"),
        ("id: AKIA" + "IOSFODNN7ABCDEFG", "an AWS access key"),
        ("aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYABCDEFGHIJ", "an AWS secret key"),
        ("curl -u x:ghp_" + LETTERS, "a GitHub token"),
        ("github_pat_" + LETTERS[:30], "a GitHub token"),
        ("glpat-" + LETTERS[:20], "a GitLab token"),
        ("xoxb" + "-123456789012-" + LETTERS[:12], "a Slack token"),
        ("https://hooks.slack.com/services/" + "T00AB12CD/B00AB12CD/" + LETTERS[:24], "a Slack webhook"),
        ("AIza" + LETTERS[:35], "a Google API key"),
        ("sk_live_" + LETTERS[:24], "a Stripe key"),
        ("hvs." + LETTERS[:24], "a Vault token"),
        ("npm_" + LETTERS, "an npm token"),
        ("SG." + LETTERS[:22] + "." + LETTERS[:30], "a SendGrid key"),
        ("eyJ" + LETTERS[:20] + ".eyJ" + LETTERS[:20] + "." + LETTERS[:20], "a JSON web token"),
        ("password: S3cr3tP4ssw0rd!", "a password or key"),
        ("export DB_PASSWORD=hunter2hunter2", "a password or key"),
        ("mysql -u root --password 'Tr0ub4dor&3'", "a password or key"),
        ("curl -H 'X-Api-Key: 9fK2-mQ7x-Pl0z'", "a password or key"),
        ("psql postgres://app:zX81kk-pp0q@db/x", "a password in an address"),
        ("curl -H 'Authorization: Bearer " + LETTERS[:24] + "'", "a token"),
        ("mysql -u root -pS3cr3tP4ss", "a password"),
    ],
)
def test_a_secret_is_found_where_it_begins(line: str, what: str) -> None:
    found = list(secrets_in(line))
    assert [secret.what for secret in found] == [what]
    assert 1 <= found[0].column <= len(line)


@pytest.mark.parametrize(
    "line",
    [
        "password: <password>",
        "PGPASSWORD=${PASSWORD}",
        'PGPASSWORD="$(vault kv get -field=password kv/orders-db)"',
        "password=changeme123",
        "password: ********",
        "token: kubernetes-dashboard-token-x7",
        "secret: payments-db-credentials",
        "secretName: web-tls-2024",
        "key: a/b/c1",
        "api_key: YOUR_API_KEY_1",
        "the token: see 1Password",
        "secret_key=/etc/keys/a1",
        "kubectl get secret token-9xk2",
        "secret: arn:aws:secretsmanager:eu-west-2:1234:secret:x",
        "AKIAIOSFODNN7EXAMPLE",
        "token_url: https://x.example/oauth2/token",
        'curl -H "Authorization: Bearer ${TOKEN}"',
        "token: v1.2.3-rc1",
        "-----BEGIN CERTIFICATE-----",
        "password: aaaaaaaaaaa1",
    ],
)
def test_what_stands_for_a_secret_is_none(line: str) -> None:
    assert list(secrets_in(line)) == []


@given(st.text(max_size=300))
def test_columns_lie_in_the_line(line: str) -> None:
    assert all(1 <= secret.column <= len(line) for secret in secrets_in(line))


@given(st.text(max_size=7))
def test_what_is_short_is_no_secret(text: str) -> None:
    assert not is_secret(text)


@given(st.text(alphabet="abcd0123", max_size=64))
def test_entropy_is_at_most_that_of_equal_shares(text: str) -> None:
    bits = entropy_bits(text)
    assert 0 <= bits <= 3 + 1e-9
    assert entropy_bits(text + text) == pytest.approx(bits)


def test_entropy_of_known_texts() -> None:
    assert entropy_bits("") == 0
    assert entropy_bits("aaaa") == 0
    assert entropy_bits("abab") == 1
    assert entropy_bits("abcdefgh") == 3


@pytest.mark.parametrize(
    "pattern",
    [_ASSIGNED, *(pattern for _, _, pattern in _PATTERNS), *(pattern for _, pattern in _ELSEWHERE)],
    ids=lambda one: one.pattern,
)
@given(data=st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_no_form_is_passed_over_unseen(pattern: re.Pattern[str], data: st.DataObject) -> None:
    assert may_hold_secret(data.draw(st.from_regex(pattern)))
