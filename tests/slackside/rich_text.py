"""The rich_text block's tree: docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from slackside.checks import Check, address, anything, items, keyed, number, one_of, string, typed, yes_no

STYLE = keyed(dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight"), yes_no))


def node(needs: str, **keys: Check) -> Check:
    """An inline node."""
    return keyed({"type": anything, "style": STYLE} | keys, needs)


INLINE: dict[str, Check] = {
    "text": node("text", text=string()),
    "link": node("url", url=address(), text=string(), unsafe=yes_no),
    "user": node("user_id", user_id=string()),
    "usergroup": node("usergroup_id", usergroup_id=string()),
    "channel": node("channel_id", channel_id=string()),
    "broadcast": node("range", range=one_of("here", "channel", "everyone")),
    "emoji": node("name", name=string(), unicode=anything, skin_tone=anything),
    "date": node("timestamp format", timestamp=anything, format=anything, url=address(), fallback=anything),
    "color": node("value", value=anything),
}
SECTION = keyed({"type": anything, "elements": items(None, typed(INLINE), 0)}, "elements")
BORDER = {"type": anything, "border": anything}
PARTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_quote": keyed(BORDER | {"elements": items(None, typed(INLINE), 0)}, "elements"),
    "rich_text_preformatted": keyed(
        BORDER | {"elements": items(None, typed(INLINE, "text", "link"), 0), "language": anything},
        "elements",
    ),
    "rich_text_list": keyed(
        BORDER
        | {
            "style": one_of("bullet", "ordered"),
            "elements": items(None, typed({"rich_text_section": SECTION})),
            "indent": number(0),
            "offset": number(0),
        },
        "style elements",
    ),
}
RICH_TEXT = typed(PARTS)
