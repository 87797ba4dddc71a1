"""The settings: read from a file and the environment, and all that is wrong is told at once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from config.reading import Problem, SettingsFault, load
from config.settings import SECTIONS, Settings
from config.texts import Texts

EXAMPLE = Path(__file__).parents[2] / "config" / "tuva.example.toml"
SECRET = "xoxb-not-to-be-shown"
APP_SECRET = "xapp-not-to-be-shown"
MATRIX = '[matrix]\nhomeserver = "https://b.example"\nuser_id = "@a:b.example"\naccess_token = "geheim"\n'

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A settings file in a folder of its own."""

    def write(written: str) -> Path:
        file = tmp_path / "etc" / "tuva.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(written, "utf-8")
        return file

    return write


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without settings."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def problems(given: Path | None = None) -> list[Problem]:
    with pytest.raises(SettingsFault) as fault:
        load(given)
    return fault.value.problems


def keys(given: Path | None = None) -> list[tuple[str, str]]:
    return [(problem.key, problem.facts.get("name", "")) for problem in problems(given)]


def test_what_is_left_out_is_as_the_manual_says(write: Write) -> None:
    settings = load(write(""))
    assert (settings.slack, settings.matrix, settings.mail) == (None, None, None)
    service = settings.service
    assert (service.language, service.timezone, service.listen) == ("sv", "Europe/Stockholm", "127.0.0.1:8080")
    assert (service.public_url, service.log_level, service.operators, service.backups) == ("", "info", (), "")


def test_a_section_that_is_there_is_filled_up(write: Write) -> None:
    mail = load(write("[mail]\n")).mail
    assert (mail.url, mail.tls, mail.connections, mail.per_minute) == ("smtp://127.0.0.1:25", "", 5, 0)


def test_five_mistakes_are_told_at_once(write: Write) -> None:
    file = write(
        """
        [service]
        language = "de"
        timezone = "Europe/Trollhättan"
        listen = "everywhere"
        operators = ["anna"]
        [mail]
        connections = "many"
        """
    )
    assert keys(file) == [
        ("setting-choice", "service.language"),
        ("setting-timezone", "service.timezone"),
        ("setting-listen", "service.listen"),
        ("setting-mail-address", "service.operators.0"),
        ("setting-number", "mail.connections"),
    ]


@pytest.mark.parametrize(
    ("written", "key", "name"),
    [
        ('[service]\ndatabase = "mysql://x"', "setting-database", "service.database"),
        ('[service]\ndatabase = "sqlite:///"', "setting-database", "service.database"),
        ('[service]\npublic_url = "tuva.example.org"', "setting-public-url", "service.public_url"),
        ('[service]\nlisten = "127.0.0.1:99999"', "setting-listen", "service.listen"),
        ('[service]\nlog_level = "loud"', "setting-choice", "service.log_level"),
        ('[service]\noperators = "anna@example.org"', "setting-list", "service.operators"),
        ("[service]\nlisten = 8080", "setting-wrong", "service.listen"),
        ("service = 5", "setting-wrong", "service"),
        ('[mail]\nurl = "ftp://x"', "setting-mail-url", "mail.url"),
        ('[mail]\nurl = "maildir:"', "setting-mail-url", "mail.url"),
        ('[mail]\nsender = "Tuva"', "setting-mail-address", "mail.sender"),
        ('[mail]\nsender = "Tuva <åsa@example.org>"', "setting-mail-address", "mail.sender"),
        ('[mail]\ntls = "yes"', "setting-choice", "mail.tls"),
        ('[mail]\ntoken_url = "https://login.example.org"\nusername = "a"\nclient_id = "b"', "setting-token", "mail"),
        (
            '[mail]\ntoken_url = "https://login.example.org"\nusername = "a"\nclient_secret = "b"',
            "setting-token",
            "mail",
        ),
        (
            '[mail]\ntoken_url = "https://login.example.org"\nclient_id = "a"\nclient_secret = "b"',
            "setting-token",
            "mail",
        ),
        ("[mail]\nconnections = 0", "setting-number", "mail.connections"),
        ("[mail]\nconnections = 5.5", "setting-number", "mail.connections"),
        ("[mail]\nper_minute = -1", "setting-number", "mail.per_minute"),
        ("[slack]", "setting-missing", "slack.bot_token"),
        ('[slack]\nbot_token = "xoxb-x"\nmode = "pigeon"', "setting-choice", "slack.mode"),
        ('[slack]\nbot_token = ""', "setting-slack-bot-token", "slack.bot_token"),
        ('[slack]\nbot_token = "xoxp-x"', "setting-slack-bot-token", "slack.bot_token"),
        ('[slack]\nbot_token = "xoxb-x"\napp_token = "xoxb-x"', "setting-slack-app-token", "slack.app_token"),
        ('[slack]\nbot_token = "xoxb-x"', "setting-slack-app-token-missing", "slack"),
        ('[slack]\nbot_token = "xoxb-x"\nsigning_secret = "x"', "setting-slack-app-token-missing", "slack"),
        ('[slack]\nbot_token = "xoxb-x"\nmode = "http"', "setting-slack-signing-secret", "slack"),
        (
            '[slack]\nbot_token = "xoxb-x"\napp_token = "xapp-x"\nmode = "http"',
            "setting-slack-signing-secret",
            "slack",
        ),
        ('[slack]\nbot_token = "xoxb-x"\napi_url = "slack.com"', "setting-slack-api-url", "slack.api_url"),
        ('[slack]\nbot_token = "xoxb-x"\napi_url = ""', "setting-slack-api-url", "slack.api_url"),
        ('[matrix]\nuser_id = "@a:b"\naccess_token = "x"', "setting-missing", "matrix.homeserver"),
        (f'{MATRIX}allowed_servers = ["https://b.example"]', "setting-matrix-server", "matrix.allowed_servers.0"),
        (f'{MATRIX}allowed_servers = ["b.example", "@a:b"]', "setting-matrix-server", "matrix.allowed_servers.1"),
        (f'{MATRIX}allowed_servers = "b.example"', "setting-list", "matrix.allowed_servers"),
        (f'{MATRIX}device_id = ""', "setting-matrix-device", "matrix.device_id"),
        (MATRIX.replace("geheim", ""), "setting-matrix-token", "matrix.access_token"),
        (MATRIX.replace("geheim", "två ord"), "setting-matrix-token", "matrix.access_token"),
    ],
)
def test_every_kind_of_mistake_is_told_by_its_name(write: Write, written: str, key: str, name: str) -> None:
    assert keys(write(written)) == [(key, name)]


