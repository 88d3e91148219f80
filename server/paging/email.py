"""E-mail: the alert as a short letter, over SMTP that is encrypted or not used."""

import smtplib
from collections.abc import Callable
from contextlib import closing
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from server.domain.paging import Alert
from server.domain.routes import Email
from server.outside.thread import Failed, Threads, context

PORTS = {"starttls": 587, "tls": 465}
READY = 220

Letter = Callable[[Alert], tuple[str, str]]  # an alert's subject and its words


class EmailRoute:
    def __init__(self, way: Email, user: str, password: str, letter: Letter, deadline_s: float) -> None:
        self.name = way.name
        self._way = way
        self._user, self._password = user, password
        self._letter = letter
        self._deadline_s = deadline_s
        self._context = context(way.ca_file)
        self._threads = Threads(f"pager-{way.name}", deadline_s)

    async def tell(self, alert: Alert) -> bytes:
        smtp = self._smtp()
        return await self._threads.run(smtp, lambda: self._send(smtp, alert))

    def close(self) -> None:
        self._threads.close()

    def _smtp(self) -> smtplib.SMTP:
        """Not connected yet; with a name for ourselves, for else it would wait for one here."""
        us = self._way.sender.rpartition("@")[2]
        if self._way.security == "tls":
            return smtplib.SMTP_SSL(local_hostname=us, timeout=self._deadline_s, context=self._context)
        return smtplib.SMTP(local_hostname=us, timeout=self._deadline_s)

    def _send(self, smtp: smtplib.SMTP, alert: Alert) -> bytes:
        with closing(smtp):
            self._talk(smtp, self._message(alert))
        return b""

    def _talk(self, smtp: smtplib.SMTP, message: EmailMessage) -> None:
        way = self._way
        smtp._host = way.host  # type: ignore[attr-defined]  # else only its constructor knows it, and connects at once
        code, _ = smtp.connect(way.host, way.port or PORTS[way.security])
        if code != READY:
            raise Failed("answer")
        if way.security == "starttls":
            smtp.starttls(context=self._context)
        if self._user:
            try:
                smtp.login(self._user, self._password)
            except smtplib.SMTPAuthenticationError:
                raise Failed("login") from None
        smtp.send_message(message)
        smtp.quit()

    def _message(self, alert: Alert) -> EmailMessage:
        subject, words = self._letter(alert)
        message = EmailMessage()
        message["Subject"] = " ".join(subject.split())
        message["From"], message["To"] = self._way.sender, ", ".join(self._way.to)
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=self._way.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(words)
        return message
