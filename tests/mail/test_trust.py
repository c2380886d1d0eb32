"""Whose authentication results count, and for what."""

import pytest

from handlers.mail import mime
from handlers.mail.trust import Findings, Trust, verdict

OURS = "mx.desk.example"
SENDER = "ill@nlrk.example"
M365 = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=nlrk.example; dkim=pass "
    "(signature was verified) header.d=nlrk.example;dmarc=pass action=none header.from=nlrk.example;"
    "compauth=pass reason=100\r\n"
)
OWN_HOP = "Received: from A.eurprd04.prod.outlook.com by B.eurprd04.prod.outlook.com; Mon, 2 Mar 2026\r\n"
OTHER_HOP = "Received: from mail.nlrk.example by mx.elsewhere.example; Mon, 2 Mar 2026\r\n"


def found(head: str, server: str | None = OURS, sender: str = SENDER) -> Trust:
    findings = Findings.of(mime.parse(head.encode() + b"\r\nx\r\n"))
    return verdict(findings, sender=sender, authserv_id=server)


def results(what: str, server: str = OURS) -> str:
    return f"Authentication-Results: {server}; {what}\r\n"


@pytest.mark.parametrize(
    ("head", "trust"),
    [
        (results("dmarc=pass header.from=nlrk.example"), Trust.VOUCHED),
        (results("dmarc=fail header.from=nlrk.example"), Trust.FAIL),
        (results("dmarc=pass header.from=other.example"), Trust.NONE),
        (results("dkim=pass header.d=nlrk.example"), Trust.VOUCHED),
        (results("dkim=pass header.d=mailer.example"), Trust.NONE),
        (results("dkim=fail header.d=nlrk.example"), Trust.NONE),
        (results("spf=pass smtp.mailfrom=nlrk.example"), Trust.NONE),
        (results("dmarc=pass", server="mx.other.example"), Trust.NONE),
        (results("none", "mx.other.example") + results("dmarc=pass"), Trust.NONE),
        (results("spf=none (dmarc=pass)"), Trust.NONE),
        ("Subject: x\r\n", Trust.NONE),
    ],
)
def test_the_topmost_header_of_our_own_server_counts(head: str, trust: Trust) -> None:
    assert found(head) is trust


def test_without_a_trusted_server_nothing_is_a_pass() -> None:
    assert found(results("dmarc=pass"), None) is Trust.NONE


def test_a_suffix_names_all_servers_of_a_house() -> None:
    assert found(results("dmarc=pass", "mx7.desk.example"), ".desk.example") is Trust.VOUCHED


@pytest.mark.parametrize(
    ("head", "trust"),
    [
        (M365 + OTHER_HOP, Trust.VOUCHED),
        (OWN_HOP + M365 + OTHER_HOP, Trust.VOUCHED),
        (OTHER_HOP + M365, Trust.NONE),
        (results("dmarc=pass") + M365, Trust.NONE),
        (M365.replace("dmarc=pass", "dmarc=fail"), Trust.FAIL),
    ],
)
def test_microsoft_365_names_no_server_and_stands_above_every_foreign_hop(head: str, trust: Trust) -> None:
    assert found(head, "m365") is trust
