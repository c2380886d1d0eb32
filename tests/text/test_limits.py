"""Every screen, in every language, at its longest, within what Telegram takes."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from handlers.text import enclosures, found, labels, letters, lists, notices, says, stray, tools
from handlers.text.card_buttons import FOLLOWING, ON_CARD
from handlers.text.cards import card
from handlers.text.choices import PROMPTS, QUESTIONS, WITH_A_DAY, choices, question
from handlers.text.forms import asked_already, draft_letter, form_screen, partners_screen, which_service
from handlers.text.refusals import LONGEST_TOAST, refusal_text, toast
from handlers.text.replies import choice_lines
from handlers.text.rich import as_html, as_text, units
from handlers.text.screens import Screen, Tap, Verb, read_tap
from handlers.text.voice import Voice
from models.queries.search import Found, FoundView
from models.rules import errors
from models.rules.errors import Refusal
from models.rules.lifecycle import Detail, Details
from models.rules.vocabulary import Act, Filter, Flag, Group, Language, Reason, Say, Service, Side, Stage
from tests.rules.refusals import SAMPLES
from tests.text import views

LONGEST_TEXT = 4096
"""UTF-16 units (Bot API: sendMessage)."""
LONGEST_CALLBACK = 64
"""Bytes (Bot API: InlineKeyboardButton.callback_data)."""
MOST_BUTTONS = 100
LONGEST_BUTTON = 48
"""Characters: a row of its own on a narrow phone, a library's name included."""
LONGEST_COPY = 256
"""Characters (Bot API: CopyTextButton)."""
LONGEST_PLACEHOLDER = 64
"""Characters (Bot API: ForceReply.input_field_placeholder)."""

VOICES = pytest.mark.parametrize("voice", [Voice(one) for one in Language], ids=list(Language))


def check(screen: Screen) -> None:
    """Fail on whatever Telegram would refuse or cut."""
    assert 0 < units(as_text(screen.lines)) <= LONGEST_TEXT
    buttons = [button for row in screen.rows for button in row]
    assert len(buttons) <= MOST_BUTTONS
    for button in buttons:
        assert 0 < len(button.text) <= LONGEST_BUTTON, button
        if button.copy is not None:
            assert 0 < len(button.copy) <= LONGEST_COPY, button
            continue
        if button.url:
            continue
        assert button.tap is not None
        assert len(button.tap.pack().encode()) <= LONGEST_CALLBACK, button
        assert read_tap(button.tap.pack()) == button.tap
    assert len(screen.placeholder or "") <= LONGEST_PLACEHOLDER


@VOICES
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.DRAFT])
def test_cards_and_letters_fit_at_every_stage_on_both_sides(voice: Voice, stage: Stage) -> None:
    for side in Side:
        for service in Service:
            view = views.card(side, stage, *Flag, service=service)

            check(card(voice, view))
            assert as_text(tuple(choice_lines(voice, view)))


@VOICES
@pytest.mark.parametrize("act", Act)
def test_news_fit_for_every_act(voice: Voice, act: Act) -> None:
    view = views.card(Side.REQUESTING, Stage.ON_LOAN)
    for event in (views.event(act), views.event(act, own=True, side=None, for_partner=True)):
        check(notices.event_screen(voice, view, event))
        check(notices.receipt(voice, view, event))
        assert as_html(notices.event_letter(voice, view, event).lines)


@VOICES
def test_a_taken_back_act_is_named_in_the_correction(voice: Voice) -> None:
    screen = notices.event_screen(
        voice, views.card(Side.REQUESTING, Stage.SENT), views.event(Act.UNDO, undoes=Act.SHIP)
    )

    check(screen)
    assert voice.label(labels.NEWS[Act.SHIP]) in as_text(screen.lines[:1])


def chosen_for(act: Act) -> Iterator[Details]:
    """Nothing, and each reason that opens a further choice."""
    yield Details()
    if act in {Act.LATER, Act.CONDITIONS}:
        yield from (Details(reason=reason) for reason in (*WITH_A_DAY, Reason.NOT_FOUND_AS_CITED))


@VOICES
@pytest.mark.parametrize("act", PROMPTS)
def test_choices_fit_for_every_act_that_has_them(voice: Voice, act: Act) -> None:
    view = views.card(Side.SUPPLYING, Stage.RECEIVED)
    for chosen in chosen_for(act):
        for month in ("", "2028-10"):
            check(choices(voice, view, act, chosen=chosen, today=views.TODAY, month=month))


