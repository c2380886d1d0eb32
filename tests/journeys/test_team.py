"""The people of a library at work together: invited, away, handing over, leaving; each as they chose."""

import pytest

from handlers.text import absences, closures, invitations, labels, says, settings, staff
from handlers.text.choices import CONFIRM
from handlers.text.refusals import refusal_text
from handlers.text.voice import LANGUAGE_NAMES, Label, Voice
from handlers.text.words import display
from models.operations import people
from models.operations.libraries import library_number
from models.queries import parties
from models.rules.errors import CodeUnknown, LastCoordinator, Missing, NotAllowed, Refusal
from models.rules.vocabulary import Act, Clock, Language, Role, Stage
from models.tables import Notice
from tests.journeys.props import BOOK, PHONES, START
from tests.journeys.stage import Librarian, Mailbox, Story

NUMBER = "ANL-2026-0001"
HOME = "rashad@home.example"


async def member(story: Story, who: str) -> parties.PersonView:
    """Somebody as the desk has them now."""
    found = await parties.person_in_chat(PHONES[who][0])
    assert found is not None
    return found


def named(person: Librarian, term: Label) -> str:
    """A label as it stands on a button that begins with a capital."""
    return person.voice.named(term)


def refused(person: Librarian, refusal: Refusal) -> bool:
    """Whether the person reads the sentence of this refusal now."""
    return refusal_text(person.voice, refusal) in person.reads


async def files(story: Story) -> str:
    """A book asked for by Baku."""
    await story.baku.pastes(BOOK)
    await story.baku.presses(labels.SEND)
    return NUMBER


# Inviting


async def test_a_coordinator_invites_by_a_link_that_works_once(desk: Story) -> None:
    boss = desk.coordinator
    await boss.types("/invite")
    await boss.presses(named(boss, invitations.CHOICES[Role.LIBRARIAN]))
    await boss.presses(invitations.BY_LINK)

    invitation = next(one for one in boss.phone.messages if "?start=" in one.text)
    link = next(line for line in invitation.text.splitlines() if "?start=" in line)
    assert invitation.file is not None
    assert link.startswith("https://t.me/")
    newcomer = desk.world.phone(808, "Nərgiz", language="az")
    newcomer.starts(link.partition("?start=")[2])
    await desk.settles()

    joined = await parties.person_in_chat(808)
    assert joined is not None
    assert (joined.role, joined.library) == (Role.LIBRARIAN, await library_number("ANL"))
    other = desk.world.phone(809, "Fərid", language="az")
    other.starts(link.partition("?start=")[2])
    await desk.settles()
    assert other.messages[-1].text == refusal_text(Voice(Language.AZ), CodeUnknown())


async def test_the_code_is_kept_nowhere_once_its_link_left(desk: Story) -> None:
    boss = desk.coordinator
    await boss.types("/invite")
    await boss.presses(named(boss, invitations.CHOICES[Role.COORDINATOR]))
    await boss.presses(invitations.BY_LINK)

    link = next(line for one in boss.everything for line in one.splitlines() if "?start=" in line)
    code = link.partition("?start=")[2]
    facts = str(await Notice.all().values_list("facts", flat=True))
    assert "invitation" in facts
    assert code not in facts


async def test_a_withdrawn_invitation_opens_nothing(desk: Story) -> None:
    boss = desk.coordinator
    await boss.types("/invite")
    await boss.presses(named(boss, invitations.CHOICES[Role.LIBRARIAN]))
    await boss.presses(invitations.BY_LINK)
    link = next(line for one in boss.everything for line in one.splitlines() if "?start=" in line)

    revoke = next(one for one in boss.buttons if one.startswith(boss.voice.label(invitations.REVOKE)))
    await boss.presses(revoke)
    late = desk.world.phone(808, "Nərgiz", language="az")
    late.starts(link.partition("?start=")[2])
    await desk.settles()

    assert boss.voice.say("No invitation is open.") in boss.reads
    assert late.messages[-1].text == refusal_text(Voice(Language.AZ), CodeUnknown())


