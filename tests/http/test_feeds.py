"""A calendar feed over a real connection."""

from dataclasses import replace
from datetime import timedelta

import icalendar
import pytest

from models.operations import team
from models.tables import Person
from tests.files.desk import NOW
from tests.http.conftest import Site


def feed_of(site: Site, **changes: object) -> str:
    return site.base + site.links.calendar(replace(site.desk.dana, **changes))


async def test_a_feed_is_the_librarys_and_private(site: Site) -> None:
    async with site.browser.get(feed_of(site)) as answer:
        calendar = icalendar.Calendar.from_ical(await answer.read())
        said = {name: answer.headers.get(name) for name in ("Content-Type", "Cache-Control", "Set-Cookie")}

    assert answer.status == 200
    assert said == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private, max-age=3600",
        "Set-Cookie": None,
    }
    days = [str(event["DTSTART"].dt) for event in calendar.walk("VEVENT")]
    assert days == ["2028-08-08", "2028-11-08", "2033-08-08", "2033-11-08"]


async def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    async with site.browser.get(feed_of(site)) as first:
        tag = first.headers["ETag"]
    site.now = NOW + timedelta(hours=5)
    async with site.browser.get(feed_of(site), headers={"If-None-Match": f'"other", {tag}'}) as again:
        body = await again.read()

    assert (again.status, body, again.headers["ETag"]) == (304, b"", tag)
    async with site.browser.get(feed_of(site), headers={"If-None-Match": '"other"'}) as fresh:
        assert fresh.status == 200


async def test_a_feed_is_in_the_language_of_its_reader(site: Site) -> None:
    async with site.browser.get(feed_of(site)) as answer:
        assert "ескертуді алуға болатын соңғы күн" in (await answer.text()).replace("\r\n ", "").lower()


@pytest.mark.parametrize("wrong", ["", "x", "c1.2.3.aaaaaaaaaaaaaaaaaaaaaa"])
async def test_a_link_that_is_not_ours_opens_nothing(site: Site, wrong: str) -> None:
    async with site.browser.get(f"{site.base}/calendar/{wrong}/abonement.ics") as answer:
        assert answer.status == 404


async def test_a_link_for_something_else_opens_no_calendar(site: Site) -> None:
    token = site.upload_link().rpartition("/")[2]
    async with site.browser.get(f"{site.base}/calendar/{token}/abonement.ics") as answer:
        assert answer.status == 404


async def test_a_feed_ends_with_the_persons_links(site: Site) -> None:
    link = feed_of(site)
    await Person.filter(id=site.desk.dana.id).update(epoch=site.desk.dana.epoch + 1)
    async with site.browser.get(link) as answer:
        assert answer.status == 404


async def test_who_has_left_reads_no_more(site: Site) -> None:
    link = feed_of(site)
    await team.leave(site.desk.dana.id, NOW)
    async with site.browser.get(link) as answer:
        assert answer.status == 404


async def test_who_works_elsewhere_now_reads_no_more(site: Site) -> None:
    link = feed_of(site)
    await Person.filter(id=site.desk.dana.id).update(library_id=site.desk.aysel.library)
    async with site.browser.get(link) as answer:
        assert answer.status == 404


async def test_somebody_of_no_library_has_no_calendar(site: Site) -> None:
    async with site.browser.get(site.base + site.links.calendar(site.desk.stranger)) as answer:
        assert answer.status == 404
