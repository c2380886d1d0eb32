"""Scans from hand to hand: albums, mails full of pictures, links, files too large or without a request."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import aiohttp
from pypdf import PdfReader

from bot.sandbox.botapi import Message, Person
from bot.sandbox.mail_client import Client, reply
from bot.sandbox.stages import BOXES, Cast, set_up
from bot.sandbox.world import MAIL_ADDRESS, World
from bot.tidying import Tidying
from handlers.mail.compose import Attachment, Letter, compose
from handlers.mail.headers import Mailbox
from models.operations.files import path_of
from models.rules.vocabulary import Language, Stage
from models.tables import Attachment as Kept
from models.tables import Event, Request
from tests.files import pictures
from tests.files.desk import PDF

ARTICLE = "Иванов И. И. Название статьи // Вопросы истории. — 1998. — № 5. — С. 12–40."
NUMBER = "ANL-2026-0001"
BAKU_BOX, ALMATY_BOX = BOXES
TOO_MUCH = 11_000_000


@dataclass(frozen=True, slots=True)
class Play:
    """Baku has asked Almaty for an article."""

    world: World
    cast: Cast

    @property
    def baku(self) -> Person:
        return self.cast.baku

    @property
    def almaty(self) -> Person:
        return self.cast.almaty

    def mail(self, box: str) -> EmailMessage:
        """The newest letter in a mailbox."""
        return self.world.mail.box(box)[-1].message

    def words(self, box: str) -> str:
        """What the newest letter says."""
        body = self.mail(box).get_body(("plain",))
        return str(body.get_content()) if body else ""

    async def answers(self, box: str, body: str, *files: Attachment) -> None:
        """Somebody replies to the newest letter in their mailbox."""
        raw = reply(
            self.world.mail.box(box)[-1].raw,
            body=body,
            client=Client.GMAIL,
            language=Language.RU,
            from_name="",
            from_address=box,
            now=self.world.clock(),
            attachments=files,
        )
        await self.world.deliver(raw)
        await self.world.settle()

    async def writes(self, box: str, body: str, *files: Attachment) -> None:
        """Somebody begins a new letter."""
        letter = Letter(
            sender=Mailbox("", box),
            to=Mailbox("", MAIL_ADDRESS),
            subject="scans",
            text=body,
            message_id="<new@nlrk.example>",
            date=self.world.clock(),
            language="ru",
            attachments=files,
            ours=False,
        )
        await self.world.deliver(compose(letter))
        await self.world.settle()

    async def stage(self) -> Stage:
        """Where the request stands."""
        return (await Request.get(number=NUMBER)).stage


@asynccontextmanager
async def play(directory: Path, *, public: bool = False) -> AsyncIterator[Play]:
    """The desk up to the request."""
    async with World(directory, public=public) as world:
        cast = await set_up(world)
        cast.baku.sends(ARTICLE)
        await world.settle()
        cast.baku.presses("Sorğunu göndər")
        await world.settle()
        yield Play(world, cast)


def newest(person: Person) -> Message:
    return next(message for message in reversed(person.messages) if message.from_bot)


def documents(person: Person) -> list[tuple[str | None, bytes]]:
    received = [message.file for message in person.messages if message.from_bot and message.file]
    return [(file.name, file.data) for file in received]


def attached(letter: EmailMessage) -> list[tuple[str | None, bytes]]:
    return [(part.get_filename(), part.get_content()) for part in letter.iter_attachments()]


def shades(pdf: bytes) -> list[int]:
    """What is on the pages, in their order."""
    images = [page.images[0].image for page in PdfReader(io.BytesIO(pdf)).pages]
    return [image.convert("L").getpixel((5, 5)) for image in images if image]


def picture(name: str, shade: int) -> Attachment:
    return Attachment(name, "image/jpeg", pictures.jpeg(shade=shade))


SHADES = [40, 90, 140, 190]
ALBUM = [pictures.jpeg(shade=shade) for shade in SHADES]


async def test_album_for_the_open_question_is_one_pdf(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        desk.almaty.presses("Файлды жіберу")
        await desk.world.settle()
        desk.almaty.album(ALBUM, caption="С. 12–40")
        await desk.world.settle()

        [(name, pdf)] = documents(desk.baku)
        assert (name, shades(pdf)) == (f"{NUMBER}.pdf", SHADES)
        assert await desk.stage() is Stage.DELIVERED
        assert await Kept.all().count() == 1
        assert any("С. 12–40" in message.text for message in desk.baku.messages)


async def test_album_survives_a_restart_in_its_midst(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        desk.almaty.presses("Файлды жіберу")
        await desk.world.settle()
        desk.almaty.album(ALBUM[:2])
        await desk.world.restart()
        await desk.world.settle()

        assert [shades(pdf) for _, pdf in documents(desk.baku)] == [SHADES[:2]]


async def test_album_without_a_request_is_asked_about_as_one(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        desk.almaty.album(ALBUM[:3])
        await desk.world.settle()
        asked = newest(desk.almaty).text
        desk.almaty.presses(f"{NUMBER} Вопросы истории")
        await desk.world.settle()

        assert asked.startswith("Бұл қай сұранысқа арналған?")
        assert [shades(pdf) for _, pdf in documents(desk.baku)] == [SHADES[:3]]


async def test_loose_files_wait_for_a_typed_number(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        for name in ("a.pdf", "b.pdf"):
            desk.almaty.attaches(PDF + name.encode(), file_name=name)
            await desk.world.settle()
        await desk.world.restart()
        desk.almaty.sends(NUMBER.lower())
        await desk.world.settle()

        assert [name for name, _ in documents(desk.baku)] == ["a.pdf", "b.pdf"]
        assert await desk.stage() is Stage.DELIVERED


async def test_loose_files_can_be_discarded_and_not_sent_after(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        desk.almaty.attaches(PDF, file_name="a.pdf")
        await desk.world.settle()
        asked = newest(desk.almaty).id
        choose = f"{NUMBER} Вопросы истории"
        button = next(one for row in newest(desk.almaty).keyboard for one in row if one.text == choose)
        desk.almaty.presses("Файлдарды жою")
        await desk.world.settle()
        said = newest(desk.almaty)
        assert button.callback_data is not None

        assert (said.id, said.text) == (asked, "Файлдар жойылды. Ештеңе жіберілген жоқ.")
        assert (await Kept.all().count(), await desk.stage()) == (0, Stage.SENT)


async def test_pictures_of_one_mail_are_one_pdf(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        scan = [picture(f"стр {n}.jpg", shade) for n, shade in enumerate(SHADES)]
        await desk.answers(ALMATY_BOX, "Скан", *scan)

        [(name, pdf)] = documents(desk.baku)
        assert (name, shades(pdf)) == (f"{NUMBER}.pdf", SHADES)
        assert (await desk.stage(), await Kept.all().count()) == (Stage.DELIVERED, 1)


async def test_other_files_of_one_mail_stay_what_they_are(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        await desk.answers(ALMATY_BOX, "", picture("a.jpg", 40), Attachment("b.pdf", "application/pdf", PDF))

        assert [name for name, _ in documents(desk.baku)] == ["a.jpg", "b.pdf"]


async def test_damaged_pictures_are_passed_on_as_they_are(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        damaged = Attachment("b.jpg", "image/jpeg", b"\xff\xd8\xffrubbish" + bytes(20_000))
        await desk.answers(ALMATY_BOX, "", picture("a.jpg", 40), damaged)

        assert [name for name, _ in documents(desk.baku)] == ["a.jpg", "b.jpg"]


async def test_mail_of_files_alone_asks_for_the_number(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        await desk.writes(
            ALMATY_BOX, "Вот скан, который Вы просили", Attachment("a.pdf", "application/pdf", PDF)
        )
        asked = desk.words(ALMATY_BOX)
        before = await desk.stage()
        await desk.answers(ALMATY_BOX, NUMBER)

        assert "Бұл қай сұранысқа арналған?" in asked
        assert NUMBER in asked
        assert (before, await desk.stage()) == (Stage.SENT, Stage.DELIVERED)
        assert documents(desk.baku) == [("a.pdf", PDF)]
        assert any("Вот скан" in message.text for message in desk.baku.messages)


async def test_mail_of_files_alone_can_be_discarded(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        await desk.writes(ALMATY_BOX, "", Attachment("a.pdf", "application/pdf", PDF))
        await desk.answers(ALMATY_BOX, "удалить")

        assert "Файлдар жойылды." in desk.words(ALMATY_BOX)
        assert await Kept.all().count() == 0


async def test_link_in_a_reply_is_the_delivery(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        card = newest(desk.almaty).id
        desk.almaty.sends("https://disk.example.org/d/abc", reply_to=card)
        await desk.world.settle()

        assert newest(desk.almaty).text == "Сілтеме көшірмені жеткізу ретінде тіркелді."
        assert await desk.stage() is Stage.DELIVERED
        assert "https://disk.example.org/d/abc" in newest(desk.baku).text


async def test_link_in_a_mail_is_the_delivery(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        await desk.answers(ALMATY_BOX, "https://disk.example.org/d/abc")

        assert "Сілтеме көшірмені жеткізу ретінде тіркелді." in desk.words(ALMATY_BOX)
        assert await desk.stage() is Stage.DELIVERED
        assert "https://disk.example.org/d/abc" in newest(desk.baku).text


async def test_link_among_words_stays_a_comment(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        await desk.answers(ALMATY_BOX, "Не эта ли статья: https://disk.example.org/d/abc ?")

        assert await desk.stage() is Stage.SENT


async def test_what_a_mailbox_does_not_take_is_told_to_both(tmp_path: Path) -> None:
    async with play(tmp_path) as desk:
        desk.baku.blocks()
        await desk.world.settle()
        desk.almaty.attaches(PDF + bytes(TOO_MUCH), file_name="large.pdf", reply_to=newest(desk.almaty).id)
        await desk.world.settle()

        assert attached(desk.mail(BAKU_BOX)) == []
        assert "Fayl məktub üçün çox böyükdür." in desk.words(BAKU_BOX)
        assert "Göndərən kitabxanaya bu barədə məlumat verilib" in desk.words(BAKU_BOX)
        assert any(
            message.text.startswith("Файлды серіктес кітапханаға жіберу мүмкін болмады: тым үлкен.")
            for message in desk.almaty.messages
        )


def link_in(text: str) -> str:
    return next(word for word in text.split() if "/files/f" in word)


async def test_a_public_desk_sends_a_link_instead_and_lets_it_go_in_time(tmp_path: Path) -> None:
    async with play(tmp_path, public=True) as desk:
        desk.baku.blocks()
        await desk.world.settle()
        large = PDF + bytes(TOO_MUCH)
        desk.almaty.attaches(large, file_name="large.pdf", reply_to=newest(desk.almaty).id)
        await desk.world.settle()
        link = link_in(desk.words(BAKU_BOX))
        await desk.world.advance(desk.world.clock() + timedelta(days=27, minutes=5))
        warning = desk.words(BAKU_BOX)
        async with aiohttp.ClientSession() as browser, browser.get(link) as answer:
            fetched = await answer.read()
        await desk.world.advance(desk.world.clock() + timedelta(days=3))
        await Tidying(desk.world.settings.files).sweep()
        async with aiohttp.ClientSession() as browser, browser.get(link) as answer:
            gone = answer.status
        kept = await Kept.get().prefetch_related("file")

        assert "Bunu hələ heç kim endirməyib." in warning
        assert "Çata və ya poçt qutusuna göndərilənlər orada qalır." in warning
        assert (fetched == large, gone) == (True, 404)
        assert not path_of(desk.world.settings.files, kept.file.sha256).exists()


async def test_a_public_desk_offers_its_upload_page_in_both_doors(tmp_path: Path) -> None:
    async with play(tmp_path, public=True) as desk:
        offered = desk.words(ALMATY_BOX)
        desk.almaty.presses("Файлды жіберу")
        await desk.world.settle()
        link = desk.almaty.presses("Үлкен файл жүктеу")
        async with aiohttp.ClientSession() as browser:
            async with browser.get(link) as answer:
                page = await answer.text()
            body = {"name": "скан.pdf", "size": len(PDF)}
            async with browser.post(f"{link}/files", json=body) as answer:
                upload = (await answer.json())["id"]
            await browser.patch(f"{link}/files/{upload}", data=PDF, headers={"Upload-Offset": "0"})
            await browser.post(f"{link}/files/{upload}/done")
        await desk.world.settle()

        assert "/upload/u" in offered
        assert f"Сканерленген көшірмені жіберу. Сұраныс: {NUMBER}" in page
        assert documents(desk.baku) == [("скан.pdf", PDF)]
        assert await Event.filter(via="web").count() == 1
