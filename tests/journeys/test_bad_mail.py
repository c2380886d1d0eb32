"""Mail that is not what it seems, or is too much: kept, answered or set aside, and never obeyed."""

from email import message_from_bytes, policy

import pytest

from bot.sandbox.mail_robots import bounce, out_of_office
from bot.sandbox.world import MAIL_ADDRESS
from handlers.mail.compose import Letter, compose
from handlers.mail.headers import Mailbox as Address
from handlers.text import labels
from handlers.text.notices import VERDICTS
from handlers.text.refusals import refusal_text
from models.rules.errors import EmptyReply, FileWrongKind
from models.rules.vocabulary import Act, Language, Stage
from tests.journeys.props import ARTICLE, BOOK
from tests.journeys.stage import Story

NUMBER = "ANL-2026-0001"
STRANGER = "somebody@elsewhere.example"


async def asked(story: Story, citation: str = BOOK) -> None:
    """Baku asks Almaty for something."""
    await story.baku.pastes(citation)
    await story.baku.presses(labels.SEND)


def letter(
    story: Story, text: str, *, sender: str = STRANGER, to: str = MAIL_ADDRESS, subject: str = ""
) -> bytes:
    """A mail that answers nothing."""
    return compose(
        Letter(
            ours=False,
            sender=Address("", sender),
            to=Address("", to),
            subject=subject,
            text=text,
            html=None,
            message_id=f"<{story.next_number()}@elsewhere.example>",
            date=story.world.clock(),
            language=Language.EN,
        )
    )


def kept_aside(story: Story, verdict: str) -> bool:
    """Whether the coordinator's newest message is a mail kept aside for this reason."""
    return story.coordinator.voice.label(VERDICTS[verdict]) in story.coordinator.reads


async def test_mail_of_a_stranger_is_kept_aside_and_not_answered(desk: Story) -> None:
    await asked(desk)
    await desk.nlrk.posts(letter(desk, "YES", subject=f"Re: [{NUMBER}] Путь Абая"))

    assert kept_aside(desk, "stranger")
    assert STRANGER in desk.coordinator.reads
    assert NUMBER in desk.coordinator.reads
    assert desk.world.mail.box(STRANGER) == []
    assert await desk.acts(NUMBER) == [Act.SUBMIT]


async def test_mail_that_names_nothing_goes_to_the_home_librarys_coordinator(desk: Story) -> None:
    await desk.nlrk.posts(letter(desk, "Cheap watches", subject="Hello"))
    assert kept_aside(desk, "stranger")
    assert "Cheap watches" in desk.coordinator.reads
    await desk.coordinator.presses(labels.BLOCK)
    assert desk.coordinator.screen.keyboard == []
    assert desk.world.mail.box(STRANGER) == []


async def test_colleague_at_the_librarys_own_domain_speaks_and_is_named(desk: Story) -> None:
    await asked(desk)
    await desk.nlrk.replies("иә", sender="dana@nlrk.example")
    assert "dana@nlrk.example" in desk.baku.reads
    assert await desk.acts(NUMBER) == [Act.SUBMIT, Act.YES]


async def test_coordinator_adds_a_kept_mail_as_a_comment_once(desk: Story) -> None:
    await asked(desk)
    await desk.nlrk.posts(letter(desk, "The book is with us.", subject=f"[{NUMBER}]"))

    await desk.coordinator.presses(desk.coordinator.voice.say("Add as a comment"))

    assert "The book is with us." in desk.almaty.reads
    assert desk.coordinator.screen.keyboard == []
    assert await desk.acts(NUMBER) == [Act.SUBMIT, Act.COMMENT]


async def test_stranger_who_has_the_reply_address_does_not_speak(desk: Story) -> None:
    await asked(desk)
    await desk.nlrk.posts(desk.nlrk.composes("YES", sender=STRANGER))

    assert kept_aside(desk, "other_sender")
    assert desk.world.mail.box(STRANGER) == []
    assert await desk.acts(NUMBER) == [Act.SUBMIT]
    assert len(await desk.acts(NUMBER)) == 1


def damaged(raw: bytes, *, at: int) -> bytes:
    """The same mail with one letter of the reply address's signature changed."""
    to = str(message_from_bytes(raw, policy=policy.default)["To"].addresses[0].addr_spec)
    local, _, host = to.partition("@")
    swapped = "b" if local[at] != "b" else "c"
    broken = f"{local[:at]}{swapped}{local[at:][1:]}@{host}"
    # Without what it answers: a signed Message-ID would vouch for it as well.
    head, gap, body = raw.replace(to.encode(), broken.encode()).partition(b"\r\n\r\n")
    lines = head.replace(b"\r\n ", b" ").split(b"\r\n")
    kept = [one for one in lines if not one.lower().startswith((b"in-reply-to:", b"references:"))]
    return b"\r\n".join(kept) + gap + body


@pytest.mark.parametrize("at", [-1, -16])
async def test_damaged_reply_address_is_kept_aside(desk: Story, at: int) -> None:
    await asked(desk)
    letters = len(desk.nlrk.letters)
    await desk.nlrk.posts(damaged(desk.nlrk.composes("иә"), at=at))

    assert kept_aside(desk, "forged")
    assert NUMBER in desk.coordinator.reads
    assert len(desk.nlrk.letters) == letters
    assert await desk.acts(NUMBER) == [Act.SUBMIT]