@pytest.mark.parametrize(
    "url",
    [
        "matrix.example.org",
        "ftp://matrix.example.org",
        "https://",
        "https://matrix.example.org:port",
        "https://matrix.example.org/_matrix/",
        "https://matrix.example.org/_matrix/client/v3",
        "https://[::1",
        "",
    ],
)
def test_where_no_homeserver_can_be_is_told(write: Write, url: str) -> None:
    assert keys(write(MATRIX.replace("https://b.example", url))) == [("setting-matrix-homeserver", "matrix.homeserver")]


@pytest.mark.parametrize("url", ["https://b.example/", "http://127.0.0.1:8008", "https://b.example/chat"])
def test_a_homeserver_may_be_anywhere_on_the_web(write: Write, url: str) -> None:
    settings = load(write(MATRIX.replace("https://b.example", url)))
    assert settings.matrix.homeserver == url.rstrip("/")


@pytest.mark.parametrize("account", ["tuva", "tuva@b.example", "@tuva", "@:b.example", "@a:", "@a b:c", "@a:https://b"])
def test_what_is_no_account_on_matrix_is_told(write: Write, account: str) -> None:
    assert keys(write(MATRIX.replace("@a:b.example", account))) == [("setting-matrix-user-id", "matrix.user_id")]


@pytest.mark.parametrize("account", ["@tuva:localhost:8448", "@tuva:[2001:db8::1]:8448", "@tuva.bot=1/x:b.example"])
def test_an_account_may_be_on_any_server(write: Write, account: str) -> None:
    assert load(write(MATRIX.replace("@a:b.example", account))).matrix.user_id == account


def test_matrixs_token_may_lie_in_a_file(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("syt_from_a_file\n", "utf-8")
    monkeypatch.setenv("TUVA_MATRIX__ACCESS_TOKEN_FILE", str(tmp_path / "token"))
    settings = load(write(MATRIX.replace('access_token = "geheim"\n', "")))
    assert settings.matrix.access_token.get_secret_value() == "syt_from_a_file"


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        ('url = "smtp://smtp.office365.com:587"', (3, 30)),
        ('url = "smtp://SMTP.Office365.com"', (3, 30)),
        ('url = "smtp://smtp-mail.outlook.com:587"', (3, 30)),
        ('url = "smtp://smtp.office365.com"\nconnections = 1', (1, 30)),
        ('url = "smtp://smtp.office365.com"\nper_minute = 0', (3, 0)),
        ('url = "smtp://example-org.mail.protection.outlook.com:25"', (5, 0)),
        ('url = "smtp://smtp.office365.com.example.org"', (5, 0)),
        ('url = "smtp://mail.example.org"', (5, 0)),
    ],
)
def test_what_microsoft_365_takes_is_kept_to_unless_chosen(write: Write, written: str, chosen: tuple[int, int]) -> None:
    mail = load(write(f"[mail]\n{written}")).mail
    assert (mail.connections, mail.per_minute) == chosen


