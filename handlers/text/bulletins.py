"""Information for colleagues in words: what was shared, topics to follow, the digest of a week, answers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.text import labels
from handlers.text.cards import library_name
from handlers.text.citations import shortened
from handlers.text.cooperation import FIELDS, NOT_FOLLOWED, PACES, TOPICS
from handlers.text.details import LINK
from handlers.text.rich import Line, Lines, Span, bold, italic, line, paragraphs, stacked
from handlers.text.screens import Button, ButtonStyle, Matter, Rows, Screen, Shows, Tap, Verb, rows_of
from handlers.text.voice import LANGUAGE_NAMES, Voice, label, message
from handlers.text.words import display
from models.queries.bulletins import BulletinView, ReplyView, SharedPage, Wording
from models.rules.sharing import read_in
from models.rules.vocabulary import Language, SharedChange, Topic

SHARE = label("share_button", "Share something")
SHARED = label("share", "Information for colleagues")
TOPICS_OF = label("share", "Your topics")
STOP = label("share_button", "Follow nothing")
NOTHING = message("Nothing was shared yet.")
FOLLOW = message("A tap on a topic: at once, weekly, off.")
CORRECT = label("share_button", "Correct")
WITHDRAW = label("share_button", "Withdraw")
TOLD = message("It is shared with colleagues who follow its topics.")
TOLD_AGAIN = message("It is corrected. Whoever was told of it is told of the correction.")
CORRECTED = message("Corrected. It now says:")
WITHDRAWN = message("Withdrawn by its library: {day}. Please do not rely on it any more.")
SURE = message("Withdraw this? Nobody will read it here any more, and whoever was told of it is told so.")
CORRECT_BY_MAIL = message(
    "To correct it, reply with the lines that change; files that you attach are added. For example:"
)
WITHDRAW_BY_MAIL = message("To withdraw it, reply with the word {word}.")
REPLY_HOW = message("A reply to this message goes to its author.")
WEEKLY_HEAD = message("What colleagues shared")
STOP_BY_MAIL = message("To follow nothing any more, reply with the word {word}.")
FOLLOW_BY_MAIL = message("To follow topics, reply with one line each, for example:")
SHARE_BY_MAIL = message("To share something, reply with lines such as these; a file may be attached:")


def bulletin_screen(
    voice: Voice, view: BulletinView, *, by_mail: bool, language: Language | None = None
) -> Screen:
    """One piece of information in the reader's language where it has it; a mail brings both."""
    if view.withdrawn_at is not None:
        return _withdrawn(voice, view)
    languages = [one.language for one in view.wordings]
    shown = view.wordings[read_in(languages, language or voice.language)]
    chosen = view.wordings if by_mail else (shown,)
    rows = [
        Button(LANGUAGE_NAMES[one.language], Tap(Verb.BULLETIN, view.id, 0, "read", one.language))
        for one in view.wordings
        if one is not shown
    ]
    return Screen(
        lines=stacked(
            [line(italic(_head(voice, view)))],
            *(_words(one) for one in chosen),
            _end(voice, view, by_mail=by_mail),
        ),
        rows=() if by_mail else rows_of([*rows, *_ways(voice, view)]),
        files=view.files if by_mail else (),
        shows=Shows(Matter.BULLETIN, view.id),
        subject=shown.title,
    )


def news_screen(
    voice: Voice, view: BulletinView, news: SharedChange, *, by_mail: bool, language: Language | None = None
) -> Screen:
    """Told to whoever read it before: what it says now, or that it no longer stands."""
    screen = bulletin_screen(voice, view, by_mail=by_mail, language=language)
    if news is SharedChange.WITHDRAW or view.withdrawn_at is not None:
        return screen
    return replace(screen, lines=stacked([line(bold(voice.say(CORRECTED)))], screen.lines))


def _withdrawn(voice: Voice, view: BulletinView) -> Screen:
    """Its title alone: who read the text knows which one is meant, and nobody reads it any more."""
    shown = view.wordings[read_in([one.language for one in view.wordings], voice.language)]
    day = voice.local_day(view.withdrawn_at or view.at, view.library.zone)
    return Screen(
        lines=stacked(
            [line(italic(_head(voice, view)))],
            [line(bold(shown.title))],
            [line(voice.say(WITHDRAWN, day=day))],
        ),
        shows=Shows(Matter.BULLETIN, view.id),
        subject=shown.title,
    )


