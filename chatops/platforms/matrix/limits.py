"""How much Tuva says at once on Matrix, in bytes of UTF-8 as they stand in JSON.

An event is 65,536 bytes at most, all told (spec.matrix.org/latest/client-server-api/#size-limits). Whoever changes a
message sends it inside another, with ids, hashes and signatures around both: so a post is far smaller.
"""

# `body` and `formatted_body` of one post together.
POST = 20_000
# A link is never cut in two, so its words and address together must fit beside others, twice written out.
LINK = 2_000
# What stands in place of a changed message where a client does not know changes, in characters.
FALLBACK = 200
