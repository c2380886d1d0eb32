"""A bot that is not ours, written the way aiogram's own manual does: it takes an order for coffee."""

from aiogram import Bot, Dispatcher, F, Router
from aiogram.filters import Command, CommandStart
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiogram.utils.keyboard import InlineKeyboardBuilder

SIZES = ("small", "large")


class Order(StatesGroup):
    """What is still to be said."""

    name = State()
    size = State()


class Choice(CallbackData, prefix="size"):
    """A button of the form."""

    size: str


def shop() -> Dispatcher:
    """Its dispatcher, with the storage in memory and one router."""
    router = Router()
    router.message.register(greet, CommandStart())
    router.message.register(ask_name, Command("order"))
    router.message.register(ask_size, Order.name, F.text)
    router.callback_query.register(serve, Order.size, Choice.filter())
    router.message.register(count, F.document)
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    return dispatcher


async def greet(message: Message, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand(command="order", description="Order a coffee")])
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="/order")]], resize_keyboard=True)
    await message.answer("<b>Coffee</b>?", parse_mode="HTML", reply_markup=keys)


async def ask_name(message: Message, state: FSMContext) -> None:
    await state.set_state(Order.name)
    await message.answer("Your name?", reply_markup=ReplyKeyboardRemove())


async def ask_size(message: Message, state: FSMContext) -> None:
    await state.update_data(name=message.text)
    await state.set_state(Order.size)
    keys = InlineKeyboardBuilder()
    for size in SIZES:
        keys.button(text=size.capitalize(), callback_data=Choice(size=size))
    await message.answer("Which size?", reply_markup=keys.as_markup())


async def serve(query: CallbackQuery, callback_data: Choice, state: FSMContext) -> None:
    name = (await state.get_data())["name"]
    await query.answer(f"A {callback_data.size} one")
    if isinstance(query.message, Message):
        await query.message.edit_text(f"{name}: {callback_data.size}")
        receipt = BufferedInputFile(f"{name}, {callback_data.size}".encode(), filename="receipt.txt")
        await query.message.answer_document(receipt, caption="Your receipt")
    await state.clear()


async def count(message: Message, bot: Bot) -> None:
    if message.document is None:
        return
    content = await bot.download(message.document)
    await message.reply(f"{len(content.read()) if content else 0} bytes")
