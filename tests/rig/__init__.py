"""The crash rig: runs of the real program that die at named points, and a checker of what they leave behind.

`nursery` forks the runs, `inside` is what happens in one, `mail_server` is the outside that survives them, `house` is
one installation with its record of what was seen, `checker` gives the verdict, `planted` holds the bugs it must find,
`power_cut` what a disk loses that was not told to sync.
"""
