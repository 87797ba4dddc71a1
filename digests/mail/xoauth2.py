"""Signing in with an access token (XOAUTH2), by client credentials: how Microsoft 365 lets programs send mail.

https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
"""

import json
import smtplib
import threading
import time
import urllib.request
from typing import Any
from urllib.parse import urlencode

from config.settings import MailSettings

SCOPE = "https://outlook.office365.com/.default"
ASK_SECONDS = 10
# A token is not used in its last minute.
MARGIN_SECONDS = 60


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
                answer = self._ask()
                self._token = str(answer["access_token"])
                self._until = time.monotonic() + float(answer["expires_in"]) - MARGIN_SECONDS
            return self._token

    def _ask(self) -> dict[str, Any]:
        """RFC 6749 §4.4. Raises OSError, also for an answer that is none."""
        asked = urlencode(
            {
                "grant_type": "client_credentials",
                "client_id": self._settings.client_id,
                "client_secret": self._settings.client_secret.get_secret_value(),
                "scope": SCOPE,
            }
        )
        with urllib.request.urlopen(self._settings.token_url, asked.encode(), timeout=ASK_SECONDS) as answer:  # noqa: S310 -- the settings take http and https alone
            try:
                return dict(json.load(answer))
            except ValueError:
                raise OSError("the token address gave no JSON") from None
