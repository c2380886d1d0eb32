"""A coordinator drafts the letters of the agreement; nothing is recorded by it."""

from io import BytesIO

import docx
import pytest

from handlers.text.agreement.drafts import DRAFTS
from handlers.text.agreement_letters import MARK, TITLES
from handlers.text.voice import LANGUAGE_NAMES, Voice
from models.rules.papers import LetterKind
from models.rules.vocabulary import Language
from models.tables import AgreementEvent
from tests.journeys.stage import Story
from tests.papers.props import text_of


@pytest.mark.parametrize("language", Language)
async def test_a_draft_comes_to_be_edited_and_to_be_printed(chats: Story, language: Language) -> None:
    coordinator = await chats.enters("coordinator", Language.AZ)
    await coordinator.types("/agreement")
    await coordinator.presses(DRAFTS)
    await coordinator.presses(coordinator.voice.named(TITLES[LetterKind.NOTICE]))
    await coordinator.presses(LANGUAGE_NAMES[language])

    word, pdf = coordinator.files
    voice = Voice(language)
    assert [word.name, pdf.name] == [f"notice-ANL-NLRK-{language}.{form}" for form in ("docx", "pdf")]
    assert docx.Document(BytesIO(word.data)).sections[0].header.paragraphs[0].text == voice.say(MARK)
    assert voice.named(TITLES[LetterKind.NOTICE]) in text_of(pdf.data)
    assert await AgreementEvent.all().count() == 0


async def test_a_librarian_drafts_no_letter(chats: Story) -> None:
    await chats.baku.types("/agreement")

    assert chats.baku.voice.label(DRAFTS) not in chats.baku.buttons


async def test_only_the_letters_of_now_are_offered(chats: Story) -> None:
    coordinator = await chats.enters("coordinator", Language.EN)
    await coordinator.types("/agreement")
    await coordinator.presses(DRAFTS)

    assert coordinator.buttons[:2] == ["Notice of termination", "Amendment of the agreement"]