def test_the_example_for_microsoft_365_works_once_the_secret_is_there(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = EXAMPLE.with_name("microsoft365.example.toml")
    assert keys(example) == [("setting-token", "mail")]
    monkeypatch.setenv("TUVA_MAIL__CLIENT_SECRET_FILE", str(write(SECRET)))
    mail = load(example).mail
    assert (mail.connections, mail.per_minute, mail.client_secret.get_secret_value()) == (3, 30, SECRET)


def test_slack_needs_only_the_secret_of_its_mode(write: Write) -> None:
    assert load(write('[slack]\nbot_token = "xoxb-x"\napp_token = "xapp-x"')).slack.mode == "socket"
    assert load(write('[slack]\nbot_token = "xoxb-x"\nsigning_secret = "x"\nmode = "http"')).slack.mode == "http"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/api", "http://127.0.0.1:8000/api/"])
def test_slacks_methods_stand_behind_a_slash(write: Write, url: str) -> None:
    slack = load(write(f'[slack]\nbot_token = "xoxb-x"\napp_token = "xapp-x"\napi_url = "{url}"')).slack
    assert slack.api_url == "http://127.0.0.1:8000/api/"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_problem_can_be_said(write: Write, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("TUVA_SERVICE__LANGAUGE", "sv")
    monkeypatch.setenv("TUVA_MAIL__PASSWORD_FILE", "/nowhere")
    file = write(
        'what = 1\n[service]\nlanguage = "de"\nlisten = 1\noperators = 1\n[slack]\n[mail]\nconnections = "x"\n'
    )
    said = [Texts(language).say(problem.key, **problem.facts) for problem in problems(file)]
    assert len(said) == 8
    assert all(problem.facts["name"] in sentence for problem, sentence in zip(problems(file), said, strict=True))


def test_faults_are_told_in_the_language_of_the_file(write: Write) -> None:
    for written, language in (('language = "en"', "en"), ('language = "sv"', "sv"), ('language = "de"', "sv")):
        with pytest.raises(SettingsFault) as fault:
            load(write(f"what = 1\n[service]\n{written}"))
        assert fault.value.language == language


def test_an_unknown_key_is_told_with_what_was_meant(write: Write) -> None:
    (problem,) = problems(write('[service]\nlangauge = "sv"'))
    assert problem == Problem("setting-unknown-near", {"name": "service.langauge", "near": "service.language"})


def test_an_unknown_key_like_no_other_is_told_too(write: Write) -> None:
    assert keys(write("[service]\nxyzzy = 1\n[telegram]\n")) == [
        ("setting-unknown", "service.xyzzy"),
        ("setting-unknown", "telegram"),
    ]


def test_an_unknown_variable_is_told_with_what_was_meant(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUVA_SERVICE__LANGAUGE", "sv")
    (problem,) = problems(write(""))
    facts = {"name": "TUVA_SERVICE__LANGAUGE", "near": "TUVA_SERVICE__LANGUAGE"}
    assert problem == Problem("setting-unknown-near", facts)


@pytest.mark.parametrize("name", ["TUVA_XYZZY", "TUVA_SERVICE", "TUVA_MAIL__URL_FILE", "TUVA_SERVICE__LANGUAGE__X"])
def test_every_variable_of_ours_that_is_no_setting_is_told(
    write: Write, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "1")
    assert [told for _, told in keys(write(""))] == [name]


def test_variables_of_others_are_none_of_ours(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SERVICE__LANGUAGE", "TUVALU", "MAIL"):
        monkeypatch.setenv(name, "en")
    assert load(write("")).service.language == "sv"


def test_mistakes_of_file_and_environment_are_told_together(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUVA_XYZZY", "1")
    monkeypatch.setenv("TUVA_MAIL__CONNECTIONS", "many")
    assert {key for key, _ in keys(write("[service]\nlisten = 1"))} == {
        "setting-unknown",
        "setting-number",
        "setting-wrong",
    }


def test_the_file_may_be_named_in_the_environment(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUVA_CONFIG", str(write('[service]\nlanguage = "en"')))
    assert load(None).service.language == "en"


def test_the_file_of_the_command_line_comes_first(write: Write, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "tuva.toml").write_text("[service]\nlisten = 1")
    monkeypatch.setenv("TUVA_CONFIG", str(here / "tuva.toml"))
    assert load(write('[service]\nlanguage = "en"')).service.language == "en"


def test_the_file_here_is_found(here: Path) -> None:
    (here / "tuva.toml").write_text('[service]\nlanguage = "en"')
    assert load(None).service.language == "en"


def test_the_environment_beats_the_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUVA_SERVICE__LANGUAGE", "en")
    settings = load(write('[service]\nlanguage = "sv"\nlog_level = "debug"'))
    assert (settings.service.language, settings.service.log_level) == ("en", "debug")


def test_the_environment_mends_the_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUVA_SERVICE__LANGUAGE", "en")
    assert load(write('[service]\nlanguage = "de"')).service.language == "en"


def test_the_environment_alone_is_enough(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUVA_MAIL__URL", "maildir:post")
    monkeypatch.setenv("TUVA_MAIL__CONNECTIONS", "3")
    settings = load(None)
    assert (settings.mail.url, settings.mail.connections) == (f"maildir:{here}/post", 3)


def test_lists_are_json_in_the_environment(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUVA_SERVICE__OPERATORS", '["anna@example.org", "Bo@Example.org"]')
    assert load(write("")).service.operators == ("anna@example.org", "bo@example.org")


@pytest.mark.parametrize("value", ["anna@example.org", "[", "5", '{"a": 1}', ""])
def test_what_is_no_list_is_told(write: Write, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TUVA_SERVICE__OPERATORS", value)
    assert keys(write("")) == [("setting-list", "service.operators")]


def test_a_secret_may_lie_in_a_file(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    monkeypatch.setenv("TUVA_MAIL__PASSWORD_FILE", str(tmp_path / "secret"))
    assert load(write("[mail]\npassword = 'old'")).mail.password.get_secret_value() == SECRET


@pytest.mark.parametrize(
    ("name", "secret"), [("BOT_TOKEN", SECRET), ("APP_TOKEN", APP_SECRET), ("SIGNING_SECRET", SECRET)]
)
def test_every_secret_may_lie_in_a_file(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, secret: str
) -> None:
    (tmp_path / "secret").write_text(f"{secret}\n")
    monkeypatch.setenv(f"TUVA_SLACK__{name}_FILE", str(tmp_path / "secret"))
    slack = load(write("[slack]\nbot_token = 'xoxb-old'\napp_token = 'xapp-old'")).slack
    assert getattr(slack, name.lower()).get_secret_value() == secret


def test_a_secrets_file_that_is_not_there_is_told(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUVA_MAIL__PASSWORD_FILE", "/nowhere/secret")
    (problem,) = problems(write("[mail]"))
    assert problem == Problem("setting-file", {"name": "TUVA_MAIL__PASSWORD_FILE", "value": "/nowhere/secret"})


@pytest.mark.parametrize("what", ["folder", "bytes"])
def test_a_secrets_file_that_cannot_be_read_is_told(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
) -> None:
    path = tmp_path / what
    path.mkdir() if what == "folder" else path.write_bytes(b"\xff\xfe\x00")
    monkeypatch.setenv("TUVA_MAIL__PASSWORD_FILE", str(path))
    assert keys(write("[mail]")) == [("setting-file", "TUVA_MAIL__PASSWORD_FILE")]


def test_secrets_do_not_show(write: Write) -> None:
    settings = load(
        write(
            f"""
            [slack]
            bot_token = "{SECRET}"
            app_token = "{APP_SECRET}"
            signing_secret = "{SECRET}"
            [matrix]
            homeserver = "https://matrix.example.org"
            user_id = "@tuva:example.org"
            access_token = "{SECRET}"
            [mail]
            password = "{SECRET}"
            client_secret = "{SECRET}"
            """
        )
    )
    assert "not-to-be-shown" not in f"{settings!r} {settings} {settings.model_dump()}"
    assert settings.matrix.access_token.get_secret_value() == SECRET


def test_secrets_do_not_show_in_what_is_wrong_either(write: Write) -> None:
    slack = f'[slack]\nbot_token = "{APP_SECRET}"\napp_token = "{SECRET}"\n'
    file = write(f'{slack}[matrix]\naccess_token = "{SECRET}"\n[mail]\npassword = ["{SECRET}"]\n')
    with pytest.raises(SettingsFault) as fault:
        load(file)
    assert len(fault.value.problems) == 5
    assert "not-to-be-shown" not in repr(fault.value)


def test_a_secret_does_not_show_where_another_is_missing(write: Write) -> None:
    (problem,) = problems(write(f'[slack]\nbot_token = "{SECRET}"\nsigning_secret = "{SECRET}"\n'))
    assert SECRET not in repr(problem)


def test_relative_paths_count_from_the_folder_of_the_file(write: Write) -> None:
    file = write('[service]\ndatabase = "sqlite:///var/tuva.db"\nbackups = "safe"\n[mail]\nurl = "maildir:post"')
    settings = load(file)
    folder = file.parent
    assert settings.service.database == f"sqlite:///{folder}/var/tuva.db"
    assert settings.service.backups == f"{folder}/safe"
    assert settings.mail.url == f"maildir:{folder}/post"


def test_paths_from_the_environment_count_from_the_folder_of_the_file_too(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write("")
    monkeypatch.setenv("TUVA_SERVICE__DATABASE", "sqlite:///x.db")
    assert load(file).service.database == f"sqlite:///{file.parent}/x.db"


def test_a_file_named_by_a_relative_path_has_a_folder_too(write: Write, here: Path) -> None:
    assert write("").is_file()
    assert load(Path("../etc/tuva.toml")).service.database == f"sqlite:///{here.parent}/etc/var/tuva.db"


def test_with_the_environment_alone_paths_count_from_the_working_directory(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUVA_SERVICE__BACKUPS", "safe")
    service = load(None).service
    assert (service.database, service.backups) == (f"sqlite:///{here}/var/tuva.db", f"{here}/safe")


def test_absolute_paths_stay(write: Write) -> None:
    settings = load(write('[service]\ndatabase = "sqlite:////srv/tuva.db"\n[mail]\nurl = "maildir:/srv/mail"'))
    assert (settings.service.database, settings.mail.url) == ("sqlite:////srv/tuva.db", "maildir:/srv/mail")


def test_a_mail_server_is_no_path(write: Write) -> None:
    assert load(write('[mail]\nurl = "smtps://mail.example.org"')).mail.url == "smtps://mail.example.org"


def test_without_any_settings_it_is_told_what_to_do() -> None:
    assert keys() == [("settings-missing", "")]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_who_has_no_settings_is_told_of_the_demo(language: str) -> None:
    assert "tuva demo" in Texts(language).say("settings-missing")


def test_an_empty_name_of_a_file_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUVA_CONFIG", "")
    assert keys() == [("settings-missing", "")]


def test_a_file_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems(Path("no.toml")) == [Problem("settings-file-missing", {"file": "no.toml"})]
    monkeypatch.setenv("TUVA_CONFIG", "no-other.toml")
    assert problems() == [Problem("settings-file-missing", {"file": "no-other.toml"})]


@pytest.mark.parametrize("written", [b"[service\n", b"[service]\nlanguage = sv", b"\xff", b"[service]\n[service]\n"])
def test_a_file_that_is_no_toml_is_told_with_its_name(write: Write, written: bytes) -> None:
    file = write("")
    file.write_bytes(written)
    (problem,) = problems(file)
    assert (problem.key, problem.facts["file"]) == ("settings-not-toml", str(file))


def test_settings_cannot_be_changed_once_read(write: Write) -> None:
    with pytest.raises(ValueError, match="frozen"):
        load(write("")).service.language = "en"


def exemplary() -> set[str]:
    """Every setting of the example, those behind a `#` included."""
    found, section = set(), ""
    for line in EXAMPLE.read_text("utf-8").splitlines():
        if heading := re.match(r"(?:# ?)?\[(\w+)\]", line):
            section = heading[1]
        elif setting := re.match(r"(?:# ?)?(\w+) *= ", line):
            found.add(f"{section}.{setting[1]}")
    return found


def test_the_example_has_every_setting_and_no_other() -> None:
    assert exemplary() == {f"{section}.{key}" for section, kind in SECTIONS.items() for key in kind.model_fields}


def test_the_example_can_be_read_as_it_is() -> None:
    assert isinstance(load(EXAMPLE), Settings)


def test_the_example_can_be_read_without_its_comment_signs(write: Write) -> None:
    written = re.sub(r"(?m)^# (?=\[\w+\]|\w+ *= )", "", EXAMPLE.read_text("utf-8"))
    settings = load(write(written))
    assert None not in (settings.slack, settings.matrix, settings.mail)


def test_the_example_shows_what_a_setting_is_when_left_out(write: Write) -> None:
    shown, bare = load(EXAMPLE), load(write("[mail]"))
    left_out = {"database", "backups"}
    assert shown.service.model_dump(exclude=left_out) == bare.service.model_dump(exclude=left_out)
    assert shown.mail == bare.mail