@VOICES
@pytest.mark.parametrize("asked", QUESTIONS, ids=str)
def test_questions_fit_for_every_typed_detail(voice: Voice, asked: tuple[Act, Detail] | Detail) -> None:
    view = views.card(Side.SUPPLYING, Stage.RECEIVED)
    pairs = [asked] if isinstance(asked, tuple) else [(act, asked) for act in Act]
    for act, wants in pairs:
        check(question(voice, view, act, wants))


@cache
def taps_of(side: Side) -> frozenset[Tap]:
    """The taps of a side's cards at every stage, with every flag."""
    voice = Voice(Language.EN)
    screens = [
        card(voice, views.card(side, stage, *flags, service=service))
        for stage in Stage
        for service in Service
        for flags in ((), *((flag,) for flag in Flag))
    ]
    buttons = [button for screen in screens for row in screen.rows for button in row]
    return frozenset(button.tap for button in buttons if button.tap is not None)


@pytest.mark.parametrize(("side", "act"), [(side, act) for side in Side for act in ON_CARD[side]])
def test_a_button_of_a_card_leads_somewhere(side: Side, act: Act) -> None:
    voice, taps = Voice(Language.EN), [tap for tap in taps_of(side) if tap.word == act]
    assert taps
    for tap in taps:
        view = views.card(side, Stage.RECEIVED)
        if tap.verb is Verb.CHOOSE:
            check(choices(voice, view, act, chosen=Details(), today=views.TODAY, month=""))
        elif tap.verb is Verb.ASK:
            check(question(voice, view, act, Detail(tap.extra)))
        else:
            assert tap.verb is (Verb.FOLLOW if act in FOLLOWING else Verb.ACT)


@VOICES
@pytest.mark.parametrize(("service", "step"), views.STEPS)
def test_every_question_of_the_form_fits(voice: Voice, service: Service, step: str) -> None:
    for values in (views.VALUES, {}):
        view = views.draft(step, service, values=values)
        check(form_screen(voice, view, today=views.TODAY, month="2028-10", problem="…"))


@VOICES
@pytest.mark.parametrize("service", Service)
def test_reviews_fit_with_and_without_a_partner(voice: Voice, service: Service) -> None:
    for partner in (views.BAKU, None):
        view = views.draft(None, service, partner=partner)

        check(form_screen(voice, view, today=views.TODAY))
        assert as_html(draft_letter(voice, view).lines)
    check(form_screen(voice, views.draft("edit", service), today=views.TODAY))
    check(partners_screen(voice, views.draft(None, service), [views.BAKU, views.ALMATY]))


@VOICES
@pytest.mark.parametrize("chosen", Filter)
def test_lists_fit_full_and_empty(voice: Voice, chosen: Filter) -> None:
    check(lists.list_screen(voice, views.listing(chosen), partner=views.BAKU))
    check(lists.narrowing_screen(voice, chosen, views.NARROWED, [views.BAKU, views.ALMATY]))
    check(lists.list_screen(voice, views.listing(chosen, page=0, pages=1, lines=0)))


@VOICES
@pytest.mark.parametrize("how", Found)
def test_what_was_found_fits_in_a_chat_and_in_a_mail(voice: Voice, how: Found) -> None:
    lines = (views.line(Group.WITH_READER),) * 10
    view = FoundView(words="ә" * 200, how=how, lines=lines, page=3, more=True)

    check(found.found_screen(voice, view, search=views.ID))
    assert found.found_screen(voice, view, search=None).rows == ()
    check(found.found_screen(voice, replace(view, lines=(), more=False), search=views.ID))
    check(found.search_question(voice))


@VOICES
def test_what_was_asked_before_fits_above_the_review(voice: Voice) -> None:
    asked = SAMPLES[errors.AlreadyAsked]
    assert isinstance(asked, errors.AlreadyAsked)

    check(asked_already(voice, views.draft(None), asked))
    assert asked.number in as_text(draft_letter(voice, views.draft(None), asked=asked).lines)


@VOICES
@pytest.mark.parametrize("what", says.SENTENCES)
def test_fixed_messages_fit(voice: Voice, what: Say) -> None:
    check(says.say(voice, what))


