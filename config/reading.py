"""Reading the settings: a TOML file, and the environment, which beats it. All that is wrong is told at once."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from config.settings import SECTIONS, Settings

FILE_NAME = "tuva.toml"
PREFIX = "TUVA_"
FILE_VARIABLE = "TUVA_CONFIG"
LANGUAGE_VARIABLE = "TUVA_SERVICE__LANGUAGE"
VARIABLES = {f"{PREFIX}{section}__{key}".upper() for section, kind in SECTIONS.items() for key in kind.model_fields}
SECRETS = {
    f"{PREFIX}{section}__{key}".upper()
    for section, kind in SECTIONS.items()
    for key, field in kind.model_fields.items()
    if field.annotation is SecretStr
}
SECRET_FILES = {f"{name}_FILE" for name in SECRETS}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the key of its sentence, and the facts."""

    key: str
    facts: dict[str, str]


class SettingsFault(Exception):
    """The settings cannot be used. Carries every problem, and the language to tell them in."""

    def __init__(self, problems: list[Problem], language: str = "sv") -> None:
        super().__init__(problems)
        self.problems = problems
        self.language = language


class _Environment(EnvSettingsSource):
    """Environment variables; `…_FILE` names a file that holds a secret."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        read = {name.lower(): value for name, value in os.environ.items() if name in VARIABLES}
        secrets = {name: _secret(os.environ[name]) for name in SECRET_FILES & os.environ.keys()}
        return read | {name.removesuffix("_FILE").lower(): secret for name, secret in secrets.items() if secret}

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:
        try:
            return super().decode_complex_value(field_name, field, value)
        except ValueError:
            return value  # the check of its type tells what was wrong


def _secret(file: str) -> str | None:
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


class _Sources(Settings, BaseSettings):
    """The settings as they are read."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- ours reads *_FILE too
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then what `load` hands in from the file."""
        return _Environment(settings_cls), init_settings


def load(given: Path | None) -> Settings:
    """The settings, their relative paths counted from the folder of their file.

    `given` is the file named on the command line; else TUVA_CONFIG, else `tuva.toml` here, else the environment alone.
    Raises SettingsFault with every problem.
    """
    file = _file(given)
    folder = file.parent.resolve() if file else Path.cwd()
    written = _written(file) if file else {}
    problems = _unknown_variables() + _missing_secret_files()
    try:
        settings = _Sources(**written)
    except ValidationError as fault:
        problems += [_told(error) for error in fault.errors()]
    if problems:
        raise SettingsFault(problems, _language(written))
    return _anchored(settings, folder)


def _file(given: Path | None) -> Path | None:
    named = given or (Path(os.environ[FILE_VARIABLE]) if os.environ.get(FILE_VARIABLE) else None)
    if named is not None:
        if not named.is_file():
            raise SettingsFault([Problem("settings-file-missing", {"file": str(named)})])
        return named
    if Path(FILE_NAME).is_file():
        return Path(FILE_NAME)
    if not any(name.startswith(PREFIX) and name != FILE_VARIABLE for name in os.environ):
        raise SettingsFault([Problem("settings-missing", {})])
    return None


def _written(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsFault([Problem("settings-not-toml", {"file": str(file), "fault": str(fault)})]) from None


def _unknown_variables() -> list[Problem]:
    known = VARIABLES | SECRET_FILES | {FILE_VARIABLE}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    return [_unknown(name, sorted(known)) for name in unknown]


def _missing_secret_files() -> list[Problem]:
    named = {name: os.environ[name] for name in sorted(SECRET_FILES & os.environ.keys())}
    return [Problem("setting-file", {"name": name, "value": file}) for name, file in named.items() if not _secret(file)]


SENTENCES = {
    "literal_error": "setting-choice",
    "missing": "setting-missing",
    "int_parsing": "setting-number",
    "int_type": "setting-number",
    "int_from_float": "setting-number",
    "greater_than_equal": "setting-number",
    "less_than_equal": "setting-number",
    "tuple_type": "setting-list",
}


def _told(error: ErrorDetails) -> Problem:
    """One finding of pydantic, as a sentence of ours. Kinds that begin with `setting-` are our own checks."""
    name, kind = ".".join(str(part) for part in error["loc"]), error["type"]
    if kind == "extra_forbidden":
        return _unknown(name, [f"{section}.{key}" for section, of in SECTIONS.items() for key in of.model_fields])
    key = kind if kind.startswith("setting-") else SENTENCES.get(kind, "setting-wrong")
    expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    return Problem(key, {"name": name, "value": _shown(error, name), "expected": expected})


def _shown(error: ErrorDetails, name: str) -> str:
    """The value that was wrong, unless it may be a secret or holds others."""
    is_secret = f"{PREFIX}{name}".replace(".", "__").upper() in SECRETS
    return "…" if is_secret or isinstance(error["input"], dict) else str(error["input"])


def _unknown(name: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(name, known, 1, 0.7)
    return (
        Problem("setting-unknown-near", {"name": name, "near": near[0]})
        if near
        else Problem("setting-unknown", {"name": name})
    )


def _language(written: dict[str, Any]) -> str:
    """The language to tell faults in: the one that was chosen, if it is one."""
    service = written.get("service")
    chosen = os.environ.get(LANGUAGE_VARIABLE) or (service.get("language") if isinstance(service, dict) else None)
    return "en" if chosen == "en" else "sv"


def _anchored(settings: Settings, folder: Path) -> Settings:
    service, mail = settings.service, settings.mail
    database = folder / service.database.removeprefix("sqlite:///")
    backups = str(folder / service.backups) if service.backups else ""
    service = service.model_copy(update={"database": f"sqlite:///{database}", "backups": backups})
    if mail and mail.url.startswith("maildir:"):
        mail = mail.model_copy(update={"url": f"maildir:{folder / mail.url.removeprefix('maildir:')}"})
    return settings.model_copy(update={"service": service, "mail": mail})
