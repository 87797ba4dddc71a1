"""Time zones as Outlook reads them: by their two rules, not by lists of dates (MS-OXCICAL 2.1.3.1.1.19).

Each onset is on the clocks before the change (RFC 5545, 3.6.5). In all of Europe it is at 01:00 UTC (Directive
2000/84/EC).
"""

# Hours before UTC in winter, and what the clocks are then called, in winter and in summer.
FAMILIES = {
    (0, "WET", "WEST"): ("Lisbon",),
    (0, "GMT", "BST"): ("London",),
    (1, "CET", "CEST"): (
        "Stockholm",
        "Oslo",
        "Copenhagen",
        "Berlin",
        "Amsterdam",
        "Brussels",
        "Paris",
        "Warsaw",
        "Vienna",
        "Zurich",
        "Madrid",
        "Rome",
    ),
    (2, "EET", "EEST"): ("Helsinki", "Mariehamn", "Tallinn", "Riga", "Vilnius"),
}
DESCRIBED = {f"Europe/{city}": family for family, cities in FAMILIES.items() for city in cities}
VTIMEZONE = """\
BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:DAYLIGHT
DTSTART:19810329T{winter_onset}
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
TZNAME:{summer_name}
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T{summer_onset}
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
TZNAME:{winter_name}
END:STANDARD
END:VTIMEZONE
"""


def vtimezone(zone: str) -> str | None:
    """The zone described, as a VTIMEZONE; None for one that is written in UTC."""
    if zone not in DESCRIBED:
        return None
    hours, winter_name, summer_name = DESCRIBED[zone]
    return VTIMEZONE.format(
        zone=zone,
        winter=f"+{hours:02}00",
        summer=f"+{hours + 1:02}00",
        winter_onset=f"{hours + 1:02}0000",
        summer_onset=f"{hours + 2:02}0000",
        winter_name=winter_name,
        summer_name=summer_name,
    )
