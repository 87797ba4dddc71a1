"""Tokens: links that carry their own proof, so that a letter's reader needs no sign-in.

A token is `payload.proof`: HMAC-SHA256 over purpose and payload, cut to 128 bits.
Two keys live at a time, so that keys can change while old letters go on working.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Session

LIVE_KEYS = 2
PROOF_BYTES = 16


class TokenKey(Base):
    """A secret that proves tokens. Made by `migrate`; it travels with the database, so a restore keeps links alive."""

    __tablename__ = "token_keys"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    secret: Mapped[bytes]
    made_at: Mapped[datetime]


@dataclass(frozen=True)
class Tokens:
    """Makes and reads tokens. `secrets` are the live keys, the newest first."""

    secrets: tuple[bytes, ...]

    def make(self, purpose: str, payload: str) -> str:
        """A token for `payload`, good for `purpose` alone."""
        written = _letters(payload.encode())
        return f"{written}.{_proof(self.secrets[0], purpose, written)}"

    def read(self, purpose: str, token: str) -> str | None:
        """The payload of a true token; None for any other text."""
        written, _, proof = token.partition(".")
        if not token.isascii():
            return None
        good = [hmac.compare_digest(_proof(key, purpose, written), proof) for key in self.secrets]
        return _text(written) if any(good) else None

    def seal(self, purpose: str, secret: str) -> str:
        """What is stored of a secret that people type: enough to know it again, not to tell it."""
        return _proof(self.secrets[0], purpose, secret)


def live_tokens(session: Session) -> Tokens:
    """The tokens of this installation."""
    newest = select(TokenKey.secret).order_by(TokenKey.id.desc()).limit(LIVE_KEYS)
    return Tokens(tuple(session.scalars(newest)))


def make_key(session: Session, now: datetime) -> None:
    """Add a key. Tokens of the key before the last one stop working."""
    session.add(TokenKey(secret=os.urandom(32), made_at=now))


def _proof(secret: bytes, purpose: str, written: str) -> str:
    digest = hmac.digest(secret, f"{purpose}\0{written}".encode(), hashlib.sha256)
    return _letters(digest[:PROOF_BYTES])


def _letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _text(letters: str) -> str:
    return base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4)).decode()
