"""What a power cut takes: everything that no fsync had made durable.

A small library (power_cut.c), loaded before all others, notes what each fsync covered; afterwards the write-ahead log
is cut back to that.
"""

import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("power_cut.c")
COMPILER = shutil.which("cc") or shutil.which("gcc")


def environment(folder: Path) -> dict[str, str]:
    """With this a process notes its syncs in `folder`. Needs a C compiler."""
    assert COMPILER is not None
    library = folder / "power_cut.so"
    subprocess.run([COMPILER, "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    return {"LD_PRELOAD": str(library), "RIG_SYNCS": str(notes_in(folder))}


def notes_in(folder: Path) -> Path:
    """Where the syncs are noted."""
    return folder / "syncs"


def cut(log: Path, notes: Path) -> int:
    """Cut the write-ahead log back to what was durable. Returns how many bytes were lost."""
    found = log.stat()
    durable = 0
    for line in notes.read_text("utf-8").splitlines():
        inode, size, path = line.split(" ", 2)
        if int(inode) == found.st_ino and path == str(log):
            durable = int(size)
    with log.open("r+b") as file:
        file.truncate(durable)
    return found.st_size - durable