async def test_a_coordinator_invites_a_mailbox_by_its_known_address(chats: Story) -> None:
    boss = await chats.enters("coordinator", Language.AZ)
    await boss.types("/invite")
    await boss.presses(named(boss, invitations.CHOICES[invitations.MAILBOX]))
    await boss.presses("ill@anl.example")

    box = Mailbox(chats, "ill@anl.example", Language.AZ)
    await box.says("yes")
    members = await parties.members_of(await library_number("ANL"))
    assert [one.email for one in members if one.is_mailbox] == ["ill@anl.example"]


async def test_a_mistyped_address_is_asked_for_again(desk: Story) -> None:
    boss = desk.coordinator
    await boss.types("/invite")
    await boss.presses(named(boss, invitations.CHOICES[Role.LIBRARIAN]))
    await boss.presses(invitations.BY_MAIL)

    await boss.types("nobody at home")
    await boss.types("leyla@home.example")

    assert boss.reads == boss.voice.say(says.SENTENCES[says.Say.INVITE_MAILED])
    assert len(desk.world.mail.box("leyla@home.example")) == 1


@pytest.mark.parametrize("command", ["/invite", "/staff"])
async def test_a_librarian_manages_nobody(chats: Story, command: str) -> None:
    await chats.baku.types(command)

    assert refused(chats.baku, NotAllowed())


# Settings


async def test_settings_stay_on_one_screen(chats: Story) -> None:
    baku = chats.baku
    await baku.types("/settings")
    shown = baku.screen.id

    await baku.presses(named(baku, settings.DIGEST))
    await baku.presses("07:00")
    await baku.presses(named(baku, settings.QUIET))
    await baku.presses("22:00")
    await baku.presses("06:00")
    await baku.presses(named(baku, settings.REMINDERS))
    await baku.presses(f"✓ {baku.voice.label(settings.CLOCKS[Clock.ARRIVAL])}")
    await baku.presses(labels.BACK)

    assert baku.screen.id == shown
    chosen = (await member(chats, "ANL")).preferences
    assert (chosen.digest_hour, chosen.quiet, chosen.off) == (7, (22, 6), {Clock.ARRIVAL})
    assert "22:00–06:00" in baku.reads


async def test_hours_can_be_turned_off(chats: Story) -> None:
    baku = chats.baku
    await baku.types("/settings")
    for page in (settings.DIGEST, settings.QUIET):
        await baku.presses(named(baku, page))
        await baku.presses(named(baku, settings.OFF))

    chosen = (await member(chats, "ANL")).preferences
    assert (chosen.digest_hour, chosen.quiet) == (None, None)


async def test_news_comes_by_mail_once_its_address_said_yes(desk: Story) -> None:
    boss = desk.coordinator
    await boss.types("/settings")
    await boss.presses(named(boss, settings.NEWS))
    await boss.presses(named(boss, settings.REACHES[settings.Reach.BOTH]))
    await boss.types(HOME)
    assert (await member(desk, "coordinator")).email is None

    home = Mailbox(desk, HOME, Language.AZ)
    await home.says("yes")

    known = await member(desk, "coordinator")
    assert (known.email, known.reach) == (HOME, settings.Reach.BOTH)
    assert boss.reads == boss.voice.say(says.SENTENCES[says.Say.ADDRESS_CONFIRMED])


async def test_the_yes_of_another_address_confirms_nothing(desk: Story) -> None:
    boss = desk.coordinator
    await boss.types("/settings")
    await boss.presses(named(boss, settings.NEWS))
    await boss.presses(named(boss, settings.REACHES[settings.Reach.MAIL]))
    await boss.types(HOME)

    home = Mailbox(desk, HOME, Language.AZ)
    await home.replies(display("yes", Language.AZ), sender="somebody@else.example")

    assert (await member(desk, "coordinator")).email is None


