"""What an installation chooses: settings, sentences and goal catalogues."""
