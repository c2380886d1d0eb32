"""A loan told by two libraries that only write mail, through real servers out and in."""

from tests.maillab.lab import ALMATY, BAKU, BOT
from tests.maillab.town import Town, opened

BOOK = "Ауэзов М. О. Путь Абая : роман. — Алма-Ата : Жазушы, 1977. — 480 с."
ENGLISH = "From now on we write in English."


async def both_join(town: Town) -> None:
    await town.invites("ANL", BAKU)
    await town.invites("NLRK", ALMATY)
    for address in (BAKU, ALMATY):
        await town.answers(await town.reads(address, ""), address, "YES")
        await town.has(address, 2)
        await town.answers((await town.letters(address))[-1], address, "LANGUAGE EN")
        await town.reads(address, ENGLISH)


async def a_loan(town: Town) -> None:
    await both_join(town)
    await town.answers(await town.reads(BAKU, ENGLISH), BAKU, BOOK)
    arrived = await town.reads(ALMATY, "Путь Абая")
    await town.answers(arrived, ALMATY, "SENT RR123456789KZ")
    shipped = await town.reads(BAKU, "RR123456789KZ")
    await town.answers(shipped, BAKU, "RECEIVED")
    received = await town.reads(ALMATY, "On loan")
    assert opened(received)["References"].count("<") >= 2


async def test_a_loan_goes_through_postfix_out_and_in_over_lmtp(by_lmtp: Town) -> None:
    await a_loan(by_lmtp)


async def test_a_loan_goes_through_a_mailbox_that_is_watched(by_imap: Town) -> None:
    await a_loan(by_imap)

    assert await by_imap.letters(BOT) == []
    assert len(await by_imap.letters(BOT, "Processed")) == 7