async def test_an_address_asked_before_is_no_longer_waited_for(desk: Story) -> None:
    boss = desk.coordinator
    for address in (HOME, "rashad@work.example"):
        await boss.types("/settings")
        await boss.presses(named(boss, settings.NEWS))
        await boss.presses(named(boss, settings.REACHES[settings.Reach.MAIL]))
        await boss.types(address)

    await Mailbox(desk, HOME, Language.AZ).says("yes")

    assert (await member(desk, "coordinator")).email is None


async def test_a_mailbox_reads_its_settings_by_the_word(desk: Story) -> None:
    await desk.anl.writes(display("settings", Language.AZ))

    assert LANGUAGE_NAMES[Language.AZ] in desk.anl.newest.text
    assert display("language", Language.AZ) in desk.anl.newest.text


async def test_news_of_the_night_is_silent(chats: Story) -> None:
    await chats.advances(hours=14)
    await files(chats)

    sent = [call.params for call in chats.world.api.calls if call.method.lower() == "sendmessage"]
    news = [one for one in sent if str(one["chat_id"]) == "202" and NUMBER in str(one["text"])]
    assert [str(one.get("disable_notification")).lower() for one in news] == ["true"]


# Away


async def test_news_of_an_absent_colleagues_request_goes_to_the_deputy(chats: Story) -> None:
    almaty, deputy = chats.almaty, await chats.enters("colleague", Language.RU)
    await files(chats)
    await almaty.presses(Act.YES)
    await almaty.types("/settings")
    await almaty.presses(named(almaty, settings.ABSENCE))
    await almaty.presses("20")
    await almaty.presses(PHONES["colleague"][1])
    before = len(almaty.everything)

    await chats.baku.opens(NUMBER)
    await chats.baku.replies("Спасибо!")

    assert "Спасибо!" in deputy.reads
    assert len(almaty.everything) == before


async def test_a_coordinator_records_an_absence_and_its_end(desk: Story) -> None:
    boss = desk.coordinator
    await boss.types("/staff")
    await boss.presses(PHONES["ANL"][1])
    await boss.presses(named(boss, settings.ABSENCE))
    await boss.presses("20")
    await boss.presses(absences.NOBODY)
    away = (await member(desk, "ANL")).preferences.away_until
    await boss.presses(absences.BACK_AT_WORK)

    assert away == START.date().replace(day=20)
    assert (await member(desk, "ANL")).preferences.away_until is None


# Roles, leaving


async def test_a_coordinator_makes_another_and_may_then_leave(desk: Story) -> None:
    boss, baku = desk.coordinator, desk.baku
    await boss.types("/leave")
    await boss.presses(staff.LEAVE)
    assert refused(boss, LastCoordinator())

    await boss.types("/staff")
    await boss.presses(PHONES["ANL"][1])
    await boss.presses(staff.MAKE_COORDINATOR)
    assert baku.voice.say("Your role on the desk has changed.") in baku.reads
    assert "invite" in {name for name, _ in baku.phone.menu}

    await boss.types("/leave")
    await boss.presses(staff.LEAVE)
    assert boss.reads == boss.voice.say(says.SENTENCES[says.Say.LEFT])
    assert "invite" not in {name for name, _ in boss.phone.menu}
    await boss.types("/requests")
    assert boss.reads == boss.voice.say(says.STRANGER)


async def test_a_colleague_is_removed_in_two_steps_and_told(desk: Story) -> None:
    boss, baku = desk.coordinator, desk.baku
    await boss.types("/staff")
    await boss.presses(PHONES["ANL"][1])
    await boss.presses(staff.REMOVE)
    assert await parties.person_in_chat(PHONES["ANL"][0]) is not None
    await boss.presses(CONFIRM)

    assert baku.reads == baku.voice.say(says.SENTENCES[says.Say.REMOVED])
    assert await parties.person_in_chat(PHONES["ANL"][0]) is None


