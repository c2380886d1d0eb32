"""`doctor`, `health`: whether the installation is sound, and whether the program runs."""

import asyncio
import ipaddress
import json
import urllib.error
import urllib.request

import click

from bot import checkup
from bot.checkup import Finding, Verdict
from bot.clock import Clock
from bot.commands.desk import ConfigurationError, settings
from bot.settings import SettingsError

MARKS = {Verdict.OK: "ok     ", Verdict.WARNING: "warning", Verdict.PROBLEM: "PROBLEM"}
PATIENCE = 5.0


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def doctor(*, as_json: bool) -> None:
    """Examine settings, wires, database, files and queues. Exit 1 when a problem is found."""
    findings = asyncio.run(checkup.examine(settings(), Clock()()))
    sound = all(one.verdict is not Verdict.PROBLEM for one in findings)
    if as_json:
        body = {"sound": sound, "checks": [one.as_json() for one in findings]}
        click.echo(json.dumps(body, ensure_ascii=False))
    else:
        click.echo("\n".join(_line(one) for one in findings))
    raise SystemExit(0 if sound else 1)


def _line(one: Finding) -> str:
    return f"{MARKS[one.verdict]}  {one.name}: {one.detail}"


@click.command()
def health() -> None:
    """Ask the running program whether it lives. Exit 1 when it does not answer."""
    try:
        place = settings().serves
    except SettingsError as error:
        raise ConfigurationError(str(error)) from error
    if place is None:
        raise click.ClickException("the program opens no port: set ABONEMENT_LISTEN")
    url = f"http://{_reachable(place[0])}:{place[1]}/healthz"
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # the scheme is ours
            click.echo(json.load(answer)["status"])
    except (urllib.error.URLError, OSError, ValueError, KeyError) as error:
        raise click.ClickException(f"no healthy answer from {url}: {error}") from error


def _reachable(host: str) -> str:
    """The host as an address to ask; one that means every interface is asked on loopback."""
    try:
        known = ipaddress.ip_address(host)
    except ValueError:
        return host
    if known.is_unspecified:
        return "127.0.0.1" if known.version == 4 else "[::1]"
    return f"[{known}]" if known.version == 6 else str(known)
