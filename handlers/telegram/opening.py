"""Opening a short form: the conversation remembers which, about what, and the question that comes first."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.telegram.answers import Answers
from models.rules import asking
from models.rules.vocabulary import FormName

ASKED = "asked"
"""The state of a conversation with an open short form."""


async def open_form(
    state: FSMContext,
    answers: Answers,
    form: FormName,
    *,
    ref: int,
    version: int = 0,
    item: int = 0,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Ask the first question. `ref` is what the form is about, `version` what the person saw of it.

    `item` is the item that an item's form changes; 0 proposes a new one.
    """
    given = dict(values or {})
    data = {
        "form": form.value,
        "ref": ref,
        "version": version,
        "item": item,
        "values": given,
        "step": asking.next_ask(form, given, after=None),
    }
    await state.set_state(ASKED)
    await state.set_data(data)
    answers.asked(data)