def sure_screen(voice: Voice, view: BulletinView) -> Screen:
    """Before it is withdrawn: what that does."""
    screen = bulletin_screen(voice, view, by_mail=False)
    yes = Tap(Verb.BULLETIN, view.id, view.version, "withdrawn")
    return replace(
        screen,
        lines=stacked(screen.lines, [line(bold(voice.say(SURE)))]),
        rows=(
            (Button(voice.label(WITHDRAW), yes, ButtonStyle.DANGER),),
            (Button(voice.label(labels.BACK), Tap(Verb.BULLETIN, view.id, 0, "read")),),
        ),
    )


def _head(voice: Voice, view: BulletinView) -> str:
    topics = ", ".join(voice.label(TOPICS[one]) for one in view.topics)
    return f"{topics} · {library_name(voice, view.library)} · {view.by}"


def _words(one: Wording) -> Lines:
    return (line(bold(one.title)), *paragraphs(one.text))


def _end(voice: Voice, view: BulletinView, *, by_mail: bool) -> Iterator[Line]:
    if view.link:
        yield line(bold(f"{voice.named(LINK)}:"), " ", Span(view.link, href=view.link))
    if not view.own:
        yield line(italic(voice.say(REPLY_HOW)))
    if by_mail and view.changes:
        yield from _changing(voice)
    if by_mail:
        yield from stop_lines(voice)


def _changing(voice: Voice) -> Iterator[Line]:
    """How a mail of who may change it does so."""
    yield line(voice.say(CORRECT_BY_MAIL), " ", bold(f"{voice.named(FIELDS['title'])}: …"))
    yield line(voice.say(WITHDRAW_BY_MAIL, word=display("cancel", voice.language)))


def _ways(voice: Voice, view: BulletinView) -> Iterator[Button]:
    if not view.own:
        yield Button(voice.label(labels.ANSWER), Tap(Verb.BULLETIN, view.id, 0, "answer"))
    if view.changes:
        yield Button(voice.label(CORRECT), Tap(Verb.BULLETIN, view.id, view.version, "correct"))
        yield Button(voice.label(WITHDRAW), Tap(Verb.BULLETIN, view.id, view.version, "withdraw"))
    yield Button(voice.label(TOPICS_OF), Tap(Verb.SHARED, 0, 0, "page"))


def stop_lines(voice: Voice) -> Lines:
    """How a mail's reader follows nothing any more."""
    return (line(italic(voice.say(STOP_BY_MAIL, word=display("stop", voice.language)))),)


def forum_screen(voice: Voice, view: BulletinView, news: SharedChange | None = None) -> Screen:
    """The same in a group's thread, where nobody in particular reads it."""
    told = news_screen(voice, view, news, by_mail=False) if news else None
    screen = told or bulletin_screen(voice, view, by_mail=False)
    kept = tuple(one for one in screen.lines if one != line(italic(voice.say(REPLY_HOW))))
    return Screen(lines=kept)


def shared_screen(voice: Voice, page: SharedPage) -> Screen:
    """What was shared, the topics with how they are followed, the way to share something."""
    items = [_item(voice, one) for one in page.bulletins] or [line(voice.say(NOTHING))]
    return Screen(
        lines=stacked([line(bold(voice.label(SHARED)))], items, [line(italic(voice.say(FOLLOW)))]),
        rows=(
            (Button(voice.label(SHARE), Tap(Verb.SHARED, 0, 0, "new")),),
            *_openers(voice, page),
            *_turns(voice, page),
            *((_topic(voice, page, one),) for one in Topic),
            *((((Button(voice.label(STOP), Tap(Verb.SHARED, 0, 0, "stop"))),),) if page.follows else ()),
        ),
    )


def _item(voice: Voice, one: BulletinView) -> Line:
    title = one.wordings[read_in([each.language for each in one.wordings], voice.language)].title
    return line("• ", bold(shortened(title, 120)), f" · {one.library.code}")


