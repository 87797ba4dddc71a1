"""What Slack takes at most, in characters where nothing else is said; and how much less of it Tuva uses.

The pages are those of docs.slack.dev.
"""

# /reference/methods/chat.postMessage advises under 4,000 and cuts at 40,000; chat.update refuses more than 4,000.
# Longer text has come out in several copies, so there is room left.
TEXT = 3_000
# No page has a figure for all blocks of a message together: `msg_blocks_too_long` came at 11,341 characters of text
# (github.com/slackapi/bolt-js, issues 2509 and 2867). We count the whole JSON.
BLOCKS_JSON = 10_000
# /reference/block-kit/blocks
BLOCKS = 50
# /reference/block-kit/blocks/header-block
HEADER = 150
# /reference/block-kit/blocks/image-block
ALT = 2_000
# /reference/block-kit/blocks/actions-block
ACTIONS = 25
# A list may hold 100; so many are looked through at once, and leave room for what they are about. Ours.
MENU = 25
# /reference/block-kit/block-elements/button-element
BUTTON_LABEL = 75
# /reference/block-kit/blocks/rich-text-block: a list is at most eight steps in.
INDENT = 8
# A link is never cut in two, so its words and address together must fit beside others. Ours.
LINK = 2_000
# /reference/methods/conversations.setTopic and conversations.setPurpose; with `&amp;` as five characters, to be safe.
ABOUT_CHANNEL = 250
# /reference/views/home-tab-views
VIEW_BLOCKS = 100
# /reference/views/modal-views
VIEW_TITLE = 24
# /reference/block-kit/composition-objects/option-object
OPTION_TEXT = 75
# /reference/block-kit/composition-objects/option-group-object
OPTIONS = 100
