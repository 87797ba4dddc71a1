"""A stand-in for Slack, a process of its own: as strict as docs.slack.dev says Slack is; it knows nothing of Tuva."""