async def test_who_moves_to_another_library_leaves_and_comes_by_a_new_invitation(chats: Story) -> None:
    baku = chats.baku
    await files(chats)
    await baku.types("/leave")
    await baku.presses(staff.LEAVE)
    made = await people.invite(await library_number("NLRK"), Role.LIBRARIAN, chats.world.clock())
    await baku.starts(made.code)

    await baku.opens(NUMBER)

    event = next(
        line for line in baku.reads.splitlines() if baku.voice.named(labels.NEWS[Act.SUBMIT]) in line
    )
    assert "Azərbaycan Milli Kitabxanası" in event


async def test_the_menu_follows_language_and_role(desk: Story) -> None:
    boss = desk.coordinator
    await boss.types("/settings")
    await boss.presses(labels.LANGUAGE)
    await boss.presses(LANGUAGE_NAMES[Language.KK])

    assert boss.phone.menu == says.commands_of(Voice(Language.KK), Role.COORDINATOR)
    assert desk.baku.phone.menu == says.commands(desk.baku.voice)


# Days closed


async def test_days_closed_are_announced_by_the_coordinator_and_read_by_all(desk: Story) -> None:
    boss, baku = desk.coordinator, desk.baku
    await boss.types("/closures")
    await boss.presses(closures.CLOSE)
    await boss.presses("20")
    await boss.presses("24")
    await baku.types("/closures")

    assert "20.03.2026 – 24.03.2026" in boss.reads
    assert "20.03.2026 – 24.03.2026" in baku.reads
    assert baku.screen.keyboard == []


async def test_a_monthly_day_and_the_week_are_chosen_and_taken_back(desk: Story) -> None:
    boss = desk.coordinator
    friday, sunday = closures.weekday(boss.voice, 4), closures.weekday(boss.voice, 6)
    await boss.types("/closures")
    await boss.presses(closures.MONTHLY)
    await boss.presses(friday)
    await boss.presses(named(boss, closures.NTHS[closures.LAST]))
    monthly = f"{friday}: {boss.voice.label(closures.NTHS[closures.LAST])}"
    assert monthly in boss.reads

    await boss.presses(closures.WEEKLY)
    await boss.presses(f"✓ {sunday}")
    await boss.presses(labels.BACK)
    assert sunday not in boss.reads

    await boss.presses(f"{boss.voice.label(staff.REMOVE)}: {friday}")
    assert monthly not in boss.reads


async def test_the_reason_of_days_closed_is_typed_read_by_all_and_removed(desk: Story) -> None:
    boss, baku = desk.coordinator, desk.baku
    await boss.types("/closures")
    await boss.presses(closures.CLOSE)
    await boss.presses("20")
    await boss.presses("24")
    await boss.presses(closures.EXPLAIN)
    await boss.presses("20.03.2026")
    await boss.types("İnventarizasiya")
    await baku.types("/closures")
    assert "İnventarizasiya" in baku.reads

    await boss.presses(closures.EXPLAIN)
    await boss.presses("20.03.2026")
    await boss.types("-")
    assert "İnventarizasiya" not in boss.reads


async def test_the_reason_of_a_monthly_day_is_typed_too(desk: Story) -> None:
    boss = desk.coordinator
    friday = closures.weekday(boss.voice, 4)
    await boss.types("/closures")
    await boss.presses(closures.MONTHLY)
    await boss.presses(friday)
    await boss.presses(named(boss, closures.NTHS[closures.LAST]))
    await boss.presses(closures.EXPLAIN)
    await boss.presses(friday)
    await boss.types("Sanitariya günü")

    assert "Sanitariya günü" in boss.reads


# A request between colleagues


async def test_after_one_took_it_news_goes_to_that_one_alone(chats: Story) -> None:
    almaty, colleague = chats.almaty, await chats.enters("colleague", Language.RU)
    await files(chats)
    await almaty.presses(Act.TAKE)
    before = len(colleague.everything)

    await chats.baku.opens(NUMBER)
    await chats.baku.presses(Act.ASK_STATUS)

    assert almaty.voice.label(labels.NEWS[Act.ASK_STATUS]) in almaty.reads
    assert len(colleague.everything) == before


