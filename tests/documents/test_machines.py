"""Machines that commands name, and what looks like one and is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_sre.documents.machines import machines_in


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("ping 10.4.3.17", "10.4.3.17"),
        ("curl http://10.4.3.17:8080/ready", "10.4.3.17"),
        ("curl http://10.4.3.17/ready", "10.4.3.17"),
        ("ssh admin@10.4.3.17 uptime", "10.4.3.17"),
        ("dig @10.4.3.53 shop", "10.4.3.53"),
        ("ping fd12:3456:789a::17", "fd12:3456:789a::17"),
        ("kubectl logs cart-7d9c5b8f64-x2x7k", "cart-7d9c5b8f64-x2x7k"),
        ("kubectl drain ip-10-4-3-17.eu-west-2.compute.internal", "ip-10-4-3-17.eu-west-2.compute.internal"),
        ("aws ec2 reboot-instances --instance-ids i-0a1b2c3d4e5f67890", "i-0a1b2c3d4e5f67890"),
        ("psql -h shop.abc123.eu-west-2.rds.amazonaws.com", "shop.abc123.eu-west-2.rds.amazonaws.com"),
        ("ssh db-3.shop.internal", "db-3.shop.internal"),
        ("ssh -p 2222 root@web-3", "web-3"),
        ("psql --host=db1.copperleaf.net -c 'SELECT 1'", "db1.copperleaf.net"),
        ("ping gateway.copperleaf.net", "gateway.copperleaf.net"),
    ],
)
def test_a_machine(command: str, named: str) -> None:
    (machine,) = machines_in(command)
    assert machine.text == named
    assert command[machine.position :].startswith(named)


@pytest.mark.parametrize(
    "command",
    [
        "ping 127.0.0.1",
        "curl http://localhost:9090/",
        "curl http://192.0.2.10/",
        "curl http://[2001:db8::1]/",
        "ping 8.8.8.8",
        "curl http://169.254.169.254/latest/meta-data/",
        "ip route add 10.0.0.0/8 via ${GATEWAY}",
        "kubectl logs ${POD}",
        "kubectl rollout restart deployment/payment-service",
        "kubectl logs payments-db-1",
        "kubectl get pods -l app=cart --since=10m",
        "curl http://prometheus.monitoring.svc:9090/",
        "ssh db-3.copperleaf.example",
        "ssh ${HOST}",
        "curl https://github.com/org/repo",
        "helm install --version 1.2.3.4-rc1",
        "openssl s_client -connect ${SHOP_HOST}:443",
        "date -d 11:06:22",
        "ssh ec2-xx-xx-xx-xx.eu-west-2.compute.amazonaws.com",
        "sort -h 10",
    ],
)
def test_no_machine(command: str) -> None:
    assert list(machines_in(command)) == []


def test_several_are_in_order() -> None:
    assert [one.text for one in machines_in("ssh web-3 ping 10.4.3.17 && ping 10.4.3.17")] == [
        "web-3",
        "10.4.3.17",
        "10.4.3.17",
    ]


@given(st.text(alphabet="0123456789abcdef.:-/@ ssh-h", max_size=120))
def test_positions_are_those_of_the_text(text: str) -> None:
    for machine in machines_in(text):
        assert text[machine.position : machine.position + len(machine.text)] == machine.text
