"""Slack's own markup, of which Tuva uses only the escapes."""


def escaped(text: str) -> str:
    """`text` as mrkdwn in which nothing is live (docs.slack.dev/messaging/formatting-message-text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
