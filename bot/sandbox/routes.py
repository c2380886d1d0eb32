"""What the page reads and does, one small route each; all of them hand on to the scene and decide nothing."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from bot.sandbox.fence import FILE_POLICY, MAIL_POLICY
from bot.sandbox.forms import MAIL_LIMIT, PHONE_LIMIT, Fields, read_form, read_json
from bot.sandbox.place import Place
from bot.sandbox.scene import Blob, RefusedError, Robot, Scene
from models.rules.vocabulary import Language

_SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_DONE: Final = {"done": True}


def _json(value: object) -> web.Response:
    return web.json_response(value, dumps=lambda v: json.dumps(v, ensure_ascii=False, default=str))


def _number(request: web.Request, name: str) -> int:
    try:
        return int(request.match_info[name])
    except ValueError:
        raise web.HTTPNotFound from None


def _download(blob: Blob) -> web.Response:
    """Bytes to keep, never to open in the page; only plain pictures are shown."""
    mime = blob.mime.partition(";")[0].strip().lower()
    shown, name = mime in _SHOWN, quote(blob.name, safe="")
    return web.Response(
        body=blob.data,
        content_type=mime if shown else "application/octet-stream",
        headers={
            "Content-Security-Policy": FILE_POLICY,
            "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{name}",
        },
    )


@dataclass(frozen=True, slots=True)
class _Routes:
    place: Place

    @property
    def scene(self) -> Scene:
        return self.place.scene


class PhoneRoutes(_Routes):
    """`/api/phones`, `/api/files`."""

    def routes(self) -> list[web.RouteDef]:
        """To be added to the application."""
        here = "/api/phones/{user}"
        return [
            web.get("/api/phones", self.phones),
            web.get(f"{here}/chat", self.chat),
            web.get(f"{here}/menu", self.menu),
            web.post(f"{here}/send", self.send),
            web.post(f"{here}/press", self.press),
            web.post(f"{here}/attach", self.attach),
            web.post(f"{here}/block", self.block),
            web.get("/api/files/{file}", self.file),
        ]

    async def phones(self, _: web.Request) -> web.Response:
        return _json([asdict(phone) for phone in self.scene.phones])

    async def chat(self, request: web.Request) -> web.Response:
        return _json(list(self.scene.chat(_number(request, "user"))))

    async def menu(self, request: web.Request) -> web.Response:
        return _json(list(self.scene.menu(_number(request, "user"))))

    async def send(self, request: web.Request) -> web.Response:
        said = await read_json(request)
        await self.scene.send(_number(request, "user"), said.text("text"), reply_to=said.number("reply_to"))
        return _json(_DONE)

    async def press(self, request: web.Request) -> web.Response:
        said = await read_json(request)
        message = said.number("message")
        if message is None:
            raise web.HTTPBadRequest(text="message: a number is missing")
        await self.scene.press(_number(request, "user"), message, data=said.text("data"))
        return _json(_DONE)

    async def attach(self, request: web.Request) -> web.Response:
        form = await read_form(request, limit=PHONE_LIMIT)
        if not form.files:
            raise web.HTTPBadRequest(text="a file is missing")
        user, reply_to = _number(request, "user"), form.number("reply_to")
        if form.flag("photo"):
            await self.scene.show(user, form.files, caption=form.text("caption", ""), reply_to=reply_to)
            return _json(_DONE)
        captions = [form.text("caption", ""), *[""] * (len(form.files) - 1)]
        for blob, caption in zip(form.files, captions, strict=True):
            await self.scene.attach(user, blob, caption=caption, reply_to=reply_to)
        return _json(_DONE)

    async def block(self, request: web.Request) -> web.Response:
        said = await read_json(request)
        await self.scene.block(_number(request, "user"), blocked=said.flag("blocked"))
        return _json(_DONE)

    async def file(self, request: web.Request) -> web.Response:
        return _download(self.scene.file(request.match_info["file"]))


class MailRoutes(_Routes):
    """`/api/mailboxes`."""

    def routes(self) -> list[web.RouteDef]:
        """To be added to the application."""
        box = "/api/mailboxes/{address}"
        mail = box + "/mails/{mail}"
        return [
            web.get("/api/mailboxes", self.boxes),
            web.get(f"{box}/mails", self.mails),
            web.get(f"{mail}/raw", self.raw),
            web.get(f"{mail}/html", self.html),
            web.get(mail + "/attachments/{index}", self.attachment),
            web.post(f"{mail}/reply", self.reply),
            web.post(f"{mail}/robot", self.robot),
            web.post(f"{box}/write", self.write),
        ]

    async def boxes(self, _: web.Request) -> web.Response:
        return _json({"addresses": list(self.scene.mailboxes), "clients": list(self.scene.clients)})

    async def mails(self, request: web.Request) -> web.Response:
        return _json(list(self.scene.mails(request.match_info["address"])))

    async def raw(self, request: web.Request) -> web.Response:
        raw = self.scene.mail_raw(*self._named(request))
        return web.Response(body=raw, content_type="text/plain", charset="utf-8")

    async def html(self, request: web.Request) -> web.Response:
        text = self.scene.mail_html(*self._named(request))
        return web.Response(
            text=text, content_type="text/html", headers={"Content-Security-Policy": MAIL_POLICY}
        )

    async def attachment(self, request: web.Request) -> web.Response:
        address, mail = self._named(request)
        return _download(self.scene.mail_attachment(address, mail, index=_number(request, "index")))

    async def reply(self, request: web.Request) -> web.Response:
        form = await read_form(request, limit=MAIL_LIMIT)
        address, mail = self._named(request)
        await self.scene.reply(
            address,
            mail,
            body=form.text("body"),
            client=form.text("client"),
            html=form.flag("html"),
            attachments=form.files,
        )
        return _json(_DONE)

    async def robot(self, request: web.Request) -> web.Response:
        said = await read_json(request)
        address, mail = self._named(request)
        await self.scene.answer_by_itself(address, mail, _robot(said.text("robot")))
        return _json(_DONE)

    async def write(self, request: web.Request) -> web.Response:
        form = await read_form(request, limit=MAIL_LIMIT)
        address, subject = request.match_info["address"], form.text("subject")
        await self.scene.write(address, subject=subject, body=form.text("body"), attachments=form.files)
        return _json(_DONE)

    @staticmethod
    def _named(request: web.Request) -> tuple[str, str]:
        return request.match_info["address"], request.match_info["mail"]


class StageRoutes(_Routes):
    """`/api/clock`, `/api/state`, `/api/chaos`, `/api/stage`."""

    def routes(self) -> list[web.RouteDef]:
        """To be added to the application."""
        return [
            web.get("/api/clock", self.clock),
            web.post("/api/clock", self.advance),
            web.get("/api/state", self.state),
            web.get("/api/chaos", self.chaos),
            web.post("/api/chaos", self.switch),
            web.get("/api/stage", self.bill),
            web.post("/api/stage", self.change),
        ]

    async def clock(self, request: web.Request) -> web.Response:
        try:
            language = Language(request.query.get("lang", Language.EN))
        except ValueError:
            raise web.HTTPBadRequest(text="lang: az, kk, ru or en") from None
        clock = self.scene.clock(language)
        happening = clock.next and asdict(clock.next) | {"at": clock.next.at.isoformat()}
        return _json({"now": clock.now.isoformat(), "zones": list(clock.zones), "next": happening})

    async def advance(self, request: web.Request) -> web.Response:
        clock = self.scene.clock(Language.EN)
        to = _target(await read_json(request), now=clock.now, following=clock.next.at if clock.next else None)
        if to < clock.now:
            raise RefusedError("the clock goes forward only")
        await self.scene.advance(to)
        return _json(_DONE)

    async def state(self, _: web.Request) -> web.Response:
        return _json(dict(self.scene.state()))

    async def chaos(self, _: web.Request) -> web.Response:
        return _json(dict(self.scene.chaos()))

    async def switch(self, request: web.Request) -> web.Response:
        said = await read_json(request)
        await self.scene.set_chaos(said.text("name"), on=said.flag("on"))
        return _json(_DONE)

    async def bill(self, _: web.Request) -> web.Response:
        return _json(self.place.billed())

    async def change(self, request: web.Request) -> web.Response:
        said = await read_json(request)
        stage, seed = said.text("stage"), said.number("seed")
        if self.place.change is None or stage not in self.place.stages or seed is None:
            raise web.HTTPBadRequest(text=f"stage: one of {', '.join(self.place.stages)}; seed: a number")
        await self.place.change(stage, seed)
        return _json(_DONE)


def _robot(name: str) -> Robot:
    try:
        return Robot(name)
    except ValueError:
        raise web.HTTPBadRequest(text="robot: away or bounce") from None


def _target(wish: Fields, *, now: datetime, following: datetime | None) -> datetime:
    """Where the clock shall stand: `hours` from now, at local `to` in `zone`, or at the next happening."""
    if (hours := wish.number("hours")) is not None:
        return now + timedelta(hours=hours)
    if "to" in wish.values:
        return _local(wish.text("to"), zone=wish.text("zone"))
    if following is None:
        raise RefusedError("nothing is going to happen")
    return following


def _local(text: str, *, zone: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    except (ValueError, ZoneInfoNotFoundError):
        raise web.HTTPBadRequest(text="to: a local date and time; zone: an IANA name") from None
