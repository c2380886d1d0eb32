"""A bot that knows nothing of us runs on the embedded server as on Telegram."""

from aiogram import Bot

from bot.sandbox.botapi import BotApi
from tests.sandbox.conftest import polling, until
from tests.sandbox.foreign_bot import shop


async def test_foreign_bot_takes_an_order(api: BotApi, bot: Bot) -> None:
    leyla = api.person(1001, first_name="Leyla")
    async with polling(bot, shop()):
        leyla.starts()
        greeting = await leyla.waits()
        leyla.presses("/order")
        asked = await leyla.waits()
        leyla.sends("Leyla")
        choice = await leyla.waits()
        leyla.presses("Large")
        toast = await leyla.waits_toast()
        await until(lambda: leyla.messages[-1].document)

    assert (greeting.text, [one.type for one in greeting.entities]) == ("Coffee?", ["bold"])
    assert leyla.menu == (("order", "Order a coffee"),)
    assert (asked.text, leyla.reply_keyboard) == ("Your name?", [])
    assert toast.text == "A large one"
    assert (choice.text, choice.keyboard, choice.edited) == ("Leyla: large", [], True)
    receipt = leyla.messages[-1]
    assert receipt.document is not None
    assert (receipt.document.data, receipt.text) == (b"Leyla, large", "Your receipt")


async def test_foreign_bot_reads_a_file(api: BotApi, bot: Bot) -> None:
    leyla = api.person(1001, first_name="Leyla")
    async with polling(bot, shop()):
        leyla.attaches(b"x" * 321, file_name="x.bin")
        answer = await leyla.waits()

    assert answer.text == "321 bytes"
