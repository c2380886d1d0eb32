"""What the first line of a mail orders, and what it only seems to."""

from datetime import date

import pytest

from handlers.mail.commands import Command, command, one_apart
from handlers.mail.details import Details
from handlers.text import words
from models.rules.vocabulary import Condition, Language, Reason, ScanProblem, Settlement

SENT = date(2026, 11, 2)


def said(text: str) -> Command:
    return command(text, sent=SENT)


AFTER = {
    "due": " 14.01.2027",
    "expect": " 14.01.2027",
    "find": " Abai",
    "language": " kk",
    "conditions": " 12 EUR",
    "settle": " scan",
    "hand_over": " Daniyar",
    "value": " 50 EUR",
    "insured": " 50 EUR",
}
"""What a word needs behind it."""


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", words.table())
def test_every_displayed_word_is_understood(name: str, language: Language) -> None:
    after = AFTER.get(name, "")

    assert said(words.display(name, language).capitalize() + after).act == name


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("Yes", "yes"),
        ("Yes, thank you", "yes"),
        ("Да, до 14 января 2027", "yes"),
        ("Yes thank you very much", None),
        ("Yes, we have it.", None),
        ("Есть два тома:", None),
        ("Есть вопрос", None),
        ("Нет проблем", None),
        ("No, not yet", None),
        ("Да, получено", None),
        ("No, rare", "no"),
        ("Нет, не выдаётся из библиотеки, к сожалению", "no"),
        ("No, too fragile, but we can scan it", None),
        ("Print", "print"),
        ("Print the second volume too", None),
        ("Печать на обложке стёрта", None),
        ("Calendar of 1977", None),
        ("Received", "received"),
        ("Received?", None),
        ("Received 3 volumes", "received"),
        ("Получено 2 из 3 томов", None),
        ("Sent 14/01", "sent"),
        ("Received your letter", None),
        ("Получено, но не всё", None),
        ("Recieved", "received"),
        ("Uzatma", None),
        ("Uzatmax", None),
        ("Uzatmaq", "renew"),
        ("oxunmr", None),
        ("Список литературы", "list"),
        ("Список литературы:\n1. a\n2. b\n3. c\n4. d", None),
        ("Help us find this book", None),
        ("Status?", "status"),
        ("File attached", None),
        ("Find attached the scan", None),
        ("Find ANL-2026-0001", "find"),
        ("Find", "find"),
        ("Find\nwhat we spoke of", None),
        ("Найти пока не можем", None),
        ("Damaged: cover not attached", "damaged"),
        ("Conditions", None),
        ("Later", "later"),
        ("Later we will write to you again", None),
        ("Sent " + "a" * 600, None),
        ("Copy attached", None),
        ("Copy", "copy"),
        ("Копия не читается", None),
        ("Копия, стр. 12–40", "copy"),
        ("Предлагаем встретиться", None),
        ("Предлагаем цифровую копию", None),
        ("Предлагаем: цифровая копия", "settle"),
        ("Complete nonsense", None),
        ("Ожидается 14.01.2027", "expect"),
        ("Ожидаем вашего ответа", None),
        ("Как обстоят дела?", "ask_status"),
        ("Again, we ask you to hurry", None),
        ("Another library has asked for it too", None),
        ("", None),
        ("\n\n  \nReceived", "received"),
        ("!!!", None),
    ],
)
def test_the_first_line_is_an_act_only_when_it_is_plain(line: str, act: str | None) -> None:
    assert said(line).act == act


def test_a_line_that_only_begins_like_an_act_says_which() -> None:
    assert said("Yes, and we will send it tomorrow") == Command(unclear="yes")


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("SENT 14.01.2027 RR123456785KZ", Details(due_date=date(2027, 1, 14), parcel="RR123456785KZ")),
        ("SENT\nDue: 14 January\nRR123456785KZ", Details(due_date=date(2027, 1, 14), parcel="RR123456785KZ")),
        ("Отправлено 02.11.2026, вернуть до 02.02.2027", Details(due_date=date(2027, 2, 2))),
        ("Отправлено 01.11.2026 и 02.02.2027", Details(due_date=date(2027, 2, 2))),
        ("Sent, tracking 1Z999AA10123456784", Details(parcel="1Z999AA10123456784")),
        ("RENEW until 1 March", Details(until=date(2027, 3, 1))),
        ("EXPECTED 1 March 2027", Details(until=date(2027, 3, 1))),
        ("RECEIVED 2", Details(pieces=2)),
        ("Получено 2 тома", Details(pieces=2)),
        ("Qaytarıldı 3 ədəd RR123456785AZ", Details(pieces=3, parcel="RR123456785AZ")),
        ("SENT 14.01.2027 3 pieces", Details(due_date=date(2027, 1, 14), pieces=3)),
        ("COPY pages 12-40", Details(pages="12-40")),
        ("COPY 12-40", Details(pages="12-40")),
        ("SETTLE payment 20 EUR", Details(cost="20 EUR", settlement=Settlement.PAYMENT)),
        ("ұсынамыз цифрлық көшірме", Details(settlement=Settlement.DIGITAL_COPY)),
        ("REOPEN the reader came back", Details(note="the reader came back")),
        ("LATER on loan until 14.03", Details(until=date(2027, 3, 14), reason=Reason.ON_LOAN)),
        ("NO not held", Details(reason=Reason.NOT_HELD)),
        ("NO rare", Details(reason=Reason.NON_CIRCULATING)),
        ("Нет, увы", Details(note="увы")),
        ("ONLY reading room", Details(condition=Condition.LIBRARY_USE_ONLY)),
        ("Only a copy", Details(reason=Reason.SERVICE)),
        (
            "Conditions: insurance, 12 EUR",
            Details(condition=Condition.OTHER, cost="12 EUR", note="insurance, 12 EUR"),
        ),
        ("Problem pages 3-5 unreadable", Details(reason=ScanProblem.UNREADABLE, pages="3-5")),
        ("Problem 3-5", Details(pages="3-5")),
        ("Найти Абай жолы 1978", Details(note="Абай жолы 1978")),
        ("Dil: rus", Details(note="ru")),
    ],
)
def test_details(text: str, details: Details) -> None:
    assert said(text).details == details


@pytest.mark.parametrize(
    ("typed", "meant", "near"),
    [
        ("recieved", "received", True),
        ("receved", "received", True),
        ("receivved", "received", True),
        ("recaived", "received", True),
        ("received", "received", False),
        ("recieveed", "received", False),
        ("", "a", True),
        ("ab", "ba", True),
        ("abc", "cba", False),
    ],
)
def test_one_apart(typed: str, meant: str, *, near: bool) -> None:
    assert one_apart(typed, meant) is near
