"""When something is to be, in plain words, Swedish and English: days, hours, rules, and a meeting planned by them."""