async def test_of_two_who_take_it_the_second_reads_who_was_first(chats: Story) -> None:
    almaty, colleague = chats.almaty, await chats.enters("colleague", Language.RU)
    await files(chats)
    await almaty.presses(Act.TAKE)

    await colleague.presses(Act.TAKE)

    first = colleague.reads.partition("\n")[0]
    assert PHONES["NLRK"][1] in first
    assert colleague.voice.label(labels.NEWS[Act.TAKE]) in first
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.TAKE]


async def test_a_request_is_handed_over_to_a_colleague_who_is_told(chats: Story) -> None:
    almaty, colleague = chats.almaty, await chats.enters("colleague", Language.RU)
    await files(chats)
    await almaty.presses(Act.TAKE)
    baku_read = len(chats.baku.everything)

    await almaty.presses(Act.HAND_OVER)
    await almaty.presses(PHONES["colleague"][1])

    handed = f"{colleague.voice.label(labels.NEWS[Act.HAND_OVER])}: {PHONES['colleague'][1]}"
    assert handed in colleague.reads
    assert f": {PHONES['colleague'][1]}" in almaty.reads
    assert len(chats.baku.everything) == baku_read
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.TAKE, Act.HAND_OVER]


async def test_without_a_colleague_nothing_is_handed_over(chats: Story) -> None:
    await files(chats)

    assert chats.almaty.voice.label(labels.ACTS[Act.HAND_OVER]) not in chats.almaty.buttons


async def test_an_open_card_follows_its_request(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await files(chats)
    card = baku.screen.id

    await almaty.presses(Act.YES)

    followed = next(one for one in baku.phone.messages if one.id == card)
    assert baku.voice.label(labels.STAGES[Stage.WILL_SUPPLY]) in followed.text


async def test_a_card_that_shows_a_question_is_left_alone(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await files(chats)
    await baku.presses(Act.CANCEL)
    card, asked = baku.screen.id, baku.reads

    await almaty.presses(Act.TAKE)

    assert next(one for one in baku.phone.messages if one.id == card).text == asked


async def test_a_card_of_three_days_ago_is_left_alone(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await files(chats)
    card, shown = baku.screen.id, baku.reads
    await chats.advances(days=3)

    await almaty.presses_on(Act.YES, next(one for one in almaty.phone.messages if NUMBER in one.text))

    assert next(one for one in baku.phone.messages if one.id == card).text == shown


async def test_a_deleted_card_does_not_come_back(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await files(chats)
    baku.phone.deletes(baku.screen.id)
    before = len(baku.everything)
    chats.faulty = True

    await almaty.presses(Act.TAKE)
    await almaty.presses(Act.YES)

    assert len(baku.everything) == before + 2


# What is kept


async def test_help_says_more_to_a_coordinator(desk: Story) -> None:
    await desk.coordinator.types("/help")
    await desk.baku.types("/help")

    assert desk.coordinator.voice.say(says.COORDINATOR_HELP) in desk.coordinator.reads
    assert says.EXAMPLES[0] in desk.baku.reads
    assert desk.baku.voice.say(says.COORDINATOR_HELP) not in desk.baku.reads


async def test_help_by_mail_names_the_words(desk: Story) -> None:
    await desk.anl.writes(display("help", Language.AZ))

    assert display("settings", Language.AZ) in desk.anl.newest.text


async def test_a_mailbox_hands_over_to_a_colleague_by_name(desk: Story) -> None:
    baku, almaty, nlrk = desk.baku, desk.almaty, desk.nlrk
    colleague = await desk.enters("colleague", Language.RU)
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)

    await nlrk.says("hand_over", "Данияр")
    assert colleague.voice.label(labels.NEWS[Act.HAND_OVER]) in colleague.reads
    await nlrk.says("hand_over", "Мұхтар Әуезов")
    assert refusal_text(nlrk.voice, Missing(act=Act.HAND_OVER, detail="colleague")) in nlrk.newest.text
    assert await desk.acts("ANL-2026-0001") == [Act.SUBMIT, Act.HAND_OVER, Act.COMMENT]
    assert almaty.voice.label(labels.NEWS[Act.HAND_OVER]) not in almaty.reads
