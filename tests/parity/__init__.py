"""The same words in three places: the cases, and the worlds in which they are said."""
