"""/tuva link: one person, one voice, whichever the platform."""

from chatops.conversation import Reply, Request
from config.texts import Texts, texts_in
from digests import cards, members
from digests.markup import escape
from storage.database import Session
from storage.joining import Joined, join
from storage.link_codes import link_code_typed, make_link_code
from storage.messages import Message
from storage.rules import RuleBroken


def link(request: Request, session: Session, texts: Texts) -> Reply:
    """A code for the speaker; or, with the code of somebody, the account that types it is theirs from now on."""
    typed = request.arguments["code"]
    if typed:
        return _typed(typed, request, session, texts)
    if request.speaker is None:
        raise RuleBroken("link-stranger")
    code = make_link_code(session, request.speaker, request.now)
    return Reply(Message(texts.say("link-code", code=code)))


def _typed(typed: str, request: Request, session: Session, texts: Texts) -> Reply:
    """A wrong code is an answer, and no broken rule: what is guessed must be kept."""
    identity = request.invocation.identity
    code = link_code_typed(session, typed, identity, request.now)
    if code is None:
        return Reply(Message(texts.say("link-code-wrong")), refused=True, why="link-code-wrong")
    if code.person is request.speaker:
        raise RuleBroken("link-own")
    code.use(request.now)
    joined = join(session, code.person, request.speaker, identity, request.now)
    for item in joined.changed:
        cards.show(session, item, request.now)
    members.linked(session, joined.person, request.now)
    texts = texts_in(joined.person.language or texts.language)
    return Reply(Message(_told(joined, texts)), noted=joined.what, language=texts.language)


def _told(joined: Joined, texts: Texts) -> str:
    """Where the person is known now, and where another account of theirs was."""
    person = joined.person
    platforms = [account.platform for account in person.accounts] + (["mail"] if person.email else [])
    told = texts.say("link-done", places=_places(platforms, texts), name=escape(person.name))
    let_go = texts.say("link-let-go", places=_places(list(joined.let_go), texts)) if joined.let_go else ""
    return " ".join(filter(None, (told, let_go)))


def _places(platforms: list[str], texts: Texts) -> str:
    return texts.listed([texts.say(f"platform-{platform}") for platform in platforms])
