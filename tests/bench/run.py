"""make bench: every figure beside its floor, as a table and as JSON (var/bench.json)."""

import tempfile
from pathlib import Path

from bench import acknowledging, answering, mailing, proposing, starting
from bench.figures import Figure, as_json, show
from chatops import logs

RESULT = Path("var/bench.json")


def main() -> None:
    """Measure one after the other, on the disk that the program would use."""
    logs.configure("error")
    RESULT.parent.mkdir(exist_ok=True)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(dir=RESULT.parent) as folder:
        for part in (starting, proposing, acknowledging, answering, mailing):
            figures += part.measure(Path(folder))
    show(figures)
    RESULT.write_text(as_json(figures), "utf-8")
    print(f"As JSON: {RESULT}")


main()
