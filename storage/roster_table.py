"""The table of a roster: its columns, its words for roles, and every fault it can have."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from email_validator import EmailNotValidError, validate_email

from storage import prose
from storage.database import Session
from storage.groups import Group
from storage.memberships import Duty, Role
from storage.organisations import Unit, unit_named
from storage.people import person_known_as
from storage.rules import RuleBroken

REQUIRED = ("name", "email", "unit")
# What stands beyond the last column.
SURPLUS = ""
COLUMNS = (*REQUIRED, "role", "language", "slack", "matrix")
LANGUAGES = ("sv", "en")
ROLE_WORDS = {
    "ledamot": Role.MEMBER,
    "ordförande": Role.CHAIR,
    "ersättare": Role.SUBSTITUTE,
    "adjungerad": Role.GUEST,
    "för kännedom": Role.INFORMED,
    **{role.value: role for role in Role},
}
DUTY_WORDS = {
    "sekreterare": Duty.SECRETARY,
    "kommunikatör": Duty.COMMUNICATIONS,
    "justerare": Duty.APPROVER,
    "sammankallande": Duty.LEAD,
    **{duty.value: duty for duty in Duty},
}
ACCOUNTS = {"slack": re.compile(r"[UW][A-Z0-9]{2,}"), "matrix": re.compile(r"@[^:\s]+:[^\s:]+(:\d+)?")}


@dataclass(frozen=True)
class Fault:
    """What is wrong on one line (the header is line 1)."""

    line: int
    broken: RuleBroken


class RosterFaults(Exception):
    """The table cannot be imported; carries every fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass(frozen=True)
class Entry:
    """One line, understood."""

    name: str
    email: str
    unit: Unit | None
    role: Role
    duties: list[str]
    language: str | None
    accounts: dict[str, str]


def read_table(session: Session, group: Group, table: bytes) -> list[Entry]:
    """The people in `table`: CSV, UTF-8 with or without a byte-order mark, with `,` or `;`.

    Raises RosterFaults with every fault.
    """
    entries: list[Entry] = []
    faults: list[Fault] = []
    seen = _Seen({}, {})
    for line, cells in _rows(table):
        if SURPLUS in cells:
            faults.append(Fault(line, RuleBroken("roster-too-many-cells")))
            continue
        found = _Line(session, group, line, cells, seen)
        entry = found.entry()
        faults += found.faults
        if not found.faults:
            entries.append(entry)
    if faults:
        raise RosterFaults(faults)
    return entries


def address_typed(written: str) -> str:
    """A mail address as the record keeps it. Raises RuleBroken when it is none."""
    try:
        return validate_email(written, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise RuleBroken("roster-email-wrong", value=written) from None


def _rows(table: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        text = table.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RosterFaults([Fault(1, RuleBroken("roster-not-utf8"))]) from None
    header = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ",")
    columns = [prose.clean(cell).casefold() for cell in next(reader, [])]
    _require_columns(columns)
    rows, begins = [], reader.line_num + 1
    for cells in _readable(reader):
        if any(cell.strip() for cell in cells):
            rows.append((begins, dict(zip_longest(columns, map(prose.clean, cells[: len(columns) + 1]), fillvalue=""))))
        begins = reader.line_num + 1
    return rows


def _readable(reader: Any) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error:
        raise RosterFaults([Fault(reader.line_num, RuleBroken("roster-not-csv"))]) from None


def _require_columns(columns: list[str]) -> None:
    missing = [column for column in REQUIRED if column not in columns]
    faults = [RuleBroken("roster-columns-missing", columns=", ".join(missing))] if missing else []
    faults += [
        RuleBroken("roster-column-unknown", column=column, columns=", ".join(COLUMNS))
        for column in columns
        if column not in COLUMNS
    ]
    faults += [RuleBroken("roster-column-twice", column=column) for column in COLUMNS if columns.count(column) > 1]
    if faults:
        raise RosterFaults([Fault(1, fault) for fault in faults])


@dataclass(frozen=True)
class _Seen:
    """What earlier lines hold: on which line a mail address stands, and whose an account is."""

    lines: dict[str, int]
    owners: dict[str, str]


class _Line:
    """One line being read; it collects its faults."""

    def __init__(self, session: Session, group: Group, line: int, cells: dict[str, str], seen: _Seen) -> None:
        self._session = session
        self._group = group
        self._line = line
        self._cells = cells
        self._seen = seen
        self.faults: list[Fault] = []

    def entry(self) -> Entry:
        name = " ".join(self._cells.get("name", "").split())
        if not name:
            self._fault("roster-name-missing")
        email = self._email()
        role, duties = self._roles()
        return Entry(
            name=name,
            email=email,
            unit=self._unit(),
            role=role,
            duties=duties,
            language=self._language(),
            accounts=self._accounts(name, email),
        )

    def _fault(self, key: str, **facts: str) -> None:
        self.faults.append(Fault(self._line, RuleBroken(key, **facts)))

    def _email(self) -> str:
        written = self._cells.get("email", "")
        if not written:
            self._fault("roster-email-missing")
            return ""
        try:
            email = address_typed(written)
        except RuleBroken as broken:
            self._fault(broken.key, **broken.facts)
            return written
        if (first := self._seen.lines.setdefault(email, self._line)) != self._line:
            self._fault("roster-email-twice", value=email, line=str(first))
        return email

    def _unit(self) -> Unit | None:
        written = self._cells.get("unit", "")
        unit = unit_named(self._session, self._group, written) if written else None
        if written and unit is None:
            self._fault("roster-unit-unknown", value=written, group=self._group.slug)
        return unit

    def _roles(self) -> tuple[Role, list[str]]:
        words = [word.strip().casefold() for word in self._cells.get("role", "").split("+") if word.strip()]
        roles = [ROLE_WORDS[word] for word in words if word in ROLE_WORDS]
        duties = [DUTY_WORDS[word].value for word in words if word in DUTY_WORDS]
        for word in words:
            if word not in ROLE_WORDS and word not in DUTY_WORDS:
                self._fault("roster-role-unknown", value=word)
        if len(set(roles)) > 1:
            self._fault("roster-roles-two", value=self._cells["role"])
        return (roles or [Role.MEMBER])[0], list(dict.fromkeys(duties))

    def _language(self) -> str | None:
        written = self._cells.get("language", "").casefold()
        if written and written not in LANGUAGES:
            self._fault("roster-language-unknown", value=written)
        return written or None

    def _accounts(self, name: str, email: str) -> dict[str, str]:
        accounts = {platform: self._cells[platform] for platform in ACCOUNTS if self._cells.get(platform)}
        for platform, identifier in accounts.items():
            owner = person_known_as(self._session, platform, identifier)
            taken = owner.name if owner and owner.email != email else self._seen.owners.get(identifier)
            if not ACCOUNTS[platform].fullmatch(identifier):
                self._fault(f"roster-{platform}-wrong", value=identifier)
            elif taken is not None:
                self._fault("roster-account-taken", value=identifier, name=taken)
            self._seen.owners.setdefault(identifier, name)
        return accounts
