"""The life of a request as the design has it, written by hand: what each side may do at each stage.

A line is a stage, a side (or the clock) and its acts: `act>next`, or `act` alone where the stage stays.
`:loan`, `:copy`, `:buy` (an acquisition), `:parcel` (loan or acquisition) or `:file` (copy or acquisition)
limits an act to services, `+flag` needs a flag, `-flag` is impossible with it.
`>resume` goes back to where the request came from.
"""

from dataclasses import dataclass

from models.rules.vocabulary import Act, Flag, Service, Side, Stage

CLOCK = "clock"
RESUME = "resume"

LOAN, COPY, BUY = Service
SERVICES = {
    "": frozenset(Service),
    "loan": frozenset({LOAN}),
    "copy": frozenset({COPY}),
    "buy": frozenset({BUY}),
    "parcel": frozenset({LOAN, BUY}),
    "file": frozenset({COPY, BUY}),
}

TABLE = """
draft         requesting  submit>sent

sent          supplying   open>received take>searching yes>will_supply conditions>conditional later>retry
sent          supplying   obtain>obtained:buy
sent          supplying   no>unfilled ship>shipped:parcel deliver>delivered:file undo comment hand_over
sent          requesting  wait cancel>cancelled close>closed undo comment hand_over
sent          clock       expire>expired

received      supplying   take>searching yes>will_supply conditions>conditional later>retry no>unfilled
received      supplying   obtain>obtained:buy
received      supplying   ship>shipped:parcel deliver>delivered:file undo comment hand_over
received      requesting  ask_status wait cancel>cancelled close>closed undo comment hand_over
received      clock       expire>expired

searching     supplying   yes>will_supply conditions>conditional later>retry no>unfilled expect
searching     supplying   obtain>obtained:buy
searching     supplying   ship>shipped:parcel deliver>delivered:file undo comment hand_over
searching     requesting  ask_status wait cancel>cancelled close>closed undo comment hand_over
searching     clock       expire>expired

conditional   requesting  wait accept>will_supply decline>closed cancel>cancelled undo comment hand_over
conditional   supplying   conditions>conditional withdraw_conditions>will_supply close>closed undo comment
conditional   supplying   hand_over
conditional   clock       expire>expired

retry         requesting  wait fix_and_resend>closed try_again cancel>cancelled close>closed
retry         requesting  undo comment hand_over
retry         supplying   yes>will_supply conditions>conditional later>retry no>unfilled
retry         supplying   obtain>obtained:buy
retry         supplying   ship>shipped:parcel deliver>delivered:file close>closed undo comment hand_over
retry         clock       expire>expired

will_supply   supplying   ship>shipped:parcel deliver>delivered:file expect no>unfilled undo comment hand_over
will_supply   supplying   obtain>obtained:buy
will_supply   requesting  cancel>cancel_asked close>closed undo comment hand_over

obtained      supplying   ship>shipped:buy deliver>delivered:file expect undo comment
obtained      supplying   hand_over
obtained      requesting  cancel>cancel_asked close>closed undo comment hand_over

cancel_asked  supplying   agree_cancel>cancelled refuse_cancel>resume undo comment hand_over
cancel_asked  requesting  close>closed undo comment hand_over

shipped       requesting  receive>on_loan:loan receive_damaged>on_loan:loan claim-claimed lose>lost
shipped       requesting  undo comment receive>done:buy receive_damaged>done:buy hand_over
shipped       supplying   detail_dispatch:parcel change_due:loan lose>lost close>closed undo comment hand_over

on_loan       requesting  ask_renewal-renewal_asked-recalled send_back>returning lose>lost undo comment
on_loan       requesting  hand_over
on_loan       supplying   grant_renewal+renewal_asked refuse_renewal+renewal_asked recall-recalled
on_loan       supplying   change_due:loan check_in>done close>closed undo comment hand_over
on_loan       clock       mark_overdue-overdue

returning     supplying   check_in>done check_in_damaged>lost claim_return-return_claimed
returning     supplying   lose>lost+return_claimed undo comment hand_over
returning     requesting  close>closed undo comment hand_over

lost          requesting  propose_settlement agree_settlement>done+settlement_by_supplying
lost          requesting  find>returning:loan find>shipped:buy undo comment hand_over
lost          supplying   propose_settlement agree_settlement>done+settlement_by_requesting
lost          supplying   find>returning:loan find>shipped:buy undo comment hand_over

delivered     requesting  fine>done:file problem>resend:file undo comment hand_over
delivered     supplying   deliver:file
delivered     supplying   promise_more:file-more_to_follow
delivered     supplying   complete:file+more_to_follow
delivered     supplying   close>closed undo comment hand_over
delivered     clock       finish_silent>done

resend        supplying   deliver>delivered:file cannot_resend>done:file undo comment hand_over
resend        requesting  close>closed undo comment hand_over

unfilled      requesting  to_gap_list ask_copy>closed:loan ask_another>closed close>closed undo comment
unfilled      requesting  hand_over
unfilled      supplying   close>closed undo comment hand_over
unfilled      clock       close_silent>closed

cancelled     requesting  reopen>resume undo comment
cancelled     supplying   reopen>resume undo comment
closed        requesting  reopen>resume undo comment
closed        supplying   reopen>resume undo comment
done          requesting  reopen>resume undo comment
done          supplying   reopen>resume undo comment
expired       requesting  reopen>resume undo comment
expired       supplying   reopen>resume undo comment
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """One thing that may be done; `to` is None where the stage stays."""

    stage: Stage
    side: Side | None
    act: Act
    to: Stage | str | None
    services: frozenset[Service]
    when: frozenset[Flag]
    unless: frozenset[Flag]


def read(line: str) -> list[Allowed]:
    """The acts of one line."""
    stage, side, *acts = line.split()
    return [_allowed(Stage(stage), None if side == CLOCK else Side(side), cell) for cell in acts]


def _allowed(stage: Stage, side: Side | None, cell: str) -> Allowed:
    cell, *unless = cell.split("-")
    cell, *when = cell.split("+")
    cell, _, service = cell.partition(":")
    act, _, to = cell.partition(">")
    return Allowed(
        stage=stage,
        side=side,
        act=Act(act),
        to=to if to == RESUME else Stage(to) if to else None,
        services=SERVICES[service],
        when=frozenset(map(Flag, when)),
        unless=frozenset(map(Flag, unless)),
    )


ALLOWED = tuple(allowed for line in TABLE.splitlines() if line for allowed in read(line))
