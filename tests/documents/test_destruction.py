"""Commands that destroy are told from those that do not."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_sre.documents.body import CodeBlock
from mkdocs_sre.documents.destruction import _DELETE, _SHELL_PATTERNS, destructions_in, may_destroy


def words(text: str, language: str = "sh") -> list[str]:
    return [one.words for one in destructions_in(CodeBlock(language, 10, 11 + text.count("\n"), text))]


@pytest.mark.parametrize(
    "command",
    [
        "rm -rf /var/lib/cart",
        "rm --recursive old",
        "sudo rm -fr old",
        "find /tmp -mtime +3 -delete",
        "dd if=/dev/zero of=/dev/sda bs=1M",
        "cat image > /dev/nvme0n1",
        "mkfs.ext4 /dev/sdb1",
        "sudo shutdown -h now",
        "kubectl delete namespace web",
        "kubectl -n web delete pvc data-0",
        "kubectl -n web delete pods --all",
        "kubectl delete pod web-0 --force --grace-period=0",
        "kubectl \\\n  -n web \\\n  delete ns web",
        "kubectl replace --force -f x.yaml",
        "helm -n web uninstall cart",
        "terraform destroy",
        "terraform apply -auto-approve -destroy",
        "aws rds delete-db-instance --db-instance-identifier x",
        "aws s3 rm s3://bucket/ --recursive",
        "gcloud compute instances delete x",
        "az group delete --name x",
        "git push --force origin main",
        "git push origin main -f",
        "kafka-topics.sh --bootstrap-server b:9092 --delete --topic orders",
        "redis-cli -h cache FLUSHALL",
        'kubectl exec db-0 -- psql -c "DROP TABLE orders"',
        'psql -Atc "DELETE FROM sessions"',
        "kubectl exec web-0 -- sh -c 'rm -rf /data/old'",
        'ssh web-1 "rm -rf /data"',
        "echo FLUSHALL | redis-cli",
        "curl -fsS -X DELETE https://search/index",
        "curl -XDELETE https://search/index",
        "kafka-topics --delete --topic orders",
        "$ terraform destroy",
        "true && terraform destroy",
    ],
)
def test_destructive(command: str) -> None:
    assert len(words(command)) == 1


@pytest.mark.parametrize(
    "command",
    [
        "rm old.log",
        "kubectl delete pod web-0",
        "kubectl -n web delete pods -l app=web",
        "kubectl delete ns web --dry-run=server",
        "terraform plan -destroy",
        "helm rollback cart 3",
        'echo "rm -rf / is not what you want"',
        "# terraform destroy",
        "ls # rm -rf /",
        "grep 'rm -rf' audit.log",
        "git push --force-with-lease",
        "git push origin main",
        "kubectl get events | grep shutdown-manager",
        'psql -c "DELETE FROM sessions WHERE ended < now()"',
        "redis-cli GET flush",
        "aws rds describe-db-instances",
        "curl -X POST https://search/index",
        "dd if=/dev/sda of=disk.img",
        "systemctl restart cart",
        "$ kubectl get ns\nterraform destroy is what this output says",
    ],
)
def test_not_destructive(command: str) -> None:
    assert words(command) == []


def test_in_a_database_statements_count() -> None:
    text = "SELECT 1; -- DROP TABLE x\nDELETE FROM carts\nWHERE old;\nDELETE FROM carts;\n/* TRUNCATE x */ DROP SCHEMA shop"
    found = list(destructions_in(CodeBlock("sql", 20, 26, text)))
    assert [(one.words, one.line) for one in found] == [("DELETE FROM carts", 24), ("DROP SCHEMA", 25)]


def test_other_languages_hold_no_commands() -> None:
    assert words("rm -rf /", "yaml") == []
    assert words("rm -rf /", "text") == []


def test_lines_are_those_of_the_file() -> None:
    found = list(destructions_in(CodeBlock("", 5, 9, "ls\nkubectl \\\n delete ns web\nrm -r x")))
    assert [one.line for one in found] == [7, 9]


@given(
    st.text(alphabet="kubectl delete rm -rf'\"\\\n;|&#$", max_size=200), st.sampled_from(["sh", "", "sql", "console"])
)
def test_whatever_is_written_lines_lie_in_the_block(text: str, language: str) -> None:
    end = 2 + text.count("\n")
    for one in destructions_in(CodeBlock(language, 1, end, text)):
        assert 1 <= one.line <= end
        assert one.words


@pytest.mark.parametrize(
    "pattern", [pattern for pattern, _ in (*_SHELL_PATTERNS, _DELETE)], ids=lambda one: one.pattern
)
@given(data=st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_no_command_that_destroys_is_passed_over_unseen(pattern: re.Pattern[str], data: st.DataObject) -> None:
    assert may_destroy(data.draw(st.from_regex(pattern)))
