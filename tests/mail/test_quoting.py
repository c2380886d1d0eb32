"""The writer's own words among what clients repeat."""

import pytest

from handlers.mail.lines import Line, Mark, plain_lines
from handlers.mail.markup import html_lines
from handlers.mail.quoting import visible
from handlers.mail.separator import SEPARATOR_MARK

ADDRESS = "<requests@desk.example>"


def text(plain: str) -> str:
    return visible(plain_lines(plain)).text


@pytest.mark.parametrize(
    "attribution",
    [
        f"On Mon, Nov 11, 2013 at 3:15 PM Desk {ADDRESS} wrote:",
        "On Mon, Nov 11, 2013 at 3:15 PM Desk <\nrequests@desk.example> wrote:",
        f"On Nov 11, 2013, at 3:15 PM, Desk {ADDRESS} wrote:",
        f"пн, 11 нояб. 2013 г. в 15:15, Desk {ADDRESS}:",
        "понедельник, 6 октября 2014 г. пользователь Desk написал:",
        f'20 окт. 2016 г. 19:37 пользователь "Desk" {ADDRESS} написал:',
        f"11 нояб. 2013 г., в 15:15, Desk {ADDRESS} написал(а):",
        "11.11.2013 15:15, Desk пишет:",
        "11.11.2013 15:15 уақытында, Desk жазған:",
        "Desk жазған, уақыты 2013-11-11 15:15:",
        f'26.06.2014, 14:41, "Desk" {ADDRESS}:',
        f"Среда, 15 мая 2019, 11:57 +03:00 от Desk {ADDRESS}:",
        "Desk писал(а) 2013-11-11 15:15:",
        "11.11.2013 15:15 tarixdə, Desk yazıb:",
        "11.11.2013 15:15 tarihinde Desk yazdı:",
        f"Am 11.11.2013 um 15:15 schrieb Desk {ADDRESS}:",
        "Вы писали 11 ноября 2013 г., 15:15:15:",
    ],
)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_attributions_of_every_client_go_with_their_quote(attribution: str, mark: str) -> None:
    assert text(f"Yes\n\n{attribution}\n\n{mark}No\n{mark}Received\n") == "Yes"


@pytest.mark.parametrize(
    "block",
    [
        "From: Desk\nSent: Monday\nTo: Olga\nSubject: x",
        "От: Desk\nОтправлено: понедельник\nКому: Ольга\nТема: x",
        "Кімнен: Desk\nКүні: дүйсенбі\nКімге: Айгерім\nТақырыбы: x\nКөшірме: y",
        "Kimdən: Desk\nGöndərildi: bazar ertəsi\nKimə: Leyla\nMövzu: x\nNüsxə: y",
        "Göndərən: Desk\nTarix: 2 noyabr\nAlıcı: Leyla\nMövzu: x",
        "Kimden: Desk\nTarih: 2 Kasım\nKime: Leyla\nKonu: x",
        "*From:* Desk\n*Date:* Monday",
    ],
)
@pytest.mark.parametrize(
    "rule", ["", "_" * 32 + "\n", "-----Original Message-----\n", "-----Исходное сообщение-----\n"]
)
def test_header_blocks_cut_everything_below(block: str, rule: str) -> None:
    assert text(f"Yes\n\n{rule}{block}\n\nNo\n") == "Yes"


@pytest.mark.parametrize(
    "own",
    [
        "From: our stock\nof 1978",
        "Тема: литература\nДата: 1978",
        "We need three things:\n- one",
        "Please answer to a@x.example by Monday:\nwe wait",
        "> not ours\nbut this",
    ],
)
def test_what_people_write_themselves_stays(own: str) -> None:
    assert text(f"Hello\n{own}\n").splitlines()[-1] == own.splitlines()[-1]


def test_our_separator_cuts_and_takes_the_attribution_above_it_along() -> None:
    assert text(f"Yes\n\nOn 2 November 2026 Desk wrote:\n\n{SEPARATOR_MARK}\nNo\n") == "Yes"


def test_answers_between_quotes_are_kept_with_their_context() -> None:
    seen = visible(plain_lines("> First?\nOne.\n> Second?\nTwo.\n"))

    assert seen.text == "One.\n\nTwo."
    assert seen.context == "> First?\nOne.\n> Second?\nTwo."


def test_what_was_removed_is_kept() -> None:
    assert visible(plain_lines("Yes\n\n> No\n> Maybe\n")).removed == "> No\n> Maybe"


def test_where_nothing_remains_everything_is_shown() -> None:
    seen = visible(plain_lines("> No\n> Maybe\n"))

    assert (seen.text, seen.whole) == ("> No\n> Maybe", True)


def test_flowed_lines_are_joined_at_their_depth() -> None:
    assert plain_lines("a \nb\n> c \n> d\n-- \ne", flowed=True) == [
        Line("a b"),
        Line("> c d", Mark.QUOTED),
        Line("--"),
        Line("e"),
    ]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ('<p class="MsoNormal">a</p><p class="MsoNormal">b</p>', "a\nb"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a&nbsp;&nbsp;b", "a b"),
        ("<b>a</b>b", "ab"),
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\nb"),
        ("a<script>b</script><style>c</style>", "a"),
        ('a<span style="display:none">b</span>c', "ac"),
        ('<blockquote type="cite">q</blockquote>a', "a"),
        ('<blockquote style="margin:0 0 0 40px;border:none">a</blockquote>', "a"),
        ('a<div id="appendonsend"></div>q', "a"),
        ('a<div data-abonement="1">q</div>q', "a"),
        ('a<div class="gmail_signature">s</div>', "a"),
        ('a<div style="border-top:solid #E1E1E1 1.0pt"><b>From:</b> x</div>q', "a"),
        ('a<div style="border-top:solid #E1E1E1 1.0pt">b</div>', "a\nb"),
        ("", ""),
        ("<", "<"),
    ],
)
def test_html(markup: str, said: str) -> None:
    assert visible(html_lines(markup)).text == said


@pytest.mark.parametrize("prefix", ["\t", "| ", "  ", "AM> ", "» "])
def test_answer_below_a_quote_that_is_indented_in_a_way_of_its_own(prefix: str) -> None:
    quote = f"{prefix}{SEPARATOR_MARK} Please write above.\n{prefix}\n{prefix}yes — We can supply\n"

    assert text(f"Desk {ADDRESS} wrote:\n\n{quote}NO rare\n") == "NO rare"
    assert text(f"YES\n\nDesk {ADDRESS} wrote:\n\n{quote}") == "YES"
    assert visible(plain_lines(f"Desk {ADDRESS} wrote:\n\n{quote}")).whole


def test_mark_that_is_not_indented_still_cuts_everything_below() -> None:
    assert text(f"YES\n\n{SEPARATOR_MARK} Please write above.\n\nNO\n") == "YES"
    assert text(f"YES\n\n {SEPARATOR_MARK} Please write above.\n\n NO\n") == "YES"
