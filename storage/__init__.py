"""The group's record: every noun with its columns, its rules and its queries."""