async def test_failed_authentication_is_kept_aside(desk: Story) -> None:
    await asked(desk)
    failed = b"Authentication-Results: mx.abonement.example; dmarc=fail header.from=nlrk.example\r\n"
    await desk.nlrk.posts(failed + desk.nlrk.composes("иә"), authenticated=False)

    assert kept_aside(desk, "authentication")
    assert await desk.acts(NUMBER) == [Act.SUBMIT]


async def test_authentication_results_of_others_do_not_count(desk: Story) -> None:
    await asked(desk)
    vouched = b"Authentication-Results: mx.elsewhere.example; dmarc=pass header.from=nlrk.example\r\n"
    await desk.nlrk.posts(
        vouched + letter(desk, "YES", sender=desk.nlrk.address, subject=f"[{NUMBER}]"), authenticated=False
    )
    assert await desk.acts(NUMBER) == [Act.SUBMIT, Act.COMMENT]


async def test_empty_reply_is_answered_and_changes_nothing(desk: Story) -> None:
    await asked(desk)
    await desk.nlrk.replies("")

    assert refusal_text(desk.nlrk.voice, EmptyReply()) in desk.nlrk.newest.text
    assert await desk.acts(NUMBER) == [Act.SUBMIT]


async def test_file_of_a_wrong_kind_is_refused_and_the_words_are_kept(desk: Story) -> None:
    await asked(desk, ARTICLE)
    await desk.nlrk.replies("Сканер файлы", files={"virus.pdf": b"MZ\x90\x00 a program"})

    assert refusal_text(desk.nlrk.voice, FileWrongKind(name="virus.pdf")) in desk.nlrk.newest.text
    assert "Сканер файлы" in desk.baku.reads
    assert await desk.acts(NUMBER) == [Act.SUBMIT, Act.COMMENT]


async def test_mail_larger_than_25_mib_is_refused_at_the_door(desk: Story) -> None:
    await asked(desk, ARTICLE)
    line = b" " * 76 + b"\r\n"
    await desk.nlrk.posts(desk.nlrk.composes("иә") + line * (26 * 2**20 // len(line)))

    assert desk.nlrk.answer is not None
    assert desk.nlrk.answer.code == 552
    assert await desk.acts(NUMBER) == [Act.SUBMIT]


async def test_robots_move_nothing_and_get_no_answer(desk: Story) -> None:
    await asked(desk)
    letters = len(desk.nlrk.letters)
    away = out_of_office(
        desk.nlrk.newest.raw, address=desk.nlrk.address, language=Language.KK, now=desk.world.clock()
    )
    await desk.nlrk.posts(away)

    assert len(desk.nlrk.letters) == letters
    assert await desk.acts(NUMBER) == [Act.SUBMIT]


async def test_bounce_marks_the_address_and_tells_the_colleagues(desk: Story) -> None:
    await asked(desk)
    sent = desk.world.mail.box(desk.nlrk.address)[-1]
    report = bounce(sent.raw, recipient=desk.nlrk.address, to=sent.sender, now=desk.world.clock())
    await desk.nlrk.posts(report)

    assert desk.nlrk.address in desk.almaty.reads
    assert await desk.acts(NUMBER) == [Act.SUBMIT]
    letters = len(desk.nlrk.letters)
    await desk.baku.pastes(ARTICLE)
    await desk.baku.presses(labels.SEND)
    assert len(desk.nlrk.letters) == letters


async def test_act_that_is_not_possible_is_kept_as_a_comment_with_the_reason(desk: Story) -> None:
    await asked(desk)
    await desk.nlrk.says("checked_in")

    assert desk.nlrk.voice.label(labels.STAGES[Stage.SENT]) in desk.nlrk.newest.text
    assert await desk.acts(NUMBER) == [Act.SUBMIT, Act.COMMENT]


async def test_title_of_5000_characters_with_markup_and_emoji_arrives_whole(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    title = "<b>Путь & Абая</b> 📚 " + "очень длинное название " * 220
    await anl.writes(f"Ауэзов М. О. {title}. — Алма-Ата : Жазушы, 1977. — 480 с.")
    await anl.says("file")
    assert "<b>Путь & Абая</b> 📚" in nlrk.newest.text
    assert nlrk.newest.text.count("очень длинное название") >= 200


async def test_greeting_is_not_filed_as_a_request(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    letters = len(nlrk.letters)

    await anl.writes("Salam! Bayram günlərində necə işləyirsiniz?")
    assert anl.newest.text.count("Salam!") == 1
    assert len(nlrk.letters) == letters
    await anl.says("discard")
    assert len(nlrk.letters) == letters


async def test_hostile_headers_harm_nothing(desk: Story) -> None:
    await asked(desk)
    raw = desk.nlrk.composes("иә")
    long_id = raw.replace(b"Message-ID: <", b"Message-ID: <" + b"x" * 2000, 1)
    named = long_id.replace(b"From: ill@nlrk.example", b"From: " + b"N" * 900 + b" <ill@nlrk.example>", 1)
    await desk.nlrk.posts(named)

    assert await desk.acts(NUMBER) == [Act.SUBMIT, Act.YES]
