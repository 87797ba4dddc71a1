"""Slugs: short names of letters, digits and hyphens, as addresses and channel names take them."""

import re

from sqlalchemy import select

from storage import prose
from storage.database import Session
from storage.groups import Group

LONGEST = 36
NO_PART = re.compile("[^a-z0-9]+")


def slug_of(text: str) -> str:
    """The words of a text as a slug, as many as there is room for; empty where it has no letters of ours."""
    slug = ""
    for word in NO_PART.split(prose.folded(text)):
        longer = f"{slug}-{word}".strip("-")
        if len(longer) > LONGEST:
            return slug or longer[:LONGEST]
        slug = longer
    return slug


def free_slug(session: Session, wanted: str) -> str:
    """The slug itself, or where a group has it already, with the first number that is free."""
    taken = set(session.scalars(select(Group.slug).where(Group.slug.startswith(wanted, autoescape=True))))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
