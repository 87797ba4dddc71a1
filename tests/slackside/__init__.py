"""A stand-in for Slack, a process of its own: as strict as docs.slack.dev says Slack is; it knows nothing of Tuva.

`python -m slackside` is the server. `land`, `line` and `sight` are the tests' end of it, used through slackland.Slack;
`tiny` and `calling` are real apps of slack-bolt and slack_sdk for the stand-in's own tests.
"""
