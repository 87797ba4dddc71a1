"""An example with its picture, for tests that begin there."""

from PIL import Image

from jpegs import written
from storage.database import Session
from storage.examples import Example
from storage.pictures import Picture, expect

SIZE = (1120, 840)


def illustrate(session: Session, example: Example, alt: str = "Två ställ vid entrén") -> Picture:
    """Give it a picture that says so."""
    picture = expect(example, example.sharer, alt)
    picture.take(written(Image.new("RGB", SIZE, "green")), *SIZE)
    session.flush()
    return picture
