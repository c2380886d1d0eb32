"""How many mails may leave in a day, and who hears of it."""

from datetime import timedelta

from bot.transports.quota import Quota
from models.rules.vocabulary import NoticeKind, Role
from models.tables import Notice
from tests.desk import Desk


async def test_coordinators_are_told_once_when_four_fifths_have_left_and_the_rest_waits(desk: Desk) -> None:
    await desk.person("rashad", desk.baku, chat=3001, role=Role.COORDINATOR)
    quota = Quota(cap=5)

    pauses = [await quota.pause(desk.now + timedelta(minutes=minute)) for minute in range(6)]

    assert pauses == [0.0] * 5 + [timedelta(days=1, minutes=-5).total_seconds()]
    [told] = await Notice.filter(kind=NoticeKind.MAIL_CAP)
    assert (told.target, told.facts) == ("3001", {"left": 4, "cap": 5})
