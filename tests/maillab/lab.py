"""Postfix and Dovecot of our own: own configuration, own CA, own queue, on free ports of loopback."""

import asyncio
import os
import pwd
import shutil
import socket
import ssl
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from imap_tools.mailbox import MailBoxStartTls

HERE = Path(__file__).parent
PROGRAMS = ("postfix", "postconf", "dovecot", "doveadm", "openssl", "swaks", "s-nail", "mutt")
BOT, BAKU, ALMATY, GHOST = (
    "requests@bot.test",
    "coordinator@baku.test",
    "staff@almaty.test",
    "nobody@almaty.test",
)
PASSWORDS = {BOT: "bot", BAKU: "baku", ALMATY: "almaty"}
PATIENCE = 15.0


class AbsentError(Exception):
    """The mail servers cannot be run here; the text says why."""


def refuse_if_absent() -> None:
    """Raise `AbsentError` where something that the lab needs is missing."""
    if os.geteuid() != 0:
        raise AbsentError("Postfix and Dovecot have to be started as root")
    missing = [name for name in PROGRAMS if _program(name) is None]
    if missing:
        raise AbsentError(f"not installed: {', '.join(missing)}")
    version = _run("dovecot", "--version")
    if not version.startswith("2.3."):
        raise AbsentError(f"the configuration is for Dovecot 2.3, here is {version.strip()}")


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def _run(name: str, *given: str, **more: Any) -> str:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(_ran(name, *given, **more))
    finally:
        loop.close()


async def _ran(name: str, *given: str, text: str | None = None, **more: Any) -> str:
    # Into a file: a server that stays behind would keep a pipe open for good.
    with tempfile.TemporaryFile() as said:
        done = await asyncio.create_subprocess_exec(
            _program(name) or name,
            *given,
            stdin=asyncio.subprocess.DEVNULL if text is None else asyncio.subprocess.PIPE,
            stdout=said,
            stderr=said,
            **more,
        )
        async with asyncio.timeout(4 * PATIENCE):
            await done.communicate(None if text is None else text.encode())
        said.seek(0)
        output = said.read().decode(errors="replace")
    if done.returncode:
        raise RuntimeError(f"{name} {' '.join(given)}: {output}")
    return output


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


PORTS = ("smtp", "submission", "imap", "imaps", "lmtp", "tokens")
"""The last is nobody's until a test listens there: Dovecot asks it whether a token is good (RFC 7662)."""


