"""Signing in with an access token (XOAUTH2), by client credentials: how Microsoft 365 lets programs send mail.

https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
"""

import http.client
import json
import smtplib
import ssl
import threading
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode

from config.settings import MailSettings
from storage import crash_points

SCOPE = "https://outlook.office365.com/.default"
ASK_SECONDS = 10
# A token is not used in its last minute.
MARGIN_SECONDS = 60
# Where the answer does not say how long it lives (RFC 6749 §5.1 only recommends it).
USUAL_SECONDS = 3_600
# Asking too often, or for too long, is no wrong secret.
PASSING = (408, 429)
# How SMTP says that signing in was refused.
REFUSED = 535


class AccessToken:
    """The token of one installation, asked for when it is needed and shared by all connections."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._token = ""
        self._until = 0.0
        self._asking = threading.Lock()

    def sign_in(self, server: smtplib.SMTP) -> None:
        """Sign in. Raises SMTPAuthenticationError when the token is refused, OSError when none could be had."""
        token = self._current()
        try:
            server.auth("XOAUTH2", lambda challenge=None: "" if challenge else self._proof(token))
        except smtplib.SMTPAuthenticationError:
            self._until = 0.0
            raise

    def _proof(self, token: str) -> str:
        return f"user={self._settings.username}\x01auth=Bearer {token}\x01\x01"

    def _current(self) -> str:
        with self._asking:
            if time.monotonic() >= self._until:
                crash_points.reached("token.ask")
                answer = self._answer()
                crash_points.reached("token.asked")
                self._token = str(answer["access_token"])
                self._until = time.monotonic() + float(answer.get("expires_in", USUAL_SECONDS)) - MARGIN_SECONDS
            return self._token

    def _answer(self) -> dict[str, Any]:
        """Raises OSError for what may pass, SMTPAuthenticationError or SSLError for what the operator must mend."""
        try:
            answer = json.loads(self._ask())
        except urllib.error.HTTPError as fault:
            with fault:
                told = f"the token address answered {fault.code} {_name_of(fault)}"
            if 400 <= fault.code < 500 and fault.code not in PASSING:
                raise smtplib.SMTPAuthenticationError(REFUSED, told) from None
            raise OSError(told) from None
        except urllib.error.URLError as fault:
            raise fault.reason if isinstance(fault.reason, ssl.SSLError) else fault from None
        except (ValueError, http.client.HTTPException):
            answer = None
        if not isinstance(answer, dict) or "access_token" not in answer:
            raise OSError("the token address gave no token")
        return answer

    def _ask(self) -> bytes:
        """RFC 6749 §4.4."""
        asked = urlencode(
            {
                "grant_type": "client_credentials",
                "client_id": self._settings.client_id,
                "client_secret": self._settings.client_secret.get_secret_value(),
                "scope": SCOPE,
            }
        )
        with urllib.request.urlopen(self._settings.token_url, asked.encode(), timeout=ASK_SECONDS) as answer:  # noqa: S310 -- the settings take http and https alone
            return bytes(answer.read())


def _name_of(fault: urllib.error.HTTPError) -> str:
    """The short name of an error (RFC 6749 §5.2). Its description might repeat what was asked."""
    try:
        return str(json.load(fault)["error"])
    except (OSError, ValueError, TypeError, KeyError, http.client.HTTPException):
        return ""
