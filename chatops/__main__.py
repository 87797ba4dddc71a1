"""`python -m chatops` is the same as `tuva`."""

from chatops.commandline import main

if __name__ == "__main__":
    main()
