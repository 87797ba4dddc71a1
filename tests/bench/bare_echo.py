"""A raw client that echoes what people write in the rooms it is invited to: URL TOKEN ACCOUNT.

spec.matrix.org client-server api, syncing and sending; nothing is kept.
"""

import json
import sys
from typing import Any
from urllib.parse import quote

import httpx

SEEN = {"room": {"timeline": {"limit": 100, "types": ["m.room.message"]}}, "presence": {"types": []}}


def main(url: str, token: str, account: str) -> None:
    """Echo until killed."""
    with httpx.Client(base_url=f"{url}/_matrix/client/v3/", timeout=60, verify=False) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        since = ""
        while True:
            query = {"filter": json.dumps(SEEN), "timeout": "30000" if since else "0"}
            told = client.get("sync", params=query | ({"since": since} if since else {})).json()
            for room in told.get("rooms", {}).get("invite", {}):
                client.post(f"join/{quote(room)}", json={})
            if since:
                _echo(client, told, account, since)
            since = told["next_batch"]


def _echo(client: httpx.Client, told: dict[str, Any], account: str, since: str) -> None:
    for room, seen in told.get("rooms", {}).get("join", {}).items():
        for event in [*_missed(client, room, seen["timeline"], since), *seen["timeline"]["events"]]:
            if event["sender"] != account:
                relation = {"m.in_reply_to": {"event_id": event["event_id"]}}
                content = {"msgtype": "m.notice", "body": event["content"]["body"], "m.relates_to": relation}
                client.put(f"rooms/{quote(room)}/send/m.room.message/{quote(event['event_id'])}", json=content)


def _missed(client: httpx.Client, room: str, timeline: dict[str, Any], since: str) -> list[dict[str, Any]]:
    """What an answer left out. Who does not ask for it loses a third of a burst."""
    missed: list[dict[str, Any]] = []
    query = {"dir": "b", "limit": "100", "to": since, "from": timeline.get("prev_batch", "")}
    query["filter"] = json.dumps({"types": ["m.room.message"]})
    while timeline.get("limited") and "from" in query:
        page = client.get(f"rooms/{quote(room)}/messages", params=query).json()
        missed += page["chunk"]
        query = {**query, "from": page["end"]} if "end" in page else {}
    return missed[::-1]


main(*sys.argv[1:])
