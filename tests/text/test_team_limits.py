"""The screens of a library's people, in every language, at their longest, within what Telegram takes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.text import closures, says, settings
from handlers.text.absences import absence_screen
from handlers.text.closures import Days, closures_screen
from handlers.text.invitations import CHOICES, MAILBOX, invite_screen, invited_screen, without_link
from handlers.text.qr import qr
from handlers.text.rich import as_text, units
from handlers.text.settings import settings_letter, settings_screen
from handlers.text.staff import leave_screen, member_screen, staff_screen
from handlers.text.voice import Voice
from models.queries.closures import ClosureView, MonthlyView
from models.queries.team import MemberView, OpenInvitation, Workplace
from models.rules.closures import LAST, MonthlyRule
from models.rules.preferences import Preferences
from models.rules.vocabulary import Clock, DayKind, Language, Reach, Role, Say
from tests.text import views
from tests.text.test_limits import VOICES, check

LONGEST_CAPTION = 1024
"""UTF-16 units (Bot API: sendPhoto)."""
LINK = "https://t.me/" + "a" * 32 + "?start=" + "B" * 43
MANY = 40
NAME = "Ғалымжан Әбдірахманұлы Қожахметов-Сәрсенбаев"
CHOSEN = Preferences(
    off=frozenset(clock.value for clock in Clock),
    away_until=date(2028, 9, 30),
    deputy=8,
    wanted_email="a" * 60 + "@library.example",
    wanted_reach=Reach.BOTH,
)
PLACE = Workplace(
    person=replace(views.PERSON, settings=CHOSEN.as_json()),
    library=views.ALMATY,
    colleagues=tuple(replace(views.PERSON, id=8 + one, name=NAME) for one in range(MANY)),
)
MEMBER = MemberView(
    person=replace(views.PERSON, name=NAME),
    since=views.NOW,
    has_chat=True,
    email="aigul@nlrk.example",
    chat_closed=views.NOW,
    mail_bad=views.NOW,
    away_until=date(2028, 9, 30),
    deputy=NAME,
)
MAILBOX_MEMBER = replace(MEMBER, person=replace(views.PERSON, name="ill@nlrk.example", is_mailbox=True))
OPEN = OpenInvitation(
    id=views.ID, role=Role.COORDINATOR, email="aigul@nlrk.example", is_mailbox=False, expires_at=views.NOW
)
DAYS = Days(
    library=views.ALMATY,
    weekend=frozenset({5, 6}),
    closures=[
        ClosureView(
            id=views.ID,
            first=views.TODAY,
            last=views.TODAY + timedelta(days=30),
            kind=kind,
            note="санитарлық күн",
        )
        for kind in DayKind
    ]
    * MANY,
    monthly=[
        MonthlyView(id=views.ID, rule=rule, note="санитарный день")
        for rule in (MonthlyRule(weekday=4, nth=LAST), MonthlyRule(day=31))
    ],
    away=[MEMBER],
    today=views.TODAY,
)


@VOICES
@pytest.mark.parametrize("page", ["", *settings.PROMPTS, "until.23", "nonsense"])
def test_every_page_of_the_settings_fits(voice: Voice, page: str) -> None:
    for chosen in (CHOSEN, Preferences(), Preferences(digest_hour=None, quiet=None)):
        place = replace(PLACE, person=replace(views.PERSON, settings=chosen.as_json()))
        for by_mail in (True, False):
            check(settings_screen(voice, place, page, by_mail=by_mail))


@VOICES
def test_the_settings_by_mail_name_the_word_that_changes_them(voice: Voice) -> None:
    assert "LANGUAGE" in as_text(settings_letter(voice, PLACE, word="LANGUAGE").lines)


@VOICES
@pytest.mark.parametrize("day", ["", "2028-09-30"])
def test_an_absence_fits_for_oneself_and_for_a_colleague(voice: Voice, day: str) -> None:
    for own in (True, False):
        check(absence_screen(voice, PLACE, today=views.TODAY, month="2028-10", day=day, own=own))


@VOICES
def test_the_staff_fits_and_each_of_them(voice: Voice) -> None:
    check(staff_screen(voice, views.ALMATY, [MEMBER] * (MANY // 2), problem="…"))
    for one in (MEMBER, MAILBOX_MEMBER, replace(MEMBER, person=replace(views.PERSON, role=Role.LIBRARIAN))):
        for sure in (True, False):
            check(member_screen(voice, one, zone="Asia/Almaty", sure=sure, problem="…"))
    check(leave_screen(voice, views.ALMATY, problem="…"))


@VOICES
@pytest.mark.parametrize("chosen", ["", *CHOICES, "nonsense"])
def test_inviting_fits_with_many_open_invitations_and_with_none(voice: Voice, chosen: str) -> None:
    for invitations in ([OPEN, replace(OPEN, email=None)] * MANY, []):
        for by_mail in (True, False):
            check(
                invite_screen(voice, views.ALMATY, invitations, chosen=chosen, by_mail=by_mail, problem="…")
            )
    check(invite_screen(voice, replace(views.ALMATY, email=None), [], chosen=MAILBOX))


@VOICES
def test_an_invitation_fits_below_its_picture(voice: Voice) -> None:
    screen = invited_screen(voice, views.ALMATY, OPEN, link=LINK)

    assert screen.picture is not None
    assert screen.picture.startswith(b"\x89PNG\r\n")
    assert units(as_text(screen.lines)) <= LONGEST_CAPTION
    assert LINK in as_text(screen.lines)


@VOICES
def test_without_the_name_of_the_bot_the_code_itself_is_shown(voice: Voice) -> None:
    screen = without_link(voice, code="C" * 43)

    check(screen)
    assert "C" * 43 in as_text(screen.lines)


def test_a_picture_is_small_enough_for_a_photo() -> None:
    assert len(qr(LINK)) < 100_000


@VOICES
@pytest.mark.parametrize("page", ["", *closures.PROMPTS, "nonsense"])
def test_every_page_of_the_closures_fits(voice: Voice, page: str) -> None:
    chosen = {"last": "last.closed.2028-08-01", "nth": "nth.4"}.get(page, page)
    check(closures_screen(voice, DAYS, page=chosen, month="2028-10", may_edit=True))


@VOICES
def test_who_may_not_edit_sees_the_days_without_a_button(voice: Voice) -> None:
    screen = closures_screen(voice, DAYS, page="week", may_edit=False)

    check(screen)
    assert screen.rows == ()


@VOICES
@pytest.mark.parametrize("what", says.PERSONAL)
@pytest.mark.parametrize("role", Role)
def test_personal_messages_fit_for_every_role(voice: Voice, what: Say, role: Role) -> None:
    check(says.PERSONAL[what](voice, replace(views.PERSON, role=role), views.ALMATY))


@VOICES
def test_the_question_to_an_address_fits(voice: Voice) -> None:
    check(says.address_question(voice, replace(views.PERSON, name=NAME)))


@VOICES
def test_a_coordinator_has_the_commands_of_everybody_and_two_more(voice: Voice) -> None:
    own = says.commands_of(voice, Role.COORDINATOR)

    assert {name for name, _ in own} - {name for name, _ in says.commands(voice)} == {"invite", "staff"}
    assert all(1 <= len(text) <= 256 and 1 <= len(name) <= 32 for name, text in own)


@pytest.mark.parametrize("role", [None, Role.LIBRARIAN, Role.ADMIN])
def test_everybody_else_has_the_general_menu(role: Role | None) -> None:
    assert says.commands_of(Voice(Language.EN), role) == ()
