"""The name of what the clocks bring next."""

from handlers.text import exchanges, reminders
from handlers.text.agreement import renewal
from handlers.text.cooperation import STEPS
from handlers.text.voice import Voice
from models.rules.reminders import Due
from models.rules.vocabulary import ExchangeStep, PlanStepName, RenewalStep


def name_of(voice: Voice, step: Due | RenewalStep | PlanStepName | ExchangeStep | None) -> str:
    """In a line; where no clock runs, the next morning comes."""
    match step:
        case None:
            return reminders.nothing_else(voice)
        case RenewalStep():
            return renewal.headline(voice, step)
        case PlanStepName():
            return voice.label(STEPS[step])
        case ExchangeStep():
            return voice.say(exchanges.STEPS[step])
        case Due():
            return reminders.headline(voice, step)