@dataclass
class Lab:
    """The two servers, running. Boxes: `PASSWORDS`; `GHOST` is known to Postfix alone and bounces."""

    folder: Path
    ports: dict[str, int] = field(default_factory=dict)

    @property
    def ca(self) -> Path:
        """The certificate by which the servers can be trusted."""
        return self.folder / "tls" / "ca.pem"

    def trusting(self) -> ssl.SSLContext:
        """A client's context that trusts the lab alone."""
        return ssl.create_default_context(cafile=self.ca)

    def smtp_url(self, user: str = BOT) -> str:
        """Submission with STARTTLS and AUTH, as the bot is configured."""
        account = user.replace("@", "%40")
        return f"smtp+starttls://{account}:{PASSWORDS[user]}@localhost:{self.ports['submission']}"

    def imap_url(self, user: str = BOT, *, scheme: str = "imap+starttls") -> str:
        """The box of an account."""
        port = self.ports["imaps" if scheme == "imaps" else "imap"]
        return f"{scheme}://{user.replace('@', '%40')}:{PASSWORDS[user]}@localhost:{port}/INBOX"

    def start(self) -> None:
        """Write the configuration and start both."""
        self.ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
        for part in ("pf", "q", "data", "dc/run", "dc/state", "tls", "mail", "log"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        _everybody_may_pass(self.folder)
        certify(self.folder / "tls")
        shutil.chown(self.folder / "data", "postfix")
        shutil.chown(self.folder / "mail", "vmail", "vmail")
        self._configure()
        _run("postfix", "-c", str(self.folder / "pf"), "check")
        self.start_dovecot()
        self.start_postfix()

    def _configure(self) -> None:
        known = {"D": str(self.folder), **{name: str(port) for name, port in self.ports.items()}}
        for name in ("pf/main.cf", "pf/master.cf", "dc/dovecot.conf", "dc/oauth2.conf"):
            text = (HERE / "etc" / Path(name).name).read_text(encoding="utf-8")
            (self.folder / name).write_text(Template(text).substitute(known), encoding="utf-8")
        users = "".join(f"{user}:{{PLAIN}}{password}\n" for user, password in PASSWORDS.items())
        (self.folder / "dc" / "users").write_text(users, encoding="utf-8")
        boxes = "".join(f"{user} x\n" for user in (*PASSWORDS, GHOST))
        (self.folder / "pf" / "boxes").write_text(boxes, encoding="utf-8")
        (self.folder / "pf" / "transport").write_text("", encoding="utf-8")

    def start_postfix(self) -> None:
        """Start Postfix and wait until it listens."""
        _run("postfix", "-c", str(self.folder / "pf"), "start")
        self._listens("smtp")

    def stop_postfix(self) -> None:
        """Stop it as an operator does; what is queued stays queued."""
        _run("postfix", "-c", str(self.folder / "pf"), "stop")

    def start_dovecot(self) -> None:
        """Start Dovecot and wait until it listens."""
        _run("dovecot", "-c", str(self.folder / "dc" / "dovecot.conf"))
        self._listens("imap")

    def stop_dovecot(self) -> None:
        """Stop it as an operator does."""
        _run("doveadm", "-c", str(self.folder / "dc" / "dovecot.conf"), "stop")
        self._silent("imap")

    def _listens(self, name: str) -> None:
        until = time.monotonic() + PATIENCE
        while not self._is_open(name):
            if time.monotonic() > until:
                raise RuntimeError(f"{name} does not listen\n{self.log()}")
            time.sleep(0.02)

    def _silent(self, name: str) -> None:
        until = time.monotonic() + PATIENCE
        while self._is_open(name) and time.monotonic() < until:
            time.sleep(0.02)

    def _is_open(self, name: str) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.ports[name])) == 0

    def stop(self) -> None:
        """Stop both, whatever state they are in."""
        for stop in (self.stop_postfix, self.stop_dovecot):
            try:
                stop()
            except RuntimeError:
                continue

    def hand_over_to(self, listener: tuple[str, int] | None) -> None:
        """Have Postfix bring the bot's mail to a listener over LMTP; None: into the bot's mailbox."""
        line = f"bot.test lmtp:inet:{listener[0]}:{listener[1]}\n" if listener else ""
        (self.folder / "pf" / "transport").write_text(line, encoding="utf-8")
        _run("postfix", "-c", str(self.folder / "pf"), "reload")

    def flush(self) -> None:
        """Try again at once what could not be delivered."""
        _run("postfix", "-c", str(self.folder / "pf"), "flush")

    def queued(self) -> int:
        """How many messages Postfix still holds."""
        return sum(
            1
            for part in ("incoming", "active", "deferred", "maildrop")
            for path in (self.folder / "q" / part).rglob("*")
            if path.is_file()
        )

    def log(self) -> str:
        """What both have to say, newest last."""
        return "".join(
            path.read_text(errors="replace")[-4000:] for path in sorted((self.folder / "log").iterdir())
        )

    def letters(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """The messages in a box, by IMAP."""
        with MailBoxStartTls("localhost", self.ports["imap"], ssl_context=self.trusting()).login(
            user, PASSWORDS[user], initial_folder=folder
        ) as box:
            uids = box.uids()
            if not uids:
                return []
            answer = box.client.uid("FETCH", ",".join(uids), "(BODY.PEEK[])")[1]
        return [bytes(one[1]) for one in answer if isinstance(one, tuple)]

    def wipe(self) -> None:
        """Empty every box."""
        for user in PASSWORDS:
            for folder in ("INBOX", "Processed", "Failed"):
                with MailBoxStartTls("localhost", self.ports["imap"], ssl_context=self.trusting()).login(
                    user, PASSWORDS[user], initial_folder=folder
                ) as box:
                    box.delete(box.uids())

    async def waits(self, user: str, count: int = 1) -> list[bytes]:
        """The letters of a box once there are so many."""
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await asyncio.to_thread(self.letters, user)
                if len(found) >= count:
                    return found
                await asyncio.sleep(0.05)

    def swaks(self, *given: str, data: bytes | None = None) -> str:
        """Hand a raw mail in as somebody outside does."""
        arguments = ["--server", f"127.0.0.1:{self.ports['smtp']}", "--helo", "client.test", *given]
        if data is not None:
            path = self.folder / f"raw-{time.monotonic_ns()}"
            path.write_bytes(data)
            arguments += ["--data", f"@{path}"]
        return _run("swaks", *arguments)

    def maildir(self, user: str) -> Path:
        """Where Dovecot keeps a box."""
        name, _, host = user.partition("@")
        return self.folder / "mail" / host / name / "Maildir"

    def s_nail(self, user: str, commands: Sequence[str]) -> None:
        """Run a colleague's old command-line client on their box."""
        settings = [
            "set v15-compat",
            "set expandaddr",
            "set sendwait",
            "set ttycharset=utf-8",
            f"set from={user}",
            "set smtp-auth=none",
            f"set mta=smtp://localhost:{self.ports['smtp']}",
        ]
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        _run(
            *("s-nail", "-:/", "-#", "-f", f"maildir://{self.maildir(user)}"),
            text="\n".join([*settings, *commands, ""]),
            env={**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8"},
        )

    def mutt(self, user: str, text: str) -> None:
        """Reply to the newest letter of a box in the full-screen client of Unix desks, above the quote."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        editor, settings = home / "editor", home / "muttrc"
        editor.write_text(
            f"""#!/bin/sh\n{{ echo '{text}'; echo; cat "$1"; }} > "$1.new" && mv "$1.new" "$1"\n"""
        )
        editor.chmod(0o755)
        wishes = [
            f'set folder="{home}" from="{user}" editor="{editor}"',
            f'set smtp_url="smtp://localhost:{self.ports["smtp"]}" ssl_starttls=no ssl_force_tls=no',
            "set mbox_type=Maildir use_from=yes copy=no include=yes fast_reply=yes reply_to=yes delete=no",
            "set reply_self=yes abort_unmodified=no abort_noattach=no quit=yes wait_key=no",
            "set sort=date-received",
            'push "<last-entry><reply><send-message><quit>"',
        ]
        settings.write_text("\n".join(["set realname=", *wishes, ""]), encoding="utf-8")
        _run(
            *("script", "-qec", f"mutt -n -F {settings} -f {self.maildir(user)}", "/dev/null"),
            env={**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8", "TERM": "xterm"},
        )


def _everybody_may_pass(folder: Path) -> None:
    """The servers' own users go through it; what lies above it is theirs to pass already."""
    folder.chmod(0o755)


def certify(folder: Path) -> None:
    """A CA (ca.pem) and a certificate for localhost that it signed (srv.pem, srv.key)."""
    _certificate(folder, "ca", "basicConstraints=critical,CA:TRUE")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "basicConstraints=critical,CA:FALSE")
    _certificate(folder, "srv", "subjectAltName=DNS:mx.bot.test,DNS:localhost,IP:127.0.0.1", *signed)


def _certificate(folder: Path, name: str, extension: str, *more: str) -> None:
    _run(
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-days", "2", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem"),
        *("-addext", extension, *more),
        cwd=folder,
    )


def _vmail() -> None:
    try:
        pwd.getpwnam("vmail")
    except KeyError:
        _run("useradd", "--system", "-M", "--user-group", "-s", "/usr/sbin/nologin", "vmail")


@contextmanager
def running(folder: Path) -> Iterator[Lab]:
    """The lab in a folder of its own; raises `AbsentError` where it cannot run."""
    refuse_if_absent()
    _vmail()
    lab = Lab(folder)
    try:
        lab.start()
        yield lab
    finally:
        lab.stop()
