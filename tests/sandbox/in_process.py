"""The bot library on the embedded server without a wire: for volume, where HTTP would take the time."""

from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from bot.sandbox.botapi import BotApi, Params, Upload


class InProcess(BaseSession):
    """Encodes calls as the HTTP session does, parameter by parameter, and reads answers as it does."""

    def __init__(self, api: BotApi) -> None:
        super().__init__()
        self._embedded = api

    async def close(self) -> None:
        """Nothing is open."""

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], **_options: object
    ) -> TelegramType:
        params = await self._encoded(bot, method)
        answer = await self._embedded.call(method.__api_method__, params)
        if answer.fault is not None:
            raise TelegramNetworkError(method=method, message=f"answer {answer.fault}")
        response = self.check_response(
            bot=bot, method=method, status_code=answer.status, content=self.json_dumps(answer.body)
        )
        return response.result

    async def _encoded(self, bot: Bot, method: TelegramMethod[Any]) -> Params:
        files: dict[str, InputFile] = {}
        fields = method.model_dump(warnings=False).items()
        values = {name: self.prepare_value(value, bot=bot, files=files) for name, value in fields}
        uploads = {
            name: Upload(file.filename or name, None, b"".join([chunk async for chunk in file.read(bot)]))
            for name, file in files.items()
        }
        return Params({name: value for name, value in values.items() if value}, uploads)

    async def stream_content(self, url: str, **_options: object) -> AsyncGenerator[bytes, None]:
        file = self._embedded.files.by_path(url.partition(f"/file/bot{self._embedded.token}/")[2])
        if file is None:
            raise LookupError(url)
        yield file.data
