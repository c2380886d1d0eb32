"""What a step of an agreement's calendar is made of."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.period import add_months
from models.rules.vocabulary import RenewalGroup, RenewalStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step, so many months or days before its anchor (after it when negative).

    `backward`: on a closed day of the recipient it comes earlier, never past the anchor; else later.
    `asks`: an answer is expected, and awaited from somebody else when none comes.
    """

    step: RenewalStep
    group: RenewalGroup
    months: int = 0
    days: int = 0
    backward: bool = True
    asks: bool = False

    def day(self, anchor: date) -> date:
        """The civil day of the step, whether anybody works on it or not."""
        return add_months(anchor, -self.months) - timedelta(days=self.days)
