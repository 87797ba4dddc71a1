"""The web door: the pages behind letters' links, and what a watchman asks. Nobody signs in here."""
