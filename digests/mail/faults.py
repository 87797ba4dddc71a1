"""What each failure of a mail server means: for this letter, for the way, or for the operator.

After RFC 5321 §4.2 (codes), RFC 3463 (enhanced codes) and what servers were seen to say.
"""

import re
import smtplib
import ssl

from digests.courier.parcels import Blame, NotDelivered, Outcome

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
CLOSING = 421
REASON_LENGTH = 300
# 5.2.2: the mailbox is full, which passes.
FULL = ("5", "2", "2")
POLICY_SUBJECT = "7"


def while_connecting(fault: Exception) -> NotDelivered:
    """Before any letter was named: greeting, TLS, signing in."""
    if isinstance(fault, smtplib.SMTPResponseException):
        passing = 400 <= fault.smtp_code < 500
        return _of(Outcome.NOT_SENT, _said(fault), Blame.WAY if passing else Blame.OPERATOR)
    if isinstance(fault, UnicodeError):  # its words would quote the password
        return _of(Outcome.NOT_SENT, "user name or password is not ASCII", Blame.OPERATOR)
    curable = isinstance(fault, ssl.SSLError | smtplib.SMTPNotSupportedError)
    return _of(Outcome.NOT_SENT, _words(fault), Blame.OPERATOR if curable else Blame.WAY)


def while_addressing(fault: Exception, address: str) -> NotDelivered:
    """Before the letter's text was sent: it has certainly not arrived."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        code, said = fault.recipients[address]
        return _refused(code, said.decode("utf-8", "replace"))
    if isinstance(fault, smtplib.SMTPSenderRefused) and not _is_about_size(fault):
        passing = 400 <= fault.smtp_code < 500
        return _of(Outcome.NOT_SENT, _said(fault), Blame.WAY if passing else Blame.OPERATOR)
    if isinstance(fault, smtplib.SMTPResponseException):
        return _refused(fault.smtp_code, _said(fault, code=False))
    if isinstance(fault, smtplib.SMTPNotSupportedError):  # an address in UTF-8, and a server without SMTPUTF8
        return _of(Outcome.REFUSED, _words(fault))
    return _of(Outcome.NOT_SENT, _words(fault))


def while_sending(fault: Exception) -> NotDelivered:
    """From the text on: without an answer nobody knows whether it arrived (RFC 5321 §4.5.3.2.6)."""
    if isinstance(fault, smtplib.SMTPResponseException) and fault.smtp_code >= 400:
        return _refused(fault.smtp_code, _said(fault, code=False))
    return _of(Outcome.AMBIGUOUS, _words(fault))


def _refused(code: int, said: str) -> NotDelivered:
    """A clear no, by its code."""
    reason = f"{code} {said}"
    found = ENHANCED.search(said)
    enhanced = found.groups() if found else ("", "", "")
    if code == CLOSING:
        return _of(Outcome.NOT_SENT, reason, Blame.WAY)
    if enhanced[:2] == ("5", POLICY_SUBJECT) or code == 530:
        return _of(Outcome.NOT_SENT, reason, Blame.POLICY)
    if not 500 <= code < 600 or enhanced == FULL:
        return _of(Outcome.NOT_SENT, reason)
    return _of(Outcome.REFUSED, reason)


def _is_about_size(fault: smtplib.SMTPSenderRefused) -> bool:
    """552 at MAIL FROM: the letter is too large (RFC 1870 §6.1)."""
    return fault.smtp_code == 552


def _said(fault: smtplib.SMTPResponseException, *, code: bool = True) -> str:
    said = fault.smtp_error
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return f"{fault.smtp_code} {words}" if code else words


def _words(fault: Exception) -> str:
    return str(fault) or type(fault).__name__


def _of(outcome: Outcome, reason: str, blame: Blame = Blame.ENTRY) -> NotDelivered:
    return NotDelivered(outcome, " ".join(reason.split())[:REASON_LENGTH], blame)
