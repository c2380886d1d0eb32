"""Files up and down, and their limits."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto
from aiohttp import ClientResponseError

from bot.sandbox.botapi import BotApi, Person, Upload, limits

PDF = b"%PDF-1.7 " + bytes(range(256)) * 40
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x02\x00\x00\x00"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080002000301011100ffd9")


def upload(data: bytes, name: str = "scan.pdf") -> BufferedInputFile:
    return BufferedInputFile(data, name)


async def test_a_document_goes_up_and_can_be_opened_by_the_person(
    leyla: Person, api: BotApi, bot: Bot
) -> None:
    sent = await bot.send_document(
        leyla.id, upload(PDF, "Skan №1.pdf"), caption="<b>12–40</b>", parse_mode="HTML"
    )

    shown = leyla.messages[-1]
    assert shown.document is not None
    assert (shown.document.name, shown.document.mime_type, shown.document.size) == (
        "Skan №1.pdf",
        "application/pdf",
        len(PDF),
    )
    assert (shown.text, shown.photo, sent.html_text) == ("12–40", None, "<b>12–40</b>")
    assert sent.document is not None
    assert api.file(sent.document.file_id) == PDF
    assert api.calls[-1].params["document"] == Upload("Skan №1.pdf", None, PDF)


async def test_what_a_person_attaches_can_be_downloaded(leyla: Person, bot: Bot) -> None:
    asked = leyla.sends("?")
    leyla.attaches(PDF, file_name="citation.pdf", mime_type="application/pdf", caption="see", reply_to=asked)

    message = (await bot.get_updates())[-1].message
    assert (message.caption, message.document.file_name, message.document.file_size) == (
        "see",
        "citation.pdf",
        len(PDF),
    )
    assert message.reply_to_message.message_id == asked
    content = await bot.download(message.document)
    assert content is not None
    assert content.read() == PDF


@pytest.mark.parametrize("picture", [PNG, JPEG], ids=["png", "jpeg"])
async def test_a_photo_has_sides(leyla: Person, bot: Bot, picture: bytes) -> None:
    leyla.photo(picture, caption="barcode")
    message = (await bot.get_updates())[-1].message
    assert [(size.width, size.height, size.file_size) for size in message.photo] == [(3, 2, len(picture))]
    assert leyla.messages[-1].photo is not None

    again = await bot.send_photo(leyla.id, message.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == message.photo[-1].file_unique_id


async def test_a_file_is_sent_again_by_its_identifier_as_what_it_was(leyla: Person, bot: Bot) -> None:
    first = await bot.send_document(leyla.id, upload(PDF))
    again = await bot.send_document(leyla.id, first.document.file_id)
    assert again.document == first.document
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(leyla.id, first.document.file_id)
    with pytest.raises(TelegramBadRequest, match="wrong file identifier/HTTP URL specified"):
        await bot.send_document(leyla.id, "BQACunknown")


async def test_an_album_is_several_messages_of_one_group(leyla: Person, bot: Bot) -> None:
    pages = [InputMediaPhoto(media=upload(PNG, f"{n}.png"), caption=f"page {n}") for n in (1, 2)]
    sent = await bot.send_media_group(leyla.id, pages)
    assert [message.caption for message in sent] == ["page 1", "page 2"]
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.id for message in leyla.messages[-2:]] == [message.message_id for message in sent]


async def test_a_persons_album_is_several_updates_of_one_group(leyla: Person, bot: Bot) -> None:
    leyla.album([PNG, JPEG], caption="pages 12-13")
    first, second = [update.message for update in await bot.get_updates() if update.message.photo]
    assert (first.caption, second.caption) == ("pages 12-13", None)
    assert first.media_group_id == second.media_group_id
    assert first.media_group_id is not None


@pytest.mark.parametrize(
    ("count", "description"),
    [(1, "an album holds 2 to 10 items"), (11, "too many messages to send as an album")],
)
async def test_an_album_holds_two_to_ten(leyla: Person, bot: Bot, count: int, description: str) -> None:
    with pytest.raises(TelegramBadRequest, match=description):
        await bot.send_media_group(leyla.id, [InputMediaDocument(media=upload(PDF))] * count)


async def test_an_album_with_a_wrong_item_sends_nothing(leyla: Person, bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_media_group(
            leyla.id, [InputMediaPhoto(media=upload(PNG)), InputMediaPhoto(media=upload(PDF))]
        )
    assert len(leyla.messages) == 1


async def test_a_caption_is_shorter_than_a_text(leyla: Person, bot: Bot) -> None:
    sent = await bot.send_document(leyla.id, upload(PDF), caption="x" * 1024)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_document(leyla.id, upload(PDF), caption="x" * 1025)
    edited = await bot.edit_message_caption(chat_id=leyla.id, message_id=sent.message_id, caption="y")
    assert (edited.caption, edited.document) == ("y", sent.document)
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("z", chat_id=leyla.id, message_id=sent.message_id)


async def test_a_file_of_twenty_mebibytes_comes_down_and_one_byte_more_does_not(
    leyla: Person, bot: Bot
) -> None:
    leyla.attaches(bytes(limits.DOWNLOAD), file_name="fits.tif")
    leyla.attaches(bytes(limits.DOWNLOAD + 1), file_name="too-big.tif")
    fits, too_big = [update.message.document for update in await bot.get_updates() if update.message.document]
    content = await bot.download(fits)
    assert content is not None
    assert len(content.getbuffer()) == limits.DOWNLOAD
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.download(too_big)


async def test_a_file_over_fifty_mebibytes_does_not_go_up(leyla: Person, bot: Bot) -> None:
    assert (
        await bot.send_document(leyla.id, upload(bytes(limits.UPLOAD)))
    ).document.file_size == limits.UPLOAD
    with pytest.raises(TelegramEntityTooLarge, match="Request Entity Too Large"):
        await bot.send_document(leyla.id, upload(bytes(limits.UPLOAD + 1)))
    with pytest.raises(TelegramEntityTooLarge, match="Request Entity Too Large"):
        await bot.send_document(leyla.id, upload(bytes(limits.UPLOAD + 2 * limits.MEBIBYTE)))


async def test_a_photo_over_ten_mebibytes_is_refused(leyla: Person, bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="too big for a photo; the maximum size is 10485760 bytes"):
        await bot.send_photo(leyla.id, upload(PNG + bytes(limits.PHOTO)))


async def test_an_empty_or_missing_file_is_refused(leyla: Person, bot: Bot, call) -> None:
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(leyla.id, upload(b""))
    _, answer = await call("sendDocument", json={"chat_id": leyla.id})
    assert answer["description"] == "Bad Request: there is no document in the request"


async def test_an_unknown_path_or_token_is_not_downloaded(server, bot: Bot) -> None:
    with pytest.raises(ClientResponseError) as missing:
        await bot.download_file("documents/file_9.pdf")
    assert missing.value.status == 404
    with pytest.raises(TelegramBadRequest, match="invalid file_id"):
        await bot.get_file("BQACunknown")
