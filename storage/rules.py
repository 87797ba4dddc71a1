"""What is raised when somebody asks for what the rules do not allow."""


class RuleBroken(Exception):
    """A rule was broken by a person, not by us.

    `key` names a sentence of `config/languages`; `facts` fill its gaps. Storage knows no sentence itself.
    """

    def __init__(self, key: str, /, **facts: str) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts
