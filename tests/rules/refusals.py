"""One refusal of every kind."""

from models.rules import errors
from models.rules.errors import Refusal
from models.rules.gaps import refusals
from models.rules.planning import refusals as plan_refusals
from models.rules.vocabulary import (
    Act,
    ExchangeAct,
    ExchangeStage,
    FormName,
    ItemAct,
    ItemStage,
    ItemState,
    ListProblem,
    Service,
    Side,
    Stage,
)

SAMPLES: dict[type[Refusal], Refusal] = {
    type(sample): sample
    for sample in (
        errors.NotPossibleNow(act=Act.SHIP, stage=Stage.SHIPPED),
        errors.OtherSide(act=Act.ACCEPT, stage=Stage.CONDITIONAL, side=Side.REQUESTING),
        errors.Stale(number="NLRK-2028-0007", act=Act.YES, by="Aygün", at="2028-08-08T05:00:00+00:00"),
        errors.Missing(act=Act.NO, detail="reason"),
        errors.TooLate(act=Act.UNDO, limit=24),
        errors.NothingToUndo(),
        errors.BadSpan(),
        errors.UnknownRequest(),
        errors.NotAllowed(),
        errors.NoAgreement(),
        errors.AlreadyAsked(
            request=7, number="ANL-2028-0007", on="2028-08-08", stage=Stage.WILL_SUPPLY, service=Service.LOAN
        ),
        errors.CodeUnknown(),
        errors.CodeExpired(),
        errors.TooManyCodes(),
        errors.AlreadyMember(library=2),
        errors.BadField(field="title", kind="too_long", limit=1000),
        errors.FileTooLarge(name="скан.pdf", limit=20),
        errors.FileWrongKind(name="скан.exe"),
        errors.NoRoom(name="скан.pdf"),
        errors.EmptyReply(),
        errors.DraftGone(),
        errors.Damaged(),
        errors.NobodyElse(),
        errors.UnknownLetter(),
        errors.LetterTooLong(limit=3500),
        errors.LastCoordinator(),
        errors.NotColleague(),
        errors.BadAddress(address="aigul@nlrk"),
        errors.InvitationOver(),
        errors.Failed(),
        errors.BadSpan(),
        errors.NoSuchAgreement(),
        errors.TermRefused(kind="in_the_future", day="2028-08-08"),
        errors.WindowClosed(),
        errors.SettledMeanwhile(),
        errors.ProposalOpen(),
        errors.OtherSidesWord(),
        errors.NotADay(),
        errors.WrongNumber(),
        errors.AgreementEnded(on="2028-11-08"),
        plan_refusals.UnknownPlan(),
        plan_refusals.ItemNotPossible(act=ItemAct.CANCEL, stage=ItemStage.DONE),
        plan_refusals.ItemOtherSide(act=ItemAct.ACCEPT),
        plan_refusals.ItemLacks(act=ItemAct.DECLINE, detail="reason"),
        plan_refusals.ItemMoved(
            title="Абай оқулары", act=ItemAct.CHANGE, by="Aygün", at="2028-08-08T05:00:00+00:00"
        ),
        plan_refusals.OlderText(term="2027–2029"),
        plan_refusals.NothingToAgree(),
        errors.BadAnswer(form=FormName.ITEM, field="when", kind="not_a_date"),
        errors.UnknownBulletin(),
        errors.BulletinWithdrawn(),
        errors.BulletinMoved(),
        errors.NotUnderstood(),
        refusals.UnknownItem(),
        refusals.ItemTaken(number=12, state=ItemState.PROMISED),
        refusals.ExchangeNotNow(act=ExchangeAct.CANCEL, stage=ExchangeStage.RECEIVED),
        refusals.ExchangeMoved(act=ExchangeAct.OFFER, by="Aygün", at="2028-08-08T05:00:00+00:00"),
        refusals.BadList(name="лакуны.xlsx", why=ListProblem.BOMB),
        refusals.ImportOver(),
    )
}