@VOICES
def test_greetings_and_other_notices_fit(voice: Voice) -> None:
    for screen in (
        which_service(voice),
        says.welcome(voice, views.PERSON, views.ALMATY),
        says.welcome(voice, views.PERSON, None),
        says.invitation(voice, views.ALMATY, views.INVITED),
        notices.unclear(voice, views.card(Side.SUPPLYING, Stage.SENT)),
        notices.mail_trouble(voice, since="31.07.2028, 23:30", waiting=21),
        notices.mail_cap(voice, left=320, cap=400),
        notices.undelivered(voice, views.PERSON, "aigul@nlrk.example"),
        notices.undelivered(voice, views.PERSON, "aigul@nlrk.example", of_content=True),
        found.search_letter(voice),
        *(stray.aside_screen(voice, views.aside(one), "NLRK-2028-9999") for one in stray.VERDICTS),
    ):
        check(screen)


@VOICES
@pytest.mark.parametrize("url", [None, "https://desk.example.org/files/" + "a" * 200])
def test_words_about_files_fit(voice: Voice, url: str | None) -> None:
    view, scans = views.card(Side.SUPPLYING, Stage.DELIVERED), [views.FILE] * 10
    lines = views.listing(Filter.INCOMING).lines
    for screen in (
        enclosures.which_screen(voice, scans, lines),
        enclosures.which_letter(voice, scans, lines),
        enclosures.file_screen(voice, views.FILE, view.number, url=url),
        enclosures.too_large(voice, view, scans),
        enclosures.expires(voice, view, scans, [url] * 10),
        question(voice, view, Act.DELIVER, Detail.CONTENT, upload=url),
    ):
        check(screen)


@VOICES
@pytest.mark.parametrize("refusal", SAMPLES.values(), ids=lambda refusal: type(refusal).__name__)
def test_a_refusal_fits_the_answer_to_a_tap_uncut(voice: Voice, refusal: Refusal) -> None:
    said = refusal_text(voice, refusal, zone="Asia/Baku")

    assert 0 < len(said) <= LONGEST_TOAST
    assert toast(voice, refusal, zone="Asia/Baku") == said


def test_a_refusal_with_a_long_name_is_cut_for_the_answer_to_a_tap() -> None:
    said = toast(Voice(Language.RU), errors.FileTooLarge(name="скан" * 60 + ".pdf", limit=20))

    assert (len(said), said[-1]) == (LONGEST_TOAST, "…")


@VOICES
@pytest.mark.parametrize("act", Act)
def test_the_news_of_an_act_fits_the_answer_to_a_tap(voice: Voice, act: Act) -> None:
    assert len(voice.named(labels.NEWS[act])) <= LONGEST_TOAST


@VOICES
def test_command_menu_and_descriptions_fit(voice: Voice) -> None:
    long, short = says.descriptions(voice)

    assert all(1 <= len(text) <= 256 and 1 <= len(name) <= 32 for name, text in says.commands(voice))
    assert len(long) <= 512
    assert len(short) <= 120


@VOICES
def test_the_menu_below_the_chat_opens_with_short_words(voice: Voice) -> None:
    assert all(len(text) <= 24 for row in says.menu(voice) for text in row)


@VOICES
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.DRAFT])
def test_tools_fit_at_every_stage(voice: Voice, stage: Stage) -> None:
    for side in Side:
        for service in Service:
            view = views.card(side, stage, service=service)
            check(tools.phrases_screen(voice, view))
            check(tools.for_partner_screen(voice, view))
            for language in Language:
                check(tools.reader_screen(voice, view, language))


@VOICES
def test_acts_recorded_for_the_partner_keep_their_mark_through_every_choice(voice: Voice) -> None:
    view = views.card(Side.REQUESTING, Stage.RECEIVED)

    screen = tools.for_partner_screen(voice, view)

    taps = [button.tap for row in screen.rows for button in row if button.tap]
    acts = {tap.act: tap for tap in taps if tap.verb is not Verb.CARD}
    assert all(tap.for_partner for tap in acts.values())
    assert {Act.YES, Act.NO, Act.LATER, Act.CONDITIONS, Act.SHIP} <= set(acts)


@VOICES
def test_letters_fit(voice: Voice) -> None:
    prose = views.draft(None, letter={"subject": "", "text": "Здравствуйте! " * 400})
    for screen in (
        letters.letter_screen(voice, views.LETTER, by_mail=False),
        letters.letter_screen(voice, views.LETTER, by_mail=True),
        letters.sent_screen(voice, views.LETTER),
        letters.asked_screen(voice, [views.BAKU, views.ALMATY], thread=False, chosen=None),
        letters.asked_screen(voice, [views.BAKU], thread=False, chosen=1),
        letters.asked_screen(voice, [views.BAKU], thread=True, chosen=None),
        letters.meant_as(voice, prose, by_mail=False),
        letters.meant_as(voice, prose, by_mail=True),
    ):
        check(screen)
