"""The settings: every section and key, what it may hold, and what it is when left out."""

import re
from email.utils import parseaddr
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_core import PydanticCustomError

# What stands behind the colon of an account (spec.matrix.org/latest/appendices/#server-name).
SERVER_NAME = r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,230})(:[0-9]{1,5})?"


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise PydanticCustomError("setting-timezone", "no such zone", {"value": name})
    return name


def _sqlite_url(url: str) -> str:
    if not url.startswith("sqlite:///") or url == "sqlite:///":
        raise PydanticCustomError("setting-database", "not a database", {"value": url})
    return url


def _host_and_port(listen: str) -> str:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise PydanticCustomError("setting-listen", "not host:port", {"value": listen})
    return listen


def _web_address(url: str) -> str:
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise PydanticCustomError("setting-public-url", "not a web address", {"value": url})
    return url.rstrip("/")


def _mail_address(address: str) -> str:
    try:
        return validate_email(address, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise PydanticCustomError("setting-mail-address", "not a mail address", {"value": address}) from None


def _sender(sender: str) -> str:
    """With its domain as SMTP takes it. An address outside ASCII cannot write to every server."""
    address = parseaddr(sender)[1]
    try:
        written = validate_email(address, check_deliverability=False).ascii_email
    except EmailNotValidError:
        written = None
    if written is None:
        raise PydanticCustomError("setting-mail-address", "not a mail address", {"value": sender})
    return sender.replace(address, written)


def _mail_url(url: str) -> str:
    parts = urlsplit(url)
    try:
        _ = parts.port
    except ValueError:
        raise PydanticCustomError("setting-mail-url", "no such port", {"value": url}) from None
    if (parts.scheme == "maildir" and parts.path) or (parts.scheme in ("smtp", "smtps") and parts.hostname):
        return url
    raise PydanticCustomError("setting-mail-url", "not a way to send mail", {"value": url})


def _bot_token(token: SecretStr) -> SecretStr:
    if not token.get_secret_value().startswith("xoxb-"):
        raise PydanticCustomError("setting-slack-bot-token", "not a bot token")
    return token


def _app_token(token: SecretStr) -> SecretStr:
    written = token.get_secret_value()
    if written and not written.startswith("xapp-"):
        raise PydanticCustomError("setting-slack-app-token", "not an app token")
    return token


def _api_url(url: str) -> str:
    """With the slash that Slack's library joins its methods to."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PydanticCustomError("setting-slack-api-url", "not a web address", {"value": url})
    return url.rstrip("/") + "/"


def _homeserver(url: str) -> str:
    """Where clients find it; the path of the API is added to that."""
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or "/_matrix" in url or "?" in url or "#" in url:
        raise PydanticCustomError("setting-matrix-homeserver", "not where a homeserver is", {"value": url})
    return url.rstrip("/")


def _matrix_account(account: str) -> str:
    if not re.fullmatch(rf"@[^\s:@]+:{SERVER_NAME}", account):
        raise PydanticCustomError("setting-matrix-user-id", "not an account", {"value": account})
    return account


def _server_name(name: str) -> str:
    if not re.fullmatch(SERVER_NAME, name):
        raise PydanticCustomError("setting-matrix-server", "not a server's name", {"value": name})
    return name


def _device(device: str) -> str:
    if not re.fullmatch(r"\S+", device):
        raise PydanticCustomError("setting-matrix-device", "not a device", {"value": device})
    return device


def _access_token(token: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[!-~]+", token.get_secret_value()):
        raise PydanticCustomError("setting-matrix-token", "not a token")
    return token


# Where client submission goes, with a mailbox's sign-in; `….mail.protection.outlook.com` has other limits
# (https://learn.microsoft.com/exchange/troubleshoot/send-emails/smtp-submission-improvements).
MICROSOFT = re.compile(r"smtp[a-z-]*\.(office365|outlook)\.com")
MICROSOFT_ALLOWS = {"connections": 3, "per_minute": 30}


class Section(BaseModel):
    """One part of the settings. A key that nobody knows is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ServiceSettings(Section):
    """The service itself."""

    database: Annotated[str, AfterValidator(_sqlite_url)] = "sqlite:///var/tuva.db"
    language: Literal["sv", "en"] = "sv"
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Stockholm"
    listen: Annotated[str, AfterValidator(_host_and_port)] = "127.0.0.1:8080"
    public_url: Annotated[str, AfterValidator(_web_address)] = ""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    operators: tuple[Annotated[str, AfterValidator(_mail_address)], ...] = ()
    backups: str = ""


class SlackSettings(Section):
    """Slack; left out, Tuva runs without it."""

    bot_token: Annotated[SecretStr, AfterValidator(_bot_token)]
    app_token: Annotated[SecretStr, AfterValidator(_app_token)] = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    mode: Literal["socket", "http"] = "socket"
    api_url: Annotated[str, AfterValidator(_api_url)] = "https://slack.com/api/"

    @model_validator(mode="after")
    def _mode_has_its_secret(self) -> Self:
        if self.mode == "socket" and not self.app_token.get_secret_value():
            raise PydanticCustomError("setting-slack-app-token-missing", "no app token")
        if self.mode == "http" and not self.signing_secret.get_secret_value():
            raise PydanticCustomError("setting-slack-signing-secret", "no signing secret")
        return self


class MatrixSettings(Section):
    """Matrix; left out, Tuva runs without it."""

    homeserver: Annotated[str, AfterValidator(_homeserver)]
    user_id: Annotated[str, AfterValidator(_matrix_account)]
    device_id: Annotated[str, AfterValidator(_device)] = "TUVA"
    access_token: Annotated[SecretStr, AfterValidator(_access_token)]
    allowed_servers: tuple[Annotated[str, AfterValidator(_server_name)], ...] = ()


class MailSettings(Section):
    """Mail; left out, Tuva runs without it."""

    url: Annotated[str, AfterValidator(_mail_url)] = "smtp://127.0.0.1:25"
    tls: Literal["", "starttls", "implicit", "none"] = ""
    username: str = ""
    password: SecretStr = SecretStr("")
    sender: Annotated[str, AfterValidator(_sender)] = "Tuva <tuva@example.org>"
    connections: int = Field(default=5, ge=1, le=50)
    per_minute: int = Field(default=0, ge=0)
    token_url: Annotated[str, AfterValidator(_web_address)] = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    inbound: str = ""

    @model_validator(mode="before")
    @classmethod
    def _as_the_server_allows(cls, written: Any) -> Any:
        """Microsoft 365 refuses more, so that is what holds there unless somebody chose otherwise."""
        is_microsoft = isinstance(written, dict) and MICROSOFT.fullmatch(_host_of(written.get("url")))
        return MICROSOFT_ALLOWS | written if is_microsoft else written

    @model_validator(mode="after")
    def _token_has_its_keys(self) -> Self:
        """A token is asked for with id and secret, and is good for one mailbox."""
        if self.token_url and not (self.username and self.client_id and self.client_secret.get_secret_value()):
            raise PydanticCustomError("setting-token", "keys are missing")
        return self


def _host_of(url: Any) -> str:
    try:
        return urlsplit(str(url)).hostname or ""
    except ValueError:  # the check of the key tells
        return ""


class Settings(BaseModel):
    """Everything an installation chooses."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: ServiceSettings = ServiceSettings()
    slack: SlackSettings | None = None
    matrix: MatrixSettings | None = None
    mail: MailSettings | None = None


SECTIONS: dict[str, type[Section]] = {
    "service": ServiceSettings,
    "slack": SlackSettings,
    "matrix": MatrixSettings,
    "mail": MailSettings,
}
