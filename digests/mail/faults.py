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
# Signing in is missing, wrong, or of a kind that is no longer taken.
SIGNING_IN = (530, 535)
SIGNING_IN_ENDED = ("5", "7", "30")


def while_connecting(fault: Exception) -> NotDelivered:
    """Before any letter was named: greeting, TLS, signing in."""
    if isinstance(fault, smtplib.SMTPResponseException):
        return _about_the_way(fault)
    if isinstance(fault, UnicodeError):  # its words would quote the password
        return _of(Outcome.NOT_SENT, "user name or password is not ASCII", Blame.OPERATOR)
    curable = isinstance(fault, ssl.SSLError | smtplib.SMTPNotSupportedError)
    curable |= type(fault) is smtplib.SMTPException  # no way of signing in that both know
    return _of(Outcome.NOT_SENT, _words(fault), Blame.OPERATOR if curable else Blame.WAY)


def while_addressing(fault: Exception, address: str) -> NotDelivered:
    """Before the letter's text was sent: it has certainly not arrived."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        code, said = fault.recipients[address]
        return _refused(code, said.decode("utf-8", "replace"))
    if isinstance(fault, smtplib.SMTPSenderRefused) and not _is_about_size(fault):
        return _about_the_way(fault)
    if isinstance(fault, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return _refused(fault.smtp_code, _said(fault, code=False))
    if isinstance(fault, smtplib.SMTPNotSupportedError):  # an address in UTF-8, and a server without SMTPUTF8
        return _of(Outcome.REFUSED, _words(fault))
    return _of(Outcome.NOT_SENT, _words(fault))


def while_sending(fault: Exception) -> NotDelivered:
    """From the text on: without an answer nobody knows whether it arrived (RFC 5321 §4.5.3.2.6)."""
    if isinstance(fault, smtplib.SMTPDataError) and fault.smtp_code >= 400:
        return _refused(fault.smtp_code, _said(fault, code=False))
    return _of(Outcome.AMBIGUOUS, _words(fault))


def unwritable(fault: ValueError) -> NotDelivered:
    """No letter can be made of it."""
    return _of(Outcome.REFUSED, _words(fault))


def leaves_the_line_good(fault: Exception) -> bool:
    """A plain no does. After an answer that is none, nobody knows which command the next one answers."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 600 for code, _ in fault.recipients.values())
    if isinstance(fault, smtplib.SMTPResponseException):
        return 400 <= fault.smtp_code < 600
    return isinstance(fault, smtplib.SMTPNotSupportedError)


def _about_the_way(fault: smtplib.SMTPResponseException) -> NotDelivered:
    """A no to whoever writes from here. An answer that is none may pass."""
    for_good = 500 <= fault.smtp_code < 600
    return _of(Outcome.NOT_SENT, _said(fault), Blame.OPERATOR if for_good else Blame.WAY)


def _refused(code: int, said: str) -> NotDelivered:
    """A no to one letter, by its code."""
    reason = f"{code} {said}"
    found = ENHANCED.search(said)
    enhanced = found.groups() if found else ("", "", "")
    if code == CLOSING:
        return _of(Outcome.NOT_SENT, reason, Blame.WAY)
    if code in SIGNING_IN or enhanced == SIGNING_IN_ENDED:
        return _of(Outcome.NOT_SENT, reason, Blame.OPERATOR)
    if enhanced[:2] == ("5", POLICY_SUBJECT):
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
