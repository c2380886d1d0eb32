"""What is shown around papers and calendars, in every language, at its longest."""

from dataclasses import replace

import pytest

from handlers.text.calendar_feed import calendar_screen
from handlers.text.cards import AWAITED, card
from handlers.text.choices import PERMITTED, choices
from handlers.text.papers import PAPERS, paper_screen, papers_of, papers_screen
from handlers.text.rich import as_text, units
from handlers.text.screens import Verb
from handlers.text.voice import Voice
from models.rules.lifecycle import Details
from models.rules.papers import Paper
from models.rules.vocabulary import Act, Service, Side, Stage
from tests.text import views
from tests.text.test_limits import VOICES, check

LONGEST_CAPTION = 1000
"""UTF-16 units that the transport keeps of the words beside a document."""
LINK = "https://" + "a" * 60 + ".example/calendar/c1.2.253370764800." + "B" * 22 + "/abonement.ics"


@VOICES
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.DRAFT])
def test_the_choice_of_papers_fits_and_offers_those_of_now(voice: Voice, stage: Stage) -> None:
    for side in Side:
        for service in Service:
            view = views.card(side, stage, service=service)
            screen = papers_screen(voice, view)

            check(screen)
            taps = [button.tap for row in screen.rows for button in row]
            assert [tap.word for tap in taps if tap and tap.verb is Verb.PRINT] == list(papers_of(view))


@VOICES
def test_the_words_beside_documents_fit(voice: Voice) -> None:
    papers = paper_screen(voice, views.card(Side.SUPPLYING, Stage.RECEIVED), list(Paper))
    for screen in (papers, calendar_screen(voice, LINK), calendar_screen(voice, None)):
        check(screen)
        assert units(as_text(screen.lines)) <= LONGEST_CAPTION


@VOICES
def test_no_two_papers_have_the_same_name(voice: Voice) -> None:
    names = [voice.label(one) for one in PAPERS.values()]

    assert len(names) == len(set(names))


@VOICES
def test_a_permission_that_is_awaited_is_on_the_card_and_asked_for_before_dispatch(voice: Voice) -> None:
    view = replace(views.card(Side.SUPPLYING, Stage.RECEIVED), needs_permission=True)
    ship = voice.label(PERMITTED)

    assert voice.label(AWAITED) in as_text(card(voice, view).lines)
    [tap] = [
        button.tap
        for row in card(voice, view).rows
        for button in row
        if button.tap and button.tap.word == Act.SHIP
    ]
    assert tap.verb is Verb.CHOOSE
    asked = choices(voice, view, Act.SHIP, chosen=Details(), today=views.TODAY, month="")
    check(asked)
    assert asked.rows[0][0].text == ship
