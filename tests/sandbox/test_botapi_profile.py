"""Commands, names and descriptions per scope and language."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonDefault,
)

from bot.sandbox.botapi import BotApi, ChangeKind, Person


def commands(*names: str) -> list[BotCommand]:
    return [BotCommand(command=name, description=name.title()) for name in names]


async def test_a_menu_is_the_narrowest_scope_in_the_persons_language(leyla: Person, bot: Bot) -> None:
    seen = []
    for names, scope, language in [
        (["help"], None, None),
        (["komek"], None, "az"),
        (["new"], BotCommandScopeAllPrivateChats(), None),
        (["yeni"], BotCommandScopeAllPrivateChats(), "az"),
        (["invite"], BotCommandScopeChat(chat_id=leyla.id), None),
    ]:
        await bot.set_my_commands(commands(*names), scope=scope, language_code=language)
        seen.append([name for name, _ in leyla.menu])
    assert seen == [["help"], ["komek"], ["new"], ["yeni"], ["invite"]]

    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=leyla.id))
    assert leyla.menu == (("yeni", "Yeni"),)


@pytest.mark.parametrize("code", ["ru-raw", "ru_RU", "", None, "zh-hans"])
async def test_a_strange_language_falls_back(api: BotApi, bot: Bot, code: str | None) -> None:
    await bot.set_my_commands(commands("help"))
    await bot.set_my_commands(commands("pomosh"), language_code="ru")
    person = api.person(7, first_name="X", language_code=code)
    assert person.menu[0][0] == ("pomosh" if (code or "").startswith("ru") else "help")


async def test_commands_are_given_back_as_they_were_set(bot: Bot) -> None:
    await bot.set_my_commands(commands("help", "new"), language_code="kk")
    given_back = await bot.get_my_commands(language_code="kk")
    assert [(one.command, one.description) for one in given_back] == [("help", "Help"), ("new", "New")]
    assert await bot.get_my_commands() == []


@pytest.mark.parametrize(
    ("wrong", "description"),
    [
        ([BotCommand(command="New", description="x")], "BOT_COMMAND_INVALID"),
        ([BotCommand(command="n" * 33, description="x")], "BOT_COMMAND_INVALID"),
        ([BotCommand(command="new", description="x" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([BotCommand(command="new", description="")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([BotCommand(command="new", description="x")] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_wrong_commands_are_refused(bot: Bot, wrong: list[BotCommand], description: str) -> None:
    with pytest.raises(TelegramBadRequest, match=description):
        await bot.set_my_commands(wrong)


async def test_names_and_descriptions_are_told_per_language(leyla: Person, bot: Bot) -> None:
    await bot.set_my_description("Interlibrary loan")
    await bot.set_my_description("Kitabxanalararası abonement", language_code="az")
    await bot.set_my_short_description("Loan")
    await bot.set_my_name("Abonement AZ", language_code="az")

    assert leyla.bot_description == "Kitabxanalararası abonement"
    assert leyla.bot_name == "Abonement AZ"
    assert (await bot.get_my_description("kk")).description == "Interlibrary loan"
    assert (await bot.get_my_short_description()).short_description == "Loan"
    assert (await bot.get_my_name()).name == "Abonement"


async def test_long_names_and_descriptions_are_refused(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="name is too long"):
        await bot.set_my_name("x" * 65)
    with pytest.raises(TelegramBadRequest, match="description is too long"):
        await bot.set_my_description("x" * 513)
    with pytest.raises(TelegramBadRequest, match="short description is too long"):
        await bot.set_my_short_description("x" * 121)


async def test_a_chat_has_its_own_menu_button_or_the_common_one(leyla: Person, bot: Bot) -> None:
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)
    await bot.set_chat_menu_button(menu_button=MenuButtonDefault())
    await bot.set_chat_menu_button(chat_id=leyla.id, menu_button=MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonDefault)
    assert isinstance(await bot.get_chat_menu_button(leyla.id), MenuButtonCommands)


async def test_onlookers_hear_of_a_new_menu(leyla: Person, api: BotApi, bot: Bot) -> None:
    changes = api.subscribe()
    await bot.set_my_commands(commands("help"))
    await bot.set_my_commands(commands("help"), scope=BotCommandScopeChat(chat_id=leyla.id))
    heard = [changes.get_nowait() for _ in range(2)]
    assert [(change.kind, change.chat_id) for change in heard] == [
        (ChangeKind.MENU, 0),
        (ChangeKind.MENU, leyla.id),
    ]


async def test_a_wrong_language_or_scope_is_refused(bot: Bot, call) -> None:
    with pytest.raises(TelegramBadRequest, match="invalid language code specified"):
        await bot.set_my_commands(commands("help"), language_code="ru-raw")
    _, answer = await call("setMyCommands", json={"commands": [], "scope": {"type": "everyone"}})
    assert answer["description"] == "Bad Request: can't parse BotCommandScope: unsupported type specified"