def _openers(voice: Voice, page: SharedPage) -> Rows:
    buttons = (
        (one, one.wordings[read_in([each.language for each in one.wordings], voice.language)].title)
        for one in page.bulletins
    )
    return tuple(
        (Button(shortened(title, 40), Tap(Verb.BULLETIN, one.id, 0, "read")),) for one, title in buttons
    )


def _turns(voice: Voice, page: SharedPage) -> Rows:
    back = [(labels.PREVIOUS, page.page - 1)] if page.page else []
    ahead = [(labels.NEXT, page.page + 1)] if page.has_more else []
    turns = [
        Button(voice.label(term), Tap(Verb.SHARED, number, 0, "page")) for term, number in (*back, *ahead)
    ]
    return (tuple(turns),) if turns else ()


def _topic(voice: Voice, page: SharedPage, topic: Topic) -> Button:
    pace = page.follows.get(topic)
    how = voice.label(PACES[pace] if pace else NOT_FOLLOWED)
    return Button(f"{voice.label(TOPICS[topic])}: {how}", Tap(Verb.SHARED, page.page, 0, "follow", topic))


def shared_letter(voice: Voice, page: SharedPage, fields: Sequence[tuple[str, str]]) -> Screen:
    """The same by mail: what was shared, and the lines that share something or follow a topic."""
    follows = [
        line("• ", f"{voice.label(TOPICS[one])}: {voice.label(PACES[pace])}")
        for one in Topic
        if (pace := page.follows.get(one))
    ]
    items = [_item(voice, one) for one in page.bulletins] or [line(voice.say(NOTHING))]
    lines = [line(bold(f"{name}: {sample}")) for name, sample in fields]
    sample = f"{voice.label(TOPICS[Topic.RESEARCH])}: {voice.label(next(iter(PACES.values())))}"
    return Screen(
        lines=stacked(
            [line(bold(voice.label(SHARED)))],
            items,
            [line(voice.say(SHARE_BY_MAIL)), *lines],
            [line(voice.say(FOLLOW_BY_MAIL)), line(bold(sample))],
            [line(bold(f"{voice.label(TOPICS_OF)}:")), *follows, *stop_lines(voice)] if follows else [],
        ),
        shows=Shows(Matter.SHARED, 0),
        subject=voice.label(SHARED),
    )


def weekly(voice: Voice, bulletins: Sequence[BulletinView], *, by_mail: bool) -> Screen:
    """What was shared in the week, of the topics that the reader hears of weekly."""
    said = [_brief(voice, one) for one in bulletins]
    return Screen(
        lines=stacked([line(bold(voice.say(WEEKLY_HEAD)))], *said, stop_lines(voice) if by_mail else ()),
        rows=() if by_mail else _openers(voice, SharedPage(
            bulletins=tuple(bulletins)[:20], page=0, has_more=False, follows={}
        )),
        shows=Shows(Matter.SHARED, 0),
        subject=voice.say(WEEKLY_HEAD),
    )  # fmt: skip


def _brief(voice: Voice, one: BulletinView) -> Lines:
    words = one.wordings[read_in([each.language for each in one.wordings], voice.language)]
    link = [line(Span(one.link, href=one.link))] if one.link else []
    return (line(bold(words.title), f" · {one.library.code}"), line(shortened(words.text, 300)), *link)


def reply_screen(voice: Voice, view: ReplyView) -> Screen:
    """What a colleague answered; a reply to it goes back to them."""
    where = f"{library_name(voice, view.library)} · " if view.library else ""
    return Screen(
        lines=stacked(
            [line(bold(f"{where}{view.by}"), " · ", shortened(view.title, 120))],
            paragraphs(view.text),
        ),
        shows=Shows(Matter.REPLY, view.id),
        subject=f"Re: {view.title}",
    )


def shared_kept(voice: Voice, view: BulletinView, *, by_mail: bool, corrected: bool = False) -> Screen:
    """Confirms what was shared or corrected."""
    screen = bulletin_screen(voice, view, by_mail=by_mail)
    said = voice.say(TOLD_AGAIN if corrected else TOLD)
    return screen if view.withdrawn_at else replace(screen, lines=stacked([line(bold(said))], screen.lines))
