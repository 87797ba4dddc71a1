"""`python -m chatops` is the same as `tuva`."""

import gc

# Of what is imported nothing is garbage: looking for it took a third of the start.
gc.disable()
from chatops.commandline import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
