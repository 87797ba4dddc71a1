### What Tuva says in English. Plain words. The keys are those of sv.ftl.

moment-pattern = EEEE d MMMM y 'at' HH:mm
soon-pattern = EEEE d MMMM 'at' HH:mm
day-pattern = EEEE d MMMM y
list-end = { $first } and { $last }
number = { $count ->
    [2] two
    [3] three
    [4] four
    [5] five
    [6] six
    [7] seven
    [8] eight
    [9] nine
    [10] ten
    [11] eleven
    [12] twelve
   *[other] { $count }
}

## Days

day-is-free = { $day } is a day off: { $name }.
day-is-weekend = { $day } is at a weekend.
day-is-bridge = { $day } is a bridge day, between { $name } and { $other }.
day-is-eve = { $day } is { $name }, when many finish early.
day-is-before = { $day } is the day before { $name }, when many finish early.
day-kept = { $remark } If you want the meeting then all the same, it stays. Otherwise: `/meeting { $number } move …`

## Cards

card-proposal = Proposal { $number }: { $title }
card-example = Example { $number }: { $title }
card-meeting = Meeting { $number }: { $title }
card-agenda = Agenda of meeting { $number }: { $title }
card-proposal-by = { $kind } from { $who }
card-example-by = Shared by { $who }
card-goals = Goals: { $goals }
card-counts = Support: { $support } · Objections: { $objections }
card-thanks = Thanks: { $thanks } · Questions: { $questions } · Doing the same: { $reuses }
card-answers = Coming: { $coming } · Not coming: { $absent }
card-carried = { $count ->
    [one] Carried over once
   *[other] Carried over { number } times
}
card-carried-why = { $carried }: { $reason }
meeting-when = { $begins }–{ $ends }
meeting-place = Place: { $place }
meeting-link = Link: { $link }
meeting-chair = Chair: { $name }
meeting-coming = { $names } will come
meeting-substitute = { $substitute } comes in place of { $person }
meeting-substitute-asked = { $person } has asked { $substitute } to come instead
section-round = Round of the table
section-round-about = What is going on where you work?
section-scan = Environment scanning
section-scan-about = What have you seen elsewhere that we can learn from?
section-dialogue = Questions for dialogue
section-dialogue-about = No questions so far.
section-learning = Learning together
section-learning-about = What do we want to learn together?
section-subgroups = Subgroups
section-subgroups-about = How are the subgroups getting on?
section-reporting = Reporting
section-reporting-about = What do we report, and what do you take home with you?
section-other = Any other business
section-other-about = Anything else.
agenda-minutes = { $minutes } min
agenda-time = The items take { $minutes } of the meeting’s { $length } minutes.
agenda-too-long = The items take { $minutes } minutes, but the meeting lasts only { $length } minutes.
agenda-subgroup = Goes on in subgroup { $number } until { $day }
agenda-carried = Carried over to a later meeting
card-effect = **Effect:** { $effect }
card-contact = **Contact:** { $contact }
card-links = **Read more:** { $links }
card-picture = Picture: { $alt }
card-result = *How it went:* { $result }
card-continues = *The rest is in the thread.*

button-support = Support
button-object = Object
button-neutral = Neutral
button-coming = I’ll come
button-absent = I can’t come
button-thank = Thanks
button-reuse = We do the same
button-result = Tell how it went
button-share-tip = Share as an example
button-decline-tip = No, thanks
button-approve = Approve
button-leave-out = Leave out

typed-reason = REASON
typed-words = TEXT

kind-idea = Idea
kind-question = Question
kind-scan = Horizon scan
kind-learning = Learning
kind-information = Information
kind-activity = Activity

stage-scheduled = On the agenda
stage-scheduled-for = To be taken up at meeting { $meeting }, { $moment }
stage-parked = Parked until { $day }
stage-agreed = Agreed
stage-decided = Decided
stage-not_taken_up = Not taken up
stage-held = The meeting has been held
stage-cancelled = Cancelled
stage-withdrawn = Withdrawn
stage-retired = No longer holds

## Roles and duties

role-chair = chair
role-member = member
role-substitute = substitute
role-guest = guest
role-informed = informed
no-role = none
role-secretary = secretary
role-communications = communications
role-approver = approver
role-lead = lead

who-chair = the chair
who-member = members
who-substitute = substitutes
who-guest = guests
who-informed = those who are kept informed
who-operator = whoever runs Tuva
who-named = whoever was named to set up the group
who-communications = the communications officer
who-author = whoever wrote it
who-anybody = everybody

## When something did not work

title-missing = The title is missing. Write it on the same line, for example: `/propose Solar panels on the school roof`
example-title-missing = The title is missing. Write it on the same line, for example: `/example Bicycle pool at the town hall`
title-too-long = The title has { $length } characters, but only { $limit } fit. Shorten it and put the rest on the lines below.
body-too-long = The text has { $length } characters, but only { $limit } fit. Shorten it, or put the long version in a document and link to it.
command-unknown = I do not know the command “{ $word }”. Type `/tuva help` to see all I can do.
verb-unknown = I do not understand “{ $word }” after number { $number }. Type `/tuva help { $command }` to see what works.
verb-unknown-bare = I do not understand “{ $word }”. Type `/tuva help { $command }` to see what works.
number-missing = The number is missing. Type for example `/{ $command } 12 { $word }`
number-missing-or-title = The number is missing after “{ $word }”. Write for example `/example 3 { $word }`. If this is the title, put share before it: `/example share { $word } …`
year-wrong = “{ $value }” is no year. Write for example { $key }:2026.
number-wrong = “{ $value }” is no number. Write for example { $key }:7.
link-wrong = “{ $link }” is no link that can be opened. Write a web address, for example https://example.org/bikes
link-too-long = The link is { $length } characters, but there is room for { $limit } at most. There is often a shorter one: choose Share or Copy link where the page is.
links-too-many = Those are too many links. There is room for { $limit }.
argument-unknown-or-title = I do not understand “{ $word }”. If this is a title, put share before it: `/example share …`. Otherwise type `/tuva help { $command }` to see what you can choose.
argument-unknown = I do not understand “{ $word }”. Type `/tuva help { $command }` to see what you can choose.
value-unknown = “{ $value }” cannot be chosen as { $key }. These work: { $choices }.
hour-unknown = There is no such time as “{ $word }”. Type for example 09:00.
day-unknown = “{ $word }” is no day that I understand. Write for example 2027-01-20, 20/1, 20 January or on Tuesday.
day-unreal = “{ $word }” does not exist: that month has only { $last } days. Write for example { $example }.
month-unreal = “{ $word }” does not exist: a year has twelve months. Write the day before the month, for example 20/1 or 20 January.
week-unreal = “{ $word }” does not exist: that year has { $weeks } weeks. Write for example Tuesday week 3.
day-of-another-week = “{ $word }” does not fit: { $example } is another day of the week. Write the day alone, for example { $example }.
day-of-no-week = “{ $word }” does not exist: the month has only four of them then. Write last instead of fifth.
day-past = The day { $day } has been already. Write a day to come, for example { $example }.
day-far = The day { $day } is more than two years away. Write a day up to { $last }.
hour-past = { $hour } on { $day } has been already. Give a later hour or another day.
hour-skipped = { $hour } does not exist on { $day }: the clocks go forward then. Write for example { $example }.
hour-backwards = “{ $word }” ends before it begins. Write for example 13:00–15:00.
hour-missing = The time of day is missing. Write it behind the day, for example { $example }
length-wrong = “{ $word }” does not work as a length. Give between 1 minute and 12 hours, for example 2h, 90min or 1 h 30 min.
when-unknown = I do not understand when “{ $word }” is. Begin with the day, or with how often, and then write the time, for example { $example } 13:00 or first Tuesday, not July 13:00
when-twice = You have chosen the day { $day }, but have also written “{ $word }”. Choose one: remove the day, or what you wrote.
series-fifth = “{ $word }” does not exist every month, so now and then the meeting would be left out. Write fourth or last, for example last Friday.
series-skips-months = Not every month has a day { $day }, so now and then the meeting would be left out. Write the { $last }th or earlier, or for example last Friday.
series-endless = A series cannot go on “{ $word }”. Write when it ends, for example until June 2028 or 8 times. Without an end it is a year.
series-too-many = Those are too many meetings: a series holds { $limit } at most. Write an earlier end, for example 8 times.
series-far = The series goes on for more than two years. Write an end up to { $last }, or fewer times.
series-empty = That makes no meeting at all. See what is to be included and when it ends, for example: first Tuesday, not July, until June 2028
series-without-what = I do not understand what is to be left out after “{ $word }”. Write months or days, for example not July and August, or not 6 April.
series-bound-unknown = I do not understand “{ $word }”. Write a day or a month behind it, for example until June 2028 or from 1 March.
goal-unknown = There is no goal #{ $tag }. The last one of that catalogue is { $last }: type for example { $example }.
proposal-unknown = There is no proposal { $number } in any of your groups. Type `/proposal list` to see those there are.
proposal-not-open = Proposal { $number } is no longer open, so it cannot be changed.
objection-needs-reason = An objection needs a reason. Type for example: `/proposal { $number } object There is no money this year`
objection-why = What do you object to in proposal { $number }? Write the reason on the next line. The objection counts once it has a reason.
example-unknown = There is no example { $number } in any of your groups. Type `/example list` to see those there are.
example-retired = Example { $number } no longer holds, so it can neither be changed nor answered.
picture-too-large = The picture is too large: it may be { $limit } MB at most. Save it in a smaller size and send it again.
picture-pixels = The picture has more than { $limit } million pixels. Save it in a smaller size and send it again.
picture-unknown = The file is no picture that Tuva can show, whatever it is called. Send a picture that is saved as JPEG, PNG, GIF or WebP.
picture-heic = The picture is saved as HEIC, which many programs cannot show. Save it as JPEG and send it again.
picture-broken = The picture cannot be opened. The file is damaged, or did not arrive whole. Send it once more.
picture-gone = The picture is no longer where you put it. Send it once more.
picture-elsewhere = The picture lies on another site, and Tuva fetches nothing from there. Upload the file itself here.
picture-not-allowed = Tuva may not read files here. Ask whoever runs Tuva to give the app the scope files:read, and then send the picture again.
picture-refused = Example { $number } is without the new picture
picture-without = The example is shared, but without the picture. { $reason }
picture-first = An example has only one picture, so the first of them is used.
picture-coming = The picture is being fetched. The card of example { $number } will show it in a moment.
picture-none = Example { $number } has no picture to take away.
picture-missing = No picture came. Send it together with the line: mention Tuva in a message on Slack, write `example { $number } picture` and add the picture. On Matrix, reply to the picture with `!example { $number } picture`.
edit-what = Write what to change on the same line: a new title, or for example Effect: or Contact: and then the text. A new text goes on the lines below. Like this: `/example { $number } edit Effect: fewer cars`
reuse-own = Example { $number } is your own. How it has gone since then you can write into it: `/example { $number } edit`
reuse-note-missing = Write what you do, for example: `/example { $number } reuse We buy five bikes for the park`
reuse-why = What do you do? Write a line about it, for example: We buy five bikes for the park.
reuse-thanks = How nice! Whoever shared the example is told. In three months I shall ask you how it went.
reuse-thanks-untold = How nice! Whoever shared the example can no longer be reached. In three months I shall ask you how it went.
result-without-reuse = You have not told that you do as in example { $number }. If you do, write: `/example { $number } reuse We buy five bikes for the park`
result-missing = Write how it went, for example: `/example { $number } result The bikes are used every day`
result-why = How did it go? Write a line about it, for example: The bikes are used every day.
search-what = Write what you look for, for example: `/example search bike #sdg11 unit:Park year:2026`
search-too-long = That is much to look for. Write a few words, { $limit } characters at most, for example: `/example search bike`
suggest-what = Write who did it, and what, for example: `/example suggest Bo Bark The bike pool at the town hall`. Or put 💡 under what they wrote.
suggest-outsider = { $name } cannot share examples in this group. Ask them, and share it yourself with `/example`.
suggest-done = Thank you! I ask { $name }, who decides.
decline-what = Write which tip you decline, for example: `/example decline tip:7`
decline-done = Tuva does not share it, and does not ask again.
tip-unknown = There is no such tip, or you have answered it already. You are welcome to share a new one: `/example Bike pool at the town hall`
thanks-to-oneself = Example { $number } is your own. Thanks come from the others.
reaction-unknown = That reaction means nothing here. A proposal takes yes, no and idea, an example thanks, a meeting yes and no: type for example react 1 yes.
speaker-unknown = I do not know { $account }. Ask the chair of your group to add you, then we can talk.
speaker-unnamed = I do not know you here. If I know you somewhere else, write `/tuva link` there. Otherwise the chair of your group can add you with the mail address you have here.
no-group = You are not in any group yet. Ask the chair to add you.
group-which = You are in several groups. Say which one you mean, for example group:{ $example }. Your groups: { $groups }.
group-not-yours = You are not in a group called { $slug }. Your groups: { $groups }.
group-unknown = There is no group called { $slug }. These exist: { $known }.
may-not = Only { $who } can do this. Your role in the group: { $role }.
link-stranger = I do not know you here. Write `/tuva link` where I know you already, for example on Slack. It gives you a code, which you write here: `/tuva link CODE`. If I know you nowhere, the chair of your group can add you.
link-code-wrong = There is no such code. See that it is written as it was given, or write `/tuva link` where I know you for a new one.
link-code-used = That code has been used. Write `/tuva link` where I know you for a new one.
link-code-over = That code is no longer valid. Write `/tuva link` where I know you for a new one. It is good for ten minutes.
link-own = That is your own code, and here I know already that you are you. Write it on the other side, where I do not know you.
link-two-people = Both accounts are in the roster, each with a mail address of its own, so to me they are two people. Ask the chair to take one out, or to correct the roster.
link-guesses = Those were too many wrong codes. Wait ten minutes, then write `/tuva link` where I know you for a new one.
link-guesses-of-all = Unusually many wrong codes have been written, so I take none just now. Try again in an hour.
setup-no-room = This command belongs in a channel or room. Write it where the group is to talk.
setup-which = Say which group is to be here, for example `/tuva setup sustainability`. Groups you may set up: { $groups }.
setup-name-missing = There is no group { $slug } yet. Say what it is to be called too, for example `/tuva setup { $slug } Sustainability group`, and I make it.
member-incomplete = Write name, mail address and unit, for example: `/tuva members add Anna Lind anna.lind@example.org Parks`
unit-unknown = There is no unit “{ $unit }” in the group. There are: { $known }.
member-which = Write who is meant, for example: `/tuva members end Anna Lind`
member-unknown = Nobody in the group is called “{ $name }”. Write the name or the mail address as it stands in `/tuva members`.
member-several = Several in the group are called “{ $name }”. Write the whole name or the mail address.
member-only-chair = { $name } is the group’s only chair. Make somebody else chair first: `/tuva members add NAME MAIL UNIT role:chair`
member-leads = { $name } leads subgroup { $number }. Hand it to somebody else first, for example `/subgroup { $number } lead @name`
reader-replaced = Another Tuva reads { $stream } now.
disk-full = It could not be saved: the disk is full, or cannot be written to. Nothing was changed. Try again in a while, and tell whoever looks after Tuva.
not-stored-yet = It is not stored yet: it takes longer than usual. You will hear when it is done.
slack-silent = Slack does not answer just now, so I cannot tell who you are, and nothing was changed. Try again.
form-late = The form did not open in time. Please try again.
slack-invite-me = I am not in this channel yet. Invite me, and the cards come here: `/invite @Tuva`
slack-too-long = … and more than that does not fit here.
slack-invited = Thank you for the invitation! Write `/tuva setup GROUP` here, and the channel belongs to the group and its cards come here.
slack-seen-in = Everybody sees it in { $channels }.
slack-why-reuse = What do you do, when you do as in example { $number }? Press the button and write a line about it.
slack-why-result = How did it go with example { $number }? Press the button and write a line about it.
slack-why-object = What do you object to in proposal { $number }? Press the button and write the reason. The objection counts once the reason is given.
matrix-old = You wrote this { $moment }, when I was not listening. Do you still mean it? Press 👍 under what you wrote and I will do it.
matrix-edited = What you wrote is done already, so changing the message changes nothing. Please write a new line instead.
matrix-edited-late = The change came too late for me to do it over. Write it on a new line instead.
matrix-unbound = This room does not belong to a group yet. Write `/tuva setup GROUP` here, and the group's cards come here.
matrix-uninvited = Tuva only joins rooms that belong to a group, or when a member invites it. Ask whoever looks after Tuva to set the room up.
matrix-encrypted = Tuva cannot read in encrypted rooms, and a room that has been encrypted stays so. Make a new room without encryption, invite Tuva and write `/tuva setup GROUP` there.
matrix-gap = I have been away for long, and have not read everything that was written here. If you wrote to me and got no answer, please write it again.
matrix-why-reuse = What do you do, when you do as in example { $number }? Answer here with a line about it.
matrix-why-result = How did it go with example { $number }? Answer here with a line about it.
matrix-why-object = What do you object to in proposal { $number }? Answer here with the reason. The objection counts once it has a reason.
done-already = I have already done that.
went-wrong = Something went wrong at my end, and nothing was changed. Try again. If it goes wrong once more, show this code to whoever runs Tuva: { $reference }
help-unknown = There is no command called “{ $word }”. These exist: { $commands }.

## Lists

proposals-open = { $count ->
    [one] One open proposal
   *[other] { $count } open proposals
}
proposals-mine = { $count ->
    [one] One proposal of yours
   *[other] { $count } proposals of yours
}
proposals-all = { $count ->
    [one] One proposal, closed ones included
   *[other] { $count } proposals, closed ones included
}
proposals-none-open = No open proposals right now. Make one: `/propose Solar panels on the school roof`
proposals-none-mine = You have not proposed anything yet. Begin: `/propose Solar panels on the school roof`
proposals-none-all = No proposals yet. Make the first: `/propose Solar panels on the school roof`
examples-all = { $count ->
    [one] One good example
   *[other] { $count } good examples
}
examples-found = { $count ->
    [one] One example that fits
   *[other] { $count } examples that fit
}
examples-not-found = No example fits. Try fewer or shorter words, or see them all: `/example list`
example-alike = This is like { $title }. Is it the same? Then rather write how you do it: `/example { $other } reuse …`, and take yours away: `/example { $number } retire`
examples-none = No good examples yet. Share the first: `/example Bicycle pool at the town hall`
members = { $group }: { $count ->
    [one] one participant
   *[other] { $count } participants
}
member-added = In { $group } from now on: { $member }
member-ended = { $name } is no longer in { $group }.
setup-done = The cards of { $group } ({ $slug }) come here from now on. { $count ->
    [0] Add the first members: `/tuva members add NAME MAIL UNIT`
    [one] One person is in it. Try `/tuva help`.
   *[other] { $count } people are in it. Try `/tuva help`.
}
queue = { $count ->
    [one] One example waits for you
   *[other] { $count } examples wait for you
}
queue-how = Read it with `/example { $number }`. Write `/example { $number } approve` or `/example { $number } leave out`, and mend it with `/example { $number } edit`.
queue-empty = No example waits to be read.
queue-waiting = Waits for you before the next digest: { $example }
queue-shared = Before it comes into the digests somebody reads it through: { $names }.
queue-approved = Example { $number } may be in the digests.
queue-left-out = Example { $number } will not be in the digests. Its card stays.
bulletin-on = The group's rooms get a card with what is new { $interval }, on { $weekday }s at { $hour } ({ $zone }). The next one: { $moment }.
bulletin-monthly = The group's rooms get a card with what is new on the first { $weekday } of every month at { $hour } ({ $zone }). The next one: { $moment }.
bulletin-off = The group's rooms get no cards with what is new. Type `/tuva settings digest weekly` and they begin again.
editors-on = Good examples come into the digests when somebody has read them: { $names }. If they shall go out by themselves again, write `/tuva settings editors off`.
editors-off = Good examples come into the digests by themselves. If somebody shall read them first, write `/tuva settings editors on`.
members-missing = Units with nobody yet: { $units }.
members-no-mail = no mail address, gets no letters

## Status

status-record = { $proposals ->
    [0] No open proposals
    [one] One open proposal
   *[other] { $proposals } open proposals
}, { $examples ->
    [0] no good examples yet.
    [one] one good example.
   *[other] { $examples } good examples.
}
status-outbox = { $count ->
    [0] Everything has been sent.
    [one] One thing waits to be sent.
   *[other] { $count } things wait to be sent.
}
status-rooms = The group talks { $rooms }.
status-no-rooms = The group has no chat room yet.

platform-console = on the console
platform-slack = on Slack
platform-matrix = on Matrix
platform-mail = in letters

## The same person in several places

link-code = Your code is **{ $code }**. Write `/tuva link { $code }` on the other side within ten minutes, and you are the same person there, with one voice. The code works once. Show it to nobody.
link-done = Done: { $places } you are now one and the same person, { $name }.
link-let-go = The account you had { $places } before is no longer known to me.

## The Home tab on Slack

home-answer = **Your answer:** { $answer }
home-waiting = { $count ->
    [0] Nothing waits for your answer.
    [one] One proposal waits for your answer
   *[other] { $count } proposals wait for your answer
}
home-proposals = { $count ->
    [0] You have not made any proposal yet.
    [one] One proposal of yours
   *[other] { $count } proposals of yours
}
home-tips = { $count ->
    [one] This could become a good example. Will you share it?
   *[other] These could become good examples. Will you share them?
}
home-textless = Something that you wrote
home-results = { $count ->
    [one] You do the same. How did it go?
   *[other] You do the same as in { $count } examples. How did it go?
}
home-queue = { $count ->
    [one] One example waits for you to read it
   *[other] { $count } examples wait for you to read them
}
home-examples = { $count ->
    [0] You have not shared a good example yet.
    [one] One good example of yours
   *[other] { $count } good examples of yours
}

## Digest

digest-on = You get letters from { $group } { $interval }, on { $weekday }s at { $hour } ({ $zone }).
digest-monthly = You get letters from { $group } on the first { $weekday } of every month at { $hour } ({ $zone }).
digest-off = You get no letters from { $groups }. Type `/digest weekly` and they begin again.
digest-how = They are in { $language } and come { $channel }.
channel-mail = by mail
channel-chat = in chat
channel-both = both by mail and in chat
digest-not-in-chat = They cannot come in chat as long as you have no account where the group talks.
digest-not-by-mail = They cannot come by mail, for I have no address of yours.
digest-together = It is one letter for all your groups: { $groups }.
digest-without-own = What you put in yourself is left out.
digest-without-reacted = What you have answered or said thanks for is left out.
digest-titles-only = They show titles only.
digest-next = The next one: { $moment }.
digest-next-there = The next one: { $moment } ({ $zone }).
interval-weekly = every week
interval-fortnightly = every second week
language-sv = Swedish
language-en = English

## Invitations to meetings

invitation-subject-invited = { $count ->
    [one] Invitation: { $title }, { $when }
   *[other] Invitation to { number } meetings: { $title }
}
invitation-subject-changed = { $count ->
    [one] Changed meeting: { $title }, { $when }
   *[other] Changed meetings: { $title }
}
invitation-subject-cancelled = { $count ->
    [one] Cancelled meeting: { $title }, { $when }
   *[other] Cancelled meetings: { $title }
}
invitation-opening-invited = { $count ->
    [one] You are invited to a meeting of { $group }.
   *[other] You are invited to { number } meetings of { $group }. They go into your calendar all at once.
}
invitation-opening-changed = { $count ->
    [one] A meeting of { $group } has changed. This is how it is now:
   *[other] In { $group }, { number } meetings have changed. This is how they are now:
}
invitation-opening-cancelled = { $count ->
    [one] A meeting of { $group } is cancelled.
   *[other] In { $group }, { number } meetings are cancelled.
}
invitation-day = Meeting { $number }: { $when }
invitation-answer = { $count ->
    [one] Say whether you are coming: press a button here or under the meeting in chat. Accepting in your calendar puts the meeting there, but does not tell the group.
   *[other] Before each meeting you get a letter with buttons to say whether you are coming. In chat you can answer now: /tuva meeting { $number } coming. Accepting in your calendar puts the meetings there, but does not tell the group.
}
invitation-subscribe = All your meetings, as a calendar to subscribe to
calendar-title = { $group }: { $title }
calendar-answer = Say whether you are coming: { $link }
calendar-answer-series = Say whether you are coming: press a button under the meeting in chat, or in the letter with the agenda.
calendar-name = Meetings of { $groups }
calendar-cancelled = Cancelled: { $title }

## What Tuva says to one person by itself

note-why = You get this letter because you are in { $group }.
console-note = To { $name }: { $subject }
tip-asked = { $name } finds that what you wrote is a good example
tip-asked-oneself = What you wrote may become a good example
tip-asked-about = It is this: *{ $title }*. Would you like to share it with the group? You can change the text first. If not, decline, and Tuva does not ask again.
tip-asked-textless = Would you like to share it with the group? If not, decline, and Tuva does not ask again.
reuse-told = Somebody does as you did: { $example }
reuse-told-by = **{ $who }**: { $note }
result-told = How it went: { $example }
reuse-asked = How did it go? { $example }
reuse-asked-about = Three months ago you wrote: { $note }

## Help

help-all = What I can do
help-more = Type for example `/tuva help proposal`, and I show more about one command.
help-propose = put something before the group
help-propose-make = `/propose TITLE`, with more text on the lines below. Add kind:question (idea, question, scan, learning, information, activity) and goals such as #sdg13, #miljömål1 or #mrp1.1
help-propose-example = For example: `/propose Solar panels on the school roof kind:idea #sdg7`
help-proposal = follow a proposal and say what you think
help-proposal-show = `/proposal 12` – show the proposal
help-proposal-support = `/proposal 12 support` – you are for it
help-proposal-object = `/proposal 12 object REASON` – you have an objection
help-proposal-neutral = `/proposal 12 neutral` – you take no stand
help-proposal-retract = `/proposal 12 retract` – take your answer back
help-proposal-withdraw = `/proposal 12 withdraw` – whoever made it, or the chair, takes it back
help-proposal-suggest = `/proposal 12 suggest` – it has been done and is a good example: Tuva asks whoever proposed it. 💡 under the card does the same
help-proposal-list = `/proposal list` – the open ones; `list mine` and `list all` work too
help-proposal-example = For example: `/proposal 12 object There is no money this year`
help-example = share a good example, or find those of others
help-example-share = `/example TITLE`, with what you did on the lines below. Lines that begin with Effect:, Contact:, Unit: or Link: get their place on the card. Add goals such as #sdg13. When the title begins with a word like list, write `/example share TITLE`
help-example-search = `/example search bike #sdg11 unit:Park year:2026` – find examples by words, goal, unit and year, one or more of them
help-example-reuse = `/example 3 reuse TEXT` – you do the same; whoever shared it is told
help-example-result = `/example 3 result TEXT` – tell how it went
help-example-suggest = `/example suggest NAME TEXT` – point out somebody else's good example; Tuva asks them first. 💡 under a message does the same
help-example-decline = `/example decline tip:7` – do not share what somebody suggested. The button *No, thanks* does the same
help-example-edit = `/example 3 edit TITLE` – change the example; on the lines below you can write Effect:, Contact:, Unit: and Link:. Whoever shared it, the chair and communications may do so
help-example-picture = `/example 3 picture` together with a picture – the example gets the picture, and if it had one already that is replaced; `/example 3 picture off` takes it away
help-example-retire = `/example 3 retire` – it no longer holds
help-example-queue = `/example queue` – what somebody is to read before the digest
help-example-approve = `/example 3 approve` – it will be in the next digest
help-example-leave-out = `/example 3 leave out` – it will not be in the digests
help-example-show = `/example 3` – show the example
help-example-list = `/example list` – all good examples
help-example-thank = `/example 3 thank` – say thanks
help-example-retract = `/example 3 retract` – take your thanks back
help-example-example = For example: `/example Bicycle pool at the town hall #sdg11`
help-digest = choose what you want in your letters, and when
help-digest-show = `/digest` – show what you have chosen
help-digest-choose = `/digest weekly friday 09:00` – choose how often (weekly, every second week, monthly, off), weekday, hour, zone:Europe/Helsinki, language:en, channel:mail (chat, both), titles:only (all), own:without (with), reacted:without (with), letters:together (apart), in any order
help-digest-preview = `/digest preview` – see the letter as it is now
help-digest-example = For example: `/digest every second week friday 09:00 titles:only`
help-tuva = help, participants and how the group stands
help-tuva-help = `/tuva help` – all I can do
help-tuva-link = `/tuva link` – gives a code; write it on the other side, for example on Matrix, and you are the same person there: `/tuva link CODE`
help-tuva-members = `/tuva members` – who is in the group, and which units are missing
help-tuva-add-member = `/tuva members add NAME MAIL UNIT` – the chair takes somebody into the group; add role:guest for another role than member
help-tuva-end-member = `/tuva members end NAME` – the chair takes somebody out of the group
help-tuva-setup = `/tuva setup GROUP` – shows the group's cards in the channel or room where you write it
help-tuva-editors = `/tuva settings editors on` – the chair chooses whether somebody reads the good examples before the digests
help-tuva-bulletin = `/tuva settings digest weekly monday 08:00` – the chair chooses when the group's rooms get a card with what is new (weekly, every second week, monthly, off)
help-tuva-status = `/tuva status` – how things stand, and when your next letter comes
help-tuva-example = For example: `/tuva help proposal`

## The letter

letter-subject-week = New in week { $week }: { $inside }
letter-subject = New since last time: { $inside }
letter-inside = { $examples ->
    [0] { $proposals ->
        [one] one proposal
       *[other] { $proposals_word } proposals
    }
    [one] { $proposals ->
        [0] one good example
        [one] one good example and one proposal
       *[other] one good example and { $proposals_word } proposals
    }
   *[other] { $proposals ->
        [0] { $examples_word } good examples
        [one] { $examples_word } good examples and one proposal
       *[other] { $examples_word } good examples, { $proposals_word } proposals
    }
}
letter-inside-subgroups = the latest from the subgroups
letter-heading = New since last time
letter-opening = { $examples ->
    [0] { $proposals ->
        [one] In { $group } there is one new proposal.
       *[other] In { $group } there are { $proposals_word } new proposals.
    }
    [one] { $proposals ->
        [0] In { $group } there is one new good example.
        [one] In { $group } there is one new good example and one new proposal.
       *[other] In { $group } there is one new good example and { $proposals_word } new proposals.
    }
   *[other] { $proposals ->
        [0] In { $group } there are { $examples_word } new good examples.
        [one] In { $group } there are { $examples_word } new good examples and one new proposal.
       *[other] In { $group } there are { $examples_word } new good examples and { $proposals_word } new proposals.
    }
}
letter-opening-subgroups = How the subgroups in { $group } are getting on.
letter-examples = Good examples
letter-proposals = New proposals
letter-changes = Changed since last time
letter-change-line = { $title } – { $changes }
changed-withdraw = withdrawn
changed-edit = edited
changed-agreed = agreed
changed-decline = not taken up
changed-park = parked
changed-carry = carried over to a later meeting
changed-retire = no longer holds
changed-reuse = more people do the same
changed-result = now we know how it went
letter-subgroups = In the subgroups
subgroup-line = { $group }: { $news }
subgroup-formed = newly formed
subgroup-short = subgroup { $number }
subgroup-task-line = { $group } – { $news }
subgroup-formed-by = newly formed (led by { $name }, due by { $day })
subgroup-has-answered = has answered: { $answer }
subgroup-has-ended = closed: { $outcome }
subgroup-examples = { $count ->
    [one] one new good example
   *[other] { $count } new good examples
}
subgroup-proposals = { $count ->
    [one] one new proposal
   *[other] { $count } new proposals
}
letter-waiting = Waiting for you
waiting-tip = { $name } finds that what you wrote is a good example: { $title }
waiting-tip-typed = Share it with `/tuva example share tip:{ $number }`, or decline with `/tuva example decline tip:{ $number }`
waiting-tip-textless = Something you wrote may become a good example. Share it with /tuva example share tip:{ $number }, or decline with /tuva example decline tip:{ $number }
waiting-tip-oneself = You wanted to keep this as a good example: { $title }
waiting-result = How did it go for you? { $example }
waiting-result-typed = Tell us with `/tuva example { $number } result`
waiting-queue = { $count ->
    [one] One good example waits for you to read it. See it with /tuva example queue
   *[other] { $count } good examples wait for you to read them. See them with /tuva example queue
}
letter-meeting = Next meeting
letter-meeting-until = Do you want to bring something up? Type /tuva propose in chat by { $moment }.
preview-no-meeting = { $group } has no meeting planned, so there is no agenda to show. Plan one in chat: /tuva meeting plan 20 January 13:00
letter-more = … and { $count } more.
letter-read = Read in the browser
letter-invitation = Do you have something to show or to propose? Type /tuva example or /tuva propose in chat.
bulletin-invitation = Do you have something to show or to propose? Type `/tuva example` or `/tuva propose` here.
letter-why = You get this letter because you are in { $places }.
letter-why-place = { $group } ({ $role })
letter-sender-together = { $group } and others
letter-forward = Pass it on: the news without personal links
letter-change = Change how often it comes
letter-stop = Stop getting it
letter-nothing-new = Nothing new to tell, so no letter would be sent now.

## What did not get through

stuck-subject-letters = { $count ->
    [one] One letter did not get through
   *[other] { $count } letters did not get through
}
stuck-subject-cards = { $count ->
    [one] One card did not get through
   *[other] { $count } cards and letters did not get through
}
stuck-opening-letters = { $count ->
    [one] One of the letters from { $group } is stuck. It will not be sent again by itself.
   *[other] Some of the letters from { $group } are stuck. They will not be sent again by themselves.
}
stuck-opening-cards = { $count ->
    [one] One of the cards from { $group } is stuck. It will not be posted again by itself.
   *[other] Some of the cards and letters from { $group } are stuck. They will not be sent again by themselves.
}
stuck-heading = This is stuck
stuck-entry = Letter { $number }, “{ $subject }” to { $address }: { $why }
stuck-card = Card { $number }, “{ $subject }” in { $address }: { $why }
stuck-server = The mail server said: { $reason }
stuck-why-address = there is no such address.
stuck-why-full = the mailbox is full.
stuck-why-policy = the mail server does not take letters from Tuva.
stuck-why-size = the letter is too large for the mail server.
stuck-why-crashed = Tuva was interrupted several times just as it was to be sent.
stuck-why-restored = it was waiting when the backup was taken.
stuck-why-silent = the mail server did not answer.
stuck-why-unknown = No answer came when it was posted, so it may be in the channel or room already.
stuck-why-closed = Tuva is not in the channel or room, may not write there, or the channel is archived. Invite Tuva there, and it will be posted.
stuck-why-restricted = the settings of the workspace in Slack keep Tuva from it. Ask an administrator there to let apps make and change channels.
stuck-why-scope = the app lacks a right in Slack. Ask whoever runs Tuva to run tuva check, which says which one, and to install the app again.
stuck-why-names = other channels in Slack have the name already, and the names that are like it. Ask somebody to rename one of them.
stuck-why-account = the account may not be in the channel: it is deactivated, a guest’s, or of another organisation. Ask an administrator in Slack for help.
stuck-why-encrypting = the homeserver on Matrix encrypts every new private room, where Tuva cannot read. Ask whoever runs it to leave out encryption_enabled_by_default_for_room_type.
stuck-why-making = the homeserver on Matrix does not let Tuva make the room. Ask whoever runs it to let Tuva’s account make rooms and addresses.
stuck-why-inviting = the invitation to the room on Matrix is not taken. The account may be gone, banned from the room, or take no invitations. Correct the account in the roster, or ask them to go in by themselves with the link on the subgroup’s card.
stuck-why-removing = whoever has as much power in the room on Matrix as Tuva can only go out by themselves. Ask them to leave the room.
stuck-why-other = it could not be sent.
stuck-cure-letters = If an address is wrong, correct it in the roster. Then ask whoever looks after Tuva to send again with tuva outbox retry { $number }, or to drop the letter with tuva outbox drop { $number }.
stuck-cure-cards = Look in the channel or room. If the card is there, ask whoever looks after Tuva to run tuva outbox arrived { $number }. If it is not, it is sent again with tuva outbox retry { $number }.
stuck-why = You get this letter because you chair { $group }.
status-stuck = Stuck: { $entry }
status-late = Nothing has gone out since { $moment }. Whoever looks after Tuva should have a look: tuva check.

## The agenda that arrives by itself

agenda-call = What do you want to bring up? { $meeting }
agenda-reminder = Reminder: { $meeting }
agenda-eve = Coming up: { $meeting }
agenda-answer = Please say now whether you are coming.
agenda-propose-until = Is there something the group should take up? Type `/tuva propose TITLE`, or tell the chair, by { $moment }.
agenda-items = { $count ->
    [0] Nobody has put down an item, so the meeting follows the standing sections.
    [one] There is one item on the agenda.
   *[other] There are { number } items on the agenda.
}
agenda-letter = Agenda: { $title }, { $moment }
agenda-letter-more = Have you not answered yet? Please say now whether you are coming, so that the chair knows which units will be there.
agenda-draft = Draft: { $agenda }
agenda-goes = The agenda goes out { $moment }.
agenda-sent-before = The agenda of meeting { $number } has been sent already. If you change something on it, everybody is told within half an hour.
units-coming = Units that are coming: { $units }.
units-unsure = Units that we are waiting to hear from: { $units }.
units-missing = Units from which nobody is coming: { $units }.
unit-asked = Can you come? { $meeting }
unit-asked-about = Nobody from { $unit } has said yes to the meeting yet. Can you come?
unit-substitute = Who can come instead? { $meeting }
unit-substitute-about = Nobody from { $unit } can come to the meeting. Do you know somebody who can come instead? Type `/tuva meeting { $number } substitute @name`, or tell the chair.
agenda-changed = Changed agenda: { $meeting }
agenda-changed-heading = Changed on the agenda
agenda-changed-added = New: { $proposal }
agenda-changed-taken-off = Not taken up this time: { $proposal }
agenda-changed-withdrawn = Withdrawn: { $proposal }
agenda-changed-timed = Given { $minutes } minutes: { $proposal }
agenda-changed-untimed = Has no set time any more: { $proposal }
agenda-changed-order = The items come in another order.
meeting-changed-told = Changed: { $meeting }
meeting-cancelled-told = Cancelled: { $meeting }
outcomes-asked = How did it go? { $meeting }
outcomes-which = What came of these items?
outcomes-how = Type for example `/tuva proposal { $number } agreed TEXT`, `/tuva proposal { $number } decline REASON` or `/tuva proposal { $number } carry REASON`. What nobody has answered two working days after the meeting is carried over to the next one by itself.
carried-subject = Not taken up: { $meeting }
carried-to = Carried over to meeting { $number }, { $moment }: { $proposals }
carried-open = Waiting for the next meeting: { $proposals }

## Whom the agenda reaches

reach = The next agenda of { $group } will reach { $reached } of { $everybody }.
reach-nowhere = { $name } in { $group } will not get the next agenda, for there is neither a mail address nor an account where the group talks. Add the address to the roster.
reach-refused = { $name } in { $group } will not get the next agenda, for the mail server takes no letters to { $address }. It said: { $said }. Correct the address in the roster.
delivery-subject = { $missed ->
    [0] Everybody got the agenda: { $meeting }
   *[other] { $reached } of { $everybody } got the agenda: { $meeting }
}
delivery = { $missed ->
    [0] The agenda reached everybody ({ $everybody }).
   *[other] { $reached } of { $everybody } got the agenda.
}
delivery-lost = { $name } ({ $address }): { $why }
delivery-instead = { $name } got it { $platform } instead.
delivery-cure = Correct the address in the roster, and the next agenda will arrive.
delivery-late = the letter is still on its way.

## Alarms to whoever runs Tuva

alarm-slack = Slack
alarm-matrix = Matrix
alarm-subject = Tuva does not reach { $platform }
alarm-opening = Since { $since } nothing gets through to or from { $platform }. Reason: { $reason }. Nothing is lost: it waits, and goes out when the fault is mended.
alarm-cure = Run tuva check where Tuva is installed. It says what is wrong and how to mend it.
alarm-why = You get this letter because your address stands among the operators in the settings.

## The pages behind the links in letters

page-unsubscribe-title = Stop getting the letter?
page-unsubscribe-body = You will get no more letters from { $group }. Nothing else changes: you stay in the group.
page-unsubscribe-button = Yes, stop sending
page-unsubscribed-title = Done, no more letters
page-unsubscribed-body = You get no more letters from { $group }. Changed your mind? Press the button, and they go on.
page-undo-button = Undo, I want them
page-resumed-title = You get letters again
page-resumed-body = The letters from { $group } come as before.
page-preferences-title = Your letters
page-preferences-button = Save
page-preferences-saved = Saved.
page-preferences-stop = No more letters? Choose Off.
page-calendar-title = The meetings in your calendar
page-calendar-body = Add this address to your calendar, as a calendar from the internet. All meetings of your groups then show there, and changes follow by themselves. The address is yours alone.
page-interval = How often
page-weekday = Day
page-hour = Time
page-zone = Time zone
page-language = Language
page-titles = Content
page-titles-all = The whole text
page-titles-only = Titles only
page-own = What you put in yourself
page-reacted = What you have answered or said thanks for
page-with = In the letter
page-without = Left out
page-letters = Letters
page-letters-apart = One from each group
page-letters-together = One for all your groups
page-channel = How the letters come
page-channel-mail = By mail
page-channel-chat = In chat
page-channel-both = Both by mail and in chat
page-forward-unit = For you at { $unit }: news from { $groups }
page-forward = For your colleagues: news from { $groups }
page-forward-how = Mark and copy what you want to pass on, or begin a new mail with a short version.
page-forward-button = Write a new mail
page-forward-nothing = Nothing of this letter is left to pass on.
forward-hello = This is new from { $groups }:
forward-unit = From { $unit }
page-interval-weekly = Every week
page-interval-fortnightly = Every second week
page-interval-monthly = Once a month
page-interval-off = Off
page-object = What do you object to?
page-object-help = The objection counts once it has a reason.
page-press = Press the button to confirm.
page-object-missing = The reason is missing. Write what you object to, for example: There is no money this year.
page-reuse = What do you do?
page-reuse-help = Whoever shared the example is told.
page-reuse-missing = The text is missing. Write what you do, for example: We buy five bikes for the park.
page-result = How did it go?
page-result-help = It is shown on the example's card.
page-result-missing = The text is missing. Write how it went, for example: The bikes are used every day.
page-closed-example = The example no longer holds, so it cannot be answered.
page-closed-tip = You have answered it already.
page-closed-proposal = The proposal is no longer open, so it cannot be answered.
page-pressed = Thank you, it is noted.
page-unknown-title = This link does not work
page-unknown-body = The address is incomplete, or what it led to is no longer there. Try to open the link in the letter again.
page-refused-title = That did not work
page-refused-body = This page cannot be used like that. Open the link in the letter again.
page-broken-title = Something went wrong
page-broken-body = The fault is ours, and nothing was changed. Try again in a while.
page-full-title = It cannot be stored just now
page-full-body = There is no room left on Tuva's disk, and nothing was changed. Try again in a while.
page-group = From { $group }

## The forms on Slack

form-submit = Send
form-close = Cancel
form-choose = Choose …
form-propose-make = Make a proposal
form-example-share = Share a good example
form-proposal-object = Your objection
form-title = Title
form-title-hint = One line that says what it is about, for example: Solar panels on the school roof
form-example-title = Title
form-example-title-hint = One line that says what it is about, for example: Bicycle pool at the town hall
form-body = Text
form-body-hint = Tell more if you like. Lists, links and **bold** work.
form-example-body = What you did
form-example-body-hint = Tell it so that others can do the same. Lists, links and **bold** work.
form-example-edit = Change the example
form-example-reuse = We do the same
form-example-result = How it went
form-reuse = What do you do?
form-reuse-hint = One line is enough, for example: We buy five bikes for the park. Whoever shared the example is told.
form-result = How did it go?
form-result-hint = One line is enough, for example: The bikes are used every day. It is shown on the example's card.
form-effect = Effect
form-effect-hint = What became better? With a figure, if you have one.
form-contact = Contact
form-contact-hint = Who can tell more? A name, an address or a number.
form-unit = Unit
form-unit-hint = The administration, company or municipality. If you write none when you share, it is your own.
form-links = Links
form-links-hint = Web addresses where one can read more. There may be several, with spaces between.
form-picture = Picture
form-picture-hint = JPEG, PNG, GIF or WebP, 10 MB at most. Where it was taken is removed from it.
form-picture-along = The picture of the message comes along, unless you choose another one. Where it was taken is removed from it.
form-kind = Kind
form-kind-hint = If you choose none, it is an idea.
form-goals = Goals
form-goals-hint = Choose the goals that this serves.
form-reason = What do you object to?
form-reason-hint = The objection counts once you have sent the reason.
form-meeting-change = Change the meeting
form-meeting-plan = Plan meetings
form-meeting = Meeting
form-meeting-hint = What it is called. If there are several, begin with how often, for example: first Tuesday, not July
form-day = Day
form-day-hint = For a single meeting. If there are several, leave it empty and write how often.
form-hour = Time
form-hour-hint = When it begins, on the group's clock.
form-meeting-title = Title
form-meeting-title-hint = What the meeting is called, for example: Spring meeting of the group
form-length = Length
form-length-hint = For example 2h, 90min or 1 h 30 min.
form-place = Place
form-place-hint = Where you meet, for example: Town hall, room 3
form-link = Link
form-link-hint = The web address of a remote meeting.
form-group = Group
form-group-hint = You are in several groups. Which one is meant?

## The console

console-as = { $name } is writing now.
console-as-unknown = { $account } is in no group. You can write as: { $known }.
console-no-speaker = There is no chair here to write as. Add a group and its participants, or choose somebody with --as ADDRESS.
console-unknown = I do not understand that line. Commands begin with /, for example /tuva help. Did the line belong to the text above? Begin it with two spaces.
console-no-card = There is no card [{ $number }] here.
console-no-button = Card [{ $number }] has no button { $button }.
console-time = The time is now { $moment }.
console-sent = { $count ->
    [one] One letter was sent.
   *[other] { $count } letters were sent.
}
console-time-back = The clock never goes back. It is { $moment }.
console-time-wrong = Write the time as time +7d (m, h, d or w) or as time 2027-01-11 08:00.
console-time-in-use = The clock cannot be moved while tuva run is running. Stop it first.
console-script-empty = No line in { $file } begins with “> ”. This is how a line looks: > /propose Solar panels on the school roof
console-no-letters = No letters yet.
console-letters-elsewhere = The letters go to { $url } and cannot be read here.
console-body-first = That line belongs to no command. At a terminal: end the line before with \ and the next line belongs to it.

## The demo

demo-welcome =
    This is Tuva, to try: { $group }. All people are invented, and nothing leaves this computer.
    Type /propose Solar panels on the school roof – or /example, /proposal 1 support, /digest, /tuva help. You write as { $speaker }.
    Be somebody else with as { $other }. Move the clock with time +7d, see the letters with letters, end with quit.
    The letters are put in { $folder }, and the pages behind their links are on { $url }.
demo-in-use = A demo is already running here. End it with quit in its window.
demo-nothing = Nothing new, so no letters.
demo-letters = { $count ->
    [one] One letter sent:
   *[other] { $count } letters sent:
}

## Slack

slack-about = Proposals, good examples and digests for groups that cooperate across organisations.
slack-about-long = With Tuva you make proposals where you already talk. The others support or object with a button or a reaction. Tuva remembers who proposed what and which goals it serves, collects the group's good examples and writes the digests. Tuva answers only what is said to Tuva.
slack-hint-propose = title, or nothing for a form
slack-hint-proposal = list, 12, 12 support, 12 object reason
slack-hint-example = title, search bike, 3 reuse
slack-hint-digest = weekly friday 09:00, off, preview
slack-hint-tuva = help, members, status
slack-shortcut-propose = Propose this
slack-shortcut-propose-about = Make the message a proposal to the group
slack-shortcut-example = Share as example
slack-shortcut-example-about = Share the message with the group as a good example
slack-shortcut-subgroup = Start a subgroup
slack-shortcut-subgroup-about = Let a few people take care of what the message asks
slack-scope-commands = offer commands such as /propose, and the shortcuts in a message's menu
slack-scope-chat-write = show cards, and answer
slack-scope-app-mentions-read = hear @Tuva, in threads too
slack-scope-reactions-read = count a reaction on a card: 👍 is support, 👎 an objection, 🙏 thanks; and find a good example by 💡
slack-scope-channels-read = know what a public channel is called, and whether it is archived
slack-scope-groups-read = know what a private channel that Tuva is invited to is called, and whether it is archived
slack-scope-channels-join = join a public channel when /tuva setup binds it to a group
slack-scope-channels-manage = make public channels for subgroups, invite their members there, set the topic, and archive them when the subgroup is closed
slack-scope-groups-write = do the same with private channels, as subgroups have them unless somebody chooses a public one
slack-scope-pins-write = pin the mandate in a subgroup's channel
slack-scope-im-write = open a direct conversation with whom Tuva asks something
slack-scope-im-history = read what is written to Tuva directly
slack-scope-users-read = see name, language and time zone in a profile, and who is a guest
slack-scope-users-read-email = know a participant by the mail address that Slack has verified
slack-scope-channels-history = look in a public channel before anything is sent again after an interruption, so that nothing appears twice; read the message under which somebody has put 💡; and count questions in the thread of a good example
slack-scope-groups-history = do the same in a private channel that Tuva is invited to
slack-scope-files-read = fetch the picture that somebody sends for a good example
slack-scope-files-write = show that picture on the example's card
slack-without-looking = After an interruption Tuva cannot see whether a post arrived. It then holds the post, and asks the chair.
slack-without-questions = Questions in the thread of a good example are not counted.
slack-without-words = Whoever is asked to share what they wrote, after a 💡, writes it again.
slack-without-pictures = Good examples are shown without a picture, and a picture that somebody sends is not fetched.

## The command line

cli-migrated = The database is ready: { $database }
cli-database-empty = The database has not been prepared. Run tuva migrate.
cli-database-older = The database was made by an older Tuva. Run tuva migrate.
cli-database-newer = The database was made by a newer Tuva than this one. Upgrade Tuva, or take a backup from the time before.
cli-disk-full = The disk is full, or cannot be written to: { $file }. Nothing was changed. Make room on the disk and try again.
cli-backed-up = The backup is ready: { $file }
backup-itself = { $file } is the database itself. Choose another name for the backup.
backup-exists = { $file } exists already. Choose another name, or move it away first.
backup-no-folder = There is no folder { $folder }. Make it first, or choose another.
backup-failed = { $file } cannot be written: { $fault }.
backup-broken = The database { $database } is damaged, so the copy of it was not kept. Find an older backup, and bring it back with tuva restore.
cli-restored = { $count ->
    [0] The database { $database } is restored. Nothing was waiting to be sent.
   *[other] The database { $database } is restored. This had not been sent when the copy was made, or has come due since. It is not sent by itself: choose tuva outbox retry, arrived or drop ID.
}
restore-in-use = Tuva is running on this database. Stop tuva run or the console first.
restore-not-empty = The database { $database } is not empty, and nothing is written over. Move it away first: mkdir aside && mv { $database }* aside/
restore-no-backup = { $file } is no whole backup from Tuva. Choose a file that tuva backup has written.
cli-group-added = The group { $slug } is saved: { $name }
group-name-missing = A new group needs a name: tuva group add { $slug } --name "The group's name"
group-slug-wrong = The short name { $slug } cannot be used. Use small letters a–z, digits and hyphens, for example sustainability.
timezone-unknown = There is no time zone { $zone }. Write for example Europe/Stockholm.
cli-groups-none = No groups yet. Add one: tuva group add sustainability --name "The sustainability group"
cli-units-added = Units of { $group }: { $units }
group-parent-itself = The group { $slug } cannot belong under itself.
group-room-taken = { $address } already belongs to the group { $group }.
room-matrix-alias = { $address } is a room's address, which may change. Write its id, which begins with !: in Element it stands in the room's settings under Advanced.
room-matrix-wrong = “{ $address }” is not a Matrix room. Write its id, which begins with !: in Element it stands in the room's settings under Advanced.
cli-slack-scopes = The app asks for these rights in Slack, and for no others:
cli-slack-without-history = Without history this is off:
cli-slack-url-missing = slack.mode is http, but service.public_url is missing, so this manifest is for Socket Mode. Fill in the address and print it again.
cli-database-held = A console has moved the clock on this database. End the console first.
cli-nothing-configured = Neither mail nor any chat is set up, so there is nothing to do. Add [mail] to the settings, or run tuva demo to try.
cli-person-unknown = { $account } is not in { $group }.
cli-no-chair = { $group } has no chair yet. Choose a reader with --as ADDRESS.
cli-port-taken = Cannot listen on { $listen }: { $fault }. Choose another port in service.listen.
cli-file-broken = The file { $file } does not exist, or cannot be read or written.
outbox-ready = waiting
outbox-sending = under way
outbox-sent = sent
outbox-retry = tried again
outbox-held = waits for an answer
outbox-parked = stuck
outbox-expired = dropped
cli-outbox-empty = Everything has been sent.
cli-outbox-done = { $number }: { $state }
database-broken = The database { $database } cannot be used: { $fault }
outbox-entry-unknown = There is no entry { $number } in the outbox. See tuva outbox.
outbox-entry-ended = Entry { $number } is under way, sent or ended and cannot be changed.

## The roster

roster-done = { $added ->
    [0] None new
    [one] One new
   *[other] { $added } new
}, { $updated ->
    [0] none changed
    [one] one changed
   *[other] { $updated } changed
}, { $removed ->
    [0] none removed.
    [one] one removed.
   *[other] { $removed } removed.
}
roster-nothing-imported = Nothing was imported. Correct this and try again:
roster-line = line { $line }: { $fault }
roster-file-missing = The file { $file } does not exist or cannot be read.
roster-not-utf8 = The file is not saved as UTF-8. Save it again as CSV UTF-8.
roster-not-csv = The line cannot be read as CSV. Save the file again as CSV UTF-8.
roster-columns-missing = Missing: { $columns }. The first line should be: name,email,unit,role
roster-column-unknown = I do not know the column { $column }. These exist: { $columns }.
roster-column-twice = The column { $column } is there twice.
roster-too-many-cells = The line has more fields than the header. Is there a comma without quotation marks?
roster-name-missing = The name is missing.
roster-email-wrong = “{ $value }” is not a mail address. Write for example anna.lind@example.org.
roster-email-missing = The mail address is missing. Write for example anna.lind@example.org.
roster-email-twice = { $value } is already on line { $line }.
roster-unit-unknown = The group has no unit “{ $value }”. Add it first: tuva unit add { $group } "{ $value }"
roster-role-unknown = There is no role “{ $value }”. These exist: chair, member, substitute, guest, informed. Duties follow a plus: chair+secretary.
roster-roles-two = “{ $value }” is more than one role. Write one role, and duties after a plus: chair+secretary.
roster-language-unknown = There is no language “{ $value }”. Write sv or en.
roster-slack-wrong = “{ $value }” is not a Slack user id. It looks like U012AB3CD.
roster-matrix-wrong = “{ $value }” is not a Matrix account. It looks like @anna:example.org.
roster-account-taken = { $value } already belongs to { $name }.

## The settings

settings-missing = Tuva needs settings. Write them in tuva.toml here, or name the file with --config. config/tuva.example.toml shows them all. Only want to try? tuva demo
settings-file-missing = The file { $file } does not exist.
settings-not-toml = { $file } cannot be read as TOML: { $fault }
setting-unknown = { $name }: there is no such setting.
setting-unknown-near = { $name }: there is no such setting. Do you mean { $near }?
setting-choice = { $name }: “{ $value }” does not work. Choose { $expected }.
setting-missing = { $name }: is missing.
setting-number = { $name }: “{ $value }” is not a number that works. Write for example 5.
setting-list = { $name }: “{ $value }” is not a list. Write for example ["anna.lind@example.org"].
setting-wrong = { $name }: the value is of the wrong kind. See config/tuva.example.toml.
setting-timezone = { $name }: there is no time zone “{ $value }”. Write for example Europe/Stockholm.
setting-database = { $name }: “{ $value }” is not a database Tuva can use. Write for example sqlite:///var/tuva.db.
setting-listen = { $name }: “{ $value }” is not an address to listen on. Write for example 127.0.0.1:8080.
setting-public-url = { $name }: “{ $value }” is not a web address. Write for example https://tuva.example.org.
setting-mail-address = { $name }: “{ $value }” is not a mail address. Write for example anna.lind@example.org.
setting-mail-url = { $name }: “{ $value }” is not a way to send mail. Write for example smtp://127.0.0.1:25 or maildir:var/mail.
setting-token = { $name }: token_url also needs username, client_id and client_secret. See config/microsoft365.example.toml.
setting-slack-bot-token = { $name }: this is not a bot token. It begins with xoxb- and stands under OAuth & Permissions on the app's page.
setting-slack-app-token = { $name }: this is not an app token. It begins with xapp- and is made under Basic Information on the app's page, with connections:write.
setting-slack-app-token-missing = { $name }: app_token is missing. Make one under Basic Information on the app's page, with connections:write, or choose mode = "http".
setting-slack-signing-secret = { $name }: mode = "http" needs signing_secret. It stands under Basic Information on the app's page.
setting-slack-api-url = { $name }: “{ $value }” is not a web address. Write for example https://slack.com/api/.
setting-matrix-homeserver = { $name }: “{ $value }” is not where a homeserver is. Write its web address without /_matrix and what follows, for example https://matrix.example.org.
setting-matrix-user-id = { $name }: “{ $value }” is not a Matrix account. Write for example @tuva:example.org.
setting-matrix-device = { $name }: “{ $value }” is not a device. Write the one that the access token was made for, for example TUVA.
setting-matrix-token = { $name }: there is no usable access token here. It is one long word without spaces; docs/matrix.md says how it is made.
setting-matrix-server = { $name }: “{ $value }” is not the name of a server. Write what stands behind the colon of an account, for example example.org.
setting-file = { $name }: the file { $value } cannot be read.

## The check-up (tuva check)

check-fine = Everything is in order.
check-problems = { $count ->
    [one] One problem:
   *[other] { $count } problems:
}
check-parked = { $count ->
    [one] Something is stuck and waits for help.
   *[other] { $count } things are stuck and wait for help.
} See tuva outbox, and send again with tuva outbox retry ID.
check-disk-full = The disk is full, or cannot be written to: { $database }. Nothing can be saved and no letters are sent. Make room on the disk, and Tuva goes on by itself.
check-no-groups = There are no groups. Add one: tuva group add sustainability --name "The sustainability group"
check-reach = { $group }: the next letter will reach { $reached } of { $all }.
check-empty-group = { $group } has no participants. Import them: tuva roster import { $slug } FILE.csv
check-no-chair = { $group } has no chair. Give somebody in the roster the role chair.
check-unit-missing = { $group }: nobody represents { $unit }. Add somebody from there to the roster.
check-mail-missing = Mail is not set up, so no letters can be sent. Add [mail] to the settings.
check-mail-left-out = Good to know: mail is not set up, so nobody gets letters. Add [mail] to the settings if they are to come.
check-mail-fault = No letters get through the mail server { $url } now: { $fault }. Check that the server is running, and mail.url, mail.tls, mail.username and mail.password.
check-mail-policy = The mail server does not take letters from Tuva: { $reason }. Ask whoever runs the mail server to let { $sender } through.
check-slack-unreached = Slack does not answer at { $url }: { $fault }. Check that this computer reaches the internet, and slack.api_url.
check-slack-bot-token = Slack does not accept slack.bot_token ({ $error }). Install the app again, and copy its token under OAuth & Permissions on the app's page.
check-slack-app-token = Slack does not accept slack.app_token ({ $error }). Make a new one under Basic Information on the app's page, with connections:write.
check-slack-error = Slack answered { $error } to { $method }. Try again in a while.
check-slack-scope = The app lacks the scope { $scope } in Slack, which it needs to { $reason }. Add it under OAuth & Permissions on the app's page, and install the app again.
check-slack-history = Good to know: the app may not read back in Slack, for it lacks { $scopes }. If a post may have arrived during an interruption, it is held and the chair is asked.
check-slack-pictures = Good to know: good examples are shown without pictures in Slack, for the app lacks { $scopes }.
check-slack-channel-unknown = The Slack channel { $channel } does not exist, or is private without Tuva in it. Write /invite @Tuva in the channel, or bind the right one with /tuva setup.
check-slack-channel-archived = The Slack channel { $channel } is archived, so nothing can be shown there. Unarchive it, or bind another channel with /tuva setup.
check-slack-channel-not-joined = Tuva is not in the Slack channel { $channel }. Write /invite @Tuva in it.
check-matrix-known = { $group }: { $known } of { $all } have a Matrix account in the roster. The others become known with /tuva link, or when the roster's column matrix is filled in.
check-matrix-unreached = No homeserver answers at { $url }: { $fault }. Check that this computer reaches it, and matrix.homeserver.
check-matrix-no-homeserver = Somebody answers at { $url } ({ $error }), but it is no Matrix homeserver. Write in matrix.homeserver where clients find it; whoever runs it knows the address.
check-matrix-elsewhere = { $url } is only the server's name. The homeserver itself is at { $homeserver }: write that in matrix.homeserver.
check-matrix-token = The homeserver does not accept matrix.access_token ({ $error }). The device may have been logged out. Make a new token for the same account, as docs/matrix.md says, and write its device in matrix.device_id.
check-matrix-token-over = matrix.access_token has run out ({ $error }). Make a new one that does not run out, as docs/matrix.md says.
check-matrix-account = matrix.access_token belongs to { $account }, but matrix.user_id says { $user_id }. Write the account that the token was made for, or make a token for the right one.
check-matrix-device = matrix.access_token belongs to the device { $device }, but matrix.device_id says { $device_id }. Write device_id = "{ $device }" in the settings.
check-matrix-error = The homeserver answered { $error } to { $method }. Try again in a while.
check-matrix-encryption-forced = { $count ->
    [one] One answer or room is held
   *[other] { $count } answers and rooms are held
}, for the homeserver encrypts every new private room, where Tuva cannot read. Ask whoever runs it to leave out encryption_enabled_by_default_for_room_type, and then send again with tuva outbox retry { $number }. Cards in the groups' rooms are not held up by it.
check-matrix-version = Good to know: the homeserver does not have room version { $version }. The rooms of subgroups get version { $usual }, where chairs and leads have as much power as Tuva. With a newer homeserver nobody can take it from them.
check-matrix-room-invited = Good to know: Tuva is invited to the Matrix room { $room }, and goes in as soon as tuva run is running.
check-matrix-room-left = Tuva is no longer in the Matrix room { $room }. Invite { $account } there again.
check-matrix-room-unknown = Tuva is not in the Matrix room { $room }, or there is no such room. Invite { $account } there, or bind the right one with /tuva setup.
check-matrix-room-moved = The Matrix room { $room } goes on in { $to }. Invite { $account } there. Tuva moves along by itself while tuva run is running, if whoever moved the room had the right to.
check-matrix-room-encrypted = The Matrix room { $room } is encrypted, so Tuva cannot read there, and a room that has been encrypted stays so. Make a new room without encryption, invite Tuva, and write /tuva setup there.
check-matrix-room-powerless = In the Matrix room { $room } Tuva may not { $deeds }. Give { $account } the power level { $needed } in the room's settings, or lower what it takes.
check-matrix-may-post = write
check-matrix-may-react = react
check-matrix-may-redact = take back what it wrote itself
check-sqlite = Good to know: SQLite { $version } has a known fault that Tuva guards against. You need do nothing, but let no other program write to the database.

## Meetings and agendas
meeting-unknown = There is no meeting { $number } in any of your groups. Type `/meeting list` to see those that are planned.
meeting-none = No meeting is planned. The chair plans one like this: `/meeting plan 20 January 13:00`
meeting-begun = Meeting { $number } has begun or is over, so it can’t be changed.
meeting-cancelled = Meeting { $number } is cancelled, so it can’t be changed. If you want to meet after all, plan a new one: `/meeting plan 20 January 13:00`
meeting-cancelled-before = Meeting { $number } is cancelled already, and everybody has been told.
meeting-unchanged = It is so already, so nothing was changed.
meeting-too-short = A meeting takes at least { $least } minutes. Write for example length:90min.
meeting-title-too-long = The name of the meeting is { $length } characters long, but at most { $limit } fit. Make it shorter.
place-too-long = The place is { $length } characters long, but at most { $limit } fit. Make it shorter, for example place:Town hall, room 3.
meetings-beside = { $count ->
    [one] The group has a meeting at that time already. If that is one too many, cancel one of them.
   *[other] The group has { $count } meetings at that time already. If those are too many, cancel the ones that won’t take place.
}
answer-cancelled = Meeting { $number } is cancelled, so you need not answer.
answer-late = Meeting { $number } has begun or is over, so it is too late to answer. You are welcome to answer for the next one: `/meeting coming`
meeting-in-the-past = That time has passed. Give a day to come, for example: `/meeting plan 20 January 13:00`
meeting-too-far = That is more than three years ahead. Is the year right? For example: `/meeting plan 20 January 13:00`
meeting-when-asked = When is the meeting? For example: 20 January at 13:00. Or a whole series of meetings: first Tuesday of every month at 13:00, not July
meetings-planned = { $count ->
    [one] One meeting is planned
   *[other] { $count } meetings are planned
}
meetings-ahead = { $count ->
    [one] One meeting ahead
   *[other] { $count } meetings ahead
}
meetings-none = No meetings are planned. The chair plans one like this: `/meeting plan 20 January 13:00`
meetings-a-year = You named no end, so I planned a year. If that is too many, cancel those you don’t want, for example: `/meeting { $number } cancel`. Next time say when it ends, for example `until June` or `8 times`.
move-when = Say when the meeting is to be instead, for example: `/meeting { $number } move 27 January 13:00`
move-where = I don’t understand “{ $word }” as a new time. Give a day, an hour or both, for example: `/meeting { $number } move 27 January 13:00`
change-what = Say what to change: the title, place:, link: or length:. For example: `/meeting { $number } change place:Town hall, room 3`
answer-for-another = Everybody answers for themselves. Just type `/meeting { $number } coming` or `/meeting { $number } not coming`. If somebody else comes in your place: `/meeting { $number } substitute @name`
absent-chair = It is your turn to chair the meeting. Let the next in turn do it: `/meeting { $number } skip`. Or ask somebody else: `/meeting { $number } chair @name`
absent-only-chair = It is your turn to chair the meeting, and the group has no other chair. Ask somebody in the group to do it: `/meeting { $number } chair @name`
substitute-who = Say who comes in your place, for example: `/meeting { $number } substitute @name`
substitute-oneself = You can’t be your own substitute. If you are coming: `/meeting { $number } coming`
substitute-outsider = { $name } only follows the group and can’t be a substitute. Ask somebody else: `/meeting { $number } substitute @name`
substitute-absent = { $name } has said no to coming. Ask somebody else: `/meeting { $number } substitute @name`. Or just say that you can’t come: `/meeting { $number } not coming`
substitute-asked = I am asking { $name }, who answers for themselves.
substitute-unreached = I can’t reach { $name }. Please get in touch yourself, by telephone for example.
substitute-of-others = { $name } also comes for { $others }.
substitute-declined-subject = { $name } can’t come in your place: { $meeting }
substitute-declined = { $name } is not coming to the meeting. Please ask somebody else: `/tuva meeting { $number } substitute @name`
substitute-not-needed-subject = { $name } is coming after all: { $meeting }
substitute-not-needed = { $name } is coming to the meeting and no longer needs a substitute. Your own answer still stands.
substitute-subject = { $name } asks you to come in their place: { $meeting }
substitute-question = { $name } can’t come and asks you to come in their place.

    { $facts }
rota-heading = Taking turns in { $group }
rota-taken = { $count ->
    [0] { $name }: has not chaired a meeting yet
    [one] { $name }: has chaired one meeting
   *[other] { $name }: has chaired { number } meetings
}
rota-none = The group has no chair.
rota-alone = Nobody else is a chair in the group, so there is no next in turn. Ask somebody in the group to chair meeting { $number }: `/meeting { $number } chair @name`
rota-outsider = { $name } is not a member of the group and can’t chair meeting { $number }. Ask a member: `/meeting { $number } chair @name`
rota-swap-which = Say which meeting to swap with, for example: `/meeting { $number } swap 4`
rota-swap-what = Meeting { $number } and meeting { $other } can’t be swapped. Choose two different meetings of one group.
rota-swap-same = Meeting { $number } and meeting { $other } are chaired by the same person, so there is nothing to swap. Let somebody else chair: `/meeting { $number } chair @name`
chair-who = Say who chairs the meeting, for example: `/meeting { $number } chair @name`
agreed-what = What did you agree on for proposal { $number }? Write it in one line.
agreed-too-early = Proposal { $number } is on the agenda of meeting { $meeting }, which has not begun. Say what you agreed on after the meeting.
proposal-withdrawn = Proposal { $number } is withdrawn, so it can’t be settled.
decline-why = Why is proposal { $number } not taken up? Give a reason in one line.
decline-needs-reason = A proposal that is not taken up needs a reason. For example: `/proposal { $number } decline It is outside our task`
park-until = Say until when the proposal rests, for example: `/proposal { $number } park 1 March`
carry-what = Proposal { $number } is on no agenda. Put it on one: `/proposal { $number } schedule`
schedule-which = Give the number of the meeting, or none for the next one. For example: `/proposal { $number } schedule 3`
agenda-add-what = Give a proposal’s number or the title of something new, for example: `/agenda add 12 length:15min`
agenda-which = Give the number of the proposal. To change the order: `/agenda move 12 first`. To take it off: `/agenda remove 12`. The numbers are on the agenda: `/agenda { $meeting }`
agenda-without = Proposal { $number } is not on the agenda of meeting { $meeting }. Put it there: `/proposal { $number } schedule { $meeting }`
agenda-place = I don’t understand “{ $word }” as a place on the agenda. Say first, last, up, down or a number, for example: `/agenda move { $number } first`
agenda-sent-now = The agenda is on its way to everybody.
agenda-skipped = This step is left out: { $step }.
agenda-skipped-already = That step before meeting { $number } has passed or was skipped. See what is left: `/agenda { $number }`
agenda-nothing-to-skip = There is no step left to skip before meeting { $number }.
button-up = Move up
button-send = Send the agenda now
button-skip = Skip: { $step }
step-call = ask for proposals
step-reminder = remind of proposals and answers
step-closing = close for new proposals
step-agenda = send the agenda
step-eve = remind of the meeting
steps-heading = Before each meeting of { $group }
steps-line = { $count ->
    [one] { $step }: { $count } working day before, at { $hour }
   *[other] { $step }: { $count } working days before, at { $hour }
}
steps-change = Change it like this: `/tuva settings agenda 5 08:00`. The steps are call, reminder, closing, agenda and eve.
step-unknown = I don’t know the step “{ $word }”. The steps are: { $steps }. For example: `/tuva settings agenda 5 08:00`
step-wrong = Say how many working days before the meeting, and an hour if you like, for example: `/tuva settings { $step } 5 08:00`
step-days = { $days } working days is not possible. Choose between 1 and { $most }, for example: `/tuva settings agenda 5 08:00`
step-order = The steps would come in the wrong order: call { $call }, reminder { $reminder }, closing { $closing }, agenda { $agenda } and eve { $eve } working days before. Each step comes after the one before it: choose a number in between.
propose-late = The agenda of meeting { $closed } is closed. The proposal is taken up at the next meeting that is planned, unless the chair takes it in now.
propose-late-next = The agenda of meeting { $closed } is closed. The proposal is taken up at meeting { $next }, { $moment }, unless the chair takes it in now.
who-secretary = the secretary
who-leader = whoever chairs the meeting
help-proposal-schedule = `/proposal 12 schedule 3` – the chair puts it on the agenda of meeting 3; without a number, of the next one
help-proposal-agreed = `/proposal 12 agreed TEXT` – after the meeting: what you agreed on
help-proposal-decline = `/proposal 12 decline REASON` – it is not taken up, and why
help-proposal-park = `/proposal 12 park 1 March` – it rests until then
help-proposal-carry = `/proposal 12 carry REASON` – it is carried over to a later meeting
help-meeting = plan meetings, say whether you come, and take turns at the chair
help-meeting-plan = `/meeting plan 20 January 13:00 TITLE length:2h place:Town hall, room 3 link:https://…` – the chair plans a meeting; `first Tuesday of every month 13:00, not July` plans a whole year
help-meeting-show = `/meeting 3` – show the meeting
help-meeting-list = `/meeting` – all meetings ahead
help-meeting-coming = `/meeting 3 coming` – you come; without a number the next meeting is meant
help-meeting-absent = `/meeting 3 not coming` – you can’t come
help-meeting-retract = `/meeting 3 retract` – you take your answer back
help-meeting-substitute = `/meeting 3 substitute @name` – you can’t come and ask somebody else to
help-meeting-move = `/meeting 3 move 27 January 13:00` – move the meeting; everybody is told
help-meeting-change = `/meeting 3 change place:Town hall, room 3` – change the title, place:, link: or length:
help-meeting-cancel = `/meeting 3 cancel` – the meeting does not take place
help-meeting-rota = `/meeting rota` – who has chaired the meetings, and whose turn comes
help-meeting-skip = `/meeting 3 skip` – the next in turn chairs the meeting
help-meeting-swap = `/meeting 3 swap 4` – who was to chair the one chairs the other
help-meeting-chair = `/meeting 3 chair @name` – somebody else of the group chairs the meeting
help-meeting-example = For example: `/meeting plan first Tuesday of every month 13:00, not July`
help-agenda = see and change the agenda of the next meeting
help-agenda-show = `/agenda` – the agenda of the next meeting; `/agenda 3` of meeting 3
help-agenda-add = `/agenda add 12 length:15min` – take up proposal 12; a title in place of the number makes a new item. Add section:other for another section and meeting:4 for another meeting
help-agenda-move = `/agenda move 12 first` – change the order: first, last, up, down or a number
help-agenda-remove = `/agenda remove 12` – the proposal is not taken up at this meeting, but stays
help-agenda-send = `/agenda send now` – send the agenda before its time
help-agenda-skip = `/agenda skip` – skip the next step before the meeting
help-agenda-example = For example: `/agenda add 12 length:15min`
help-tuva-steps = `/tuva settings agenda 5 08:00` – the chair chooses how many working days before the meeting each step comes: call, reminder, closing, agenda, eve
form-proposal-agreed = What you agreed on
form-proposal-decline = Why it isn’t taken up
form-agreed = What did you agree on?
form-agreed-hint = One line is enough, for example: The service board makes a calculation by March. It is shown on the card and in the next digest.
form-declined = Why is it not taken up?
form-declined-hint = One line is enough, for example: It is outside our task.
page-agreed-missing = Say what you agreed on.
page-decline-missing = Say why it is not taken up.
page-plan-missing = Say when the meeting is, for example: 20 January 13:00.
page-closed-meeting = The meeting has begun, is over or is cancelled, so you can’t answer any more.
page-closed-agenda = This can no longer be done: the agenda has been sent, or the meeting is over.
page-answers = **Your answer, { $name }:** { $answer }
answer-coming = coming
answer-absent = not coming
answer-none = none yet
slack-hint-meeting = plan, 3, 3 coming, 3 not coming
slack-hint-agenda = show, add 12, move 12 first
agenda-up = up
typed-text = TEXT
typed-whom = NAME
typed-when = DAY
typed-other = NUMBER
slack-why-plan = When is the meeting? Press the button and choose a day and an hour, or say how often you meet.
slack-why-agreed = What did you agree on for proposal { $number }? Press the button and write a line about it.
slack-why-decline = Why is proposal { $number } not taken up? Press the button and write the reason.
matrix-why-plan = When is the meeting? Answer here, for example: 20 January 13:00 Spring meeting. Or: first Tuesday of every month 13:00, not July
matrix-why-agreed = What did you agree on for proposal { $number }? Answer here with a line about it.
matrix-why-decline = Why is proposal { $number } not taken up? Answer here with the reason.
button-plan = Plan
button-agreed = Write what you agreed on
button-decline = Write the reason

# Subgroups
card-subgroup = Subgroup { $number }: { $title }
stage-forming = Forming
stage-active = Active
stage-closed = Closed
subgroup-lead = Lead: { $name }
subgroup-with = Together with { $names }
subgroup-with-many = { $count ->
    [one] Together with one more
   *[other] Together with { $count } others
}
subgroup-due = Due by { $day }
subgroup-from = Comes from { $proposal }
subgroup-taken-up = Taken up as { $proposal }
subgroup-rooms = Rooms of its own: { $rooms }
subgroup-outcome = **Outcome:** { $outcome }
subgroup-report = Answer:
subgroup-answer = Answer from subgroup { $number }:
subgroup-at-work = Subgroup { $number } is at work on it
subgroup-closed-line = **Subgroup { $number } is closed:** { $outcome }
subgroup-days-left = { $count ->
    [0] today is the last day
    [one] one day left
   *[other] { $count } days left
}
subgroup-days-late = { $count ->
    [one] one day late
   *[other] { $count } days late
}
subgroup-last-sign = last active { $day }
subgroups-open = { $count ->
    [one] One subgroup
   *[other] { $count } subgroups
}
subgroups-all = { $count ->
    [one] One subgroup, closed ones included
   *[other] { $count } subgroups, closed ones included
}
subgroups-none-open = No subgroup is at work. Start one with `/subgroup start QUESTION @name due 1 March`
subgroups-none-all = The group has not had a subgroup yet. Start one with `/subgroup start QUESTION @name due 1 March`
name-slack = Slack
name-matrix = Matrix
stage-subgroup = With subgroup { $number }
button-join = Join
button-report = Hand in the answer
button-close = Close the subgroup
button-rooms = Make new rooms
button-start = Start
who-lead = the lead
subgroup-what = Which question is the subgroup to take care of? Write for example: Where should the bike stands be? @name due 1 March
subgroup-usual-due = No day was named, so the answer is due by { $day }. Change it with `/subgroup { $number } due 1 March`
subgroup-joined = You are in the subgroup.
subgroup-gone-from = You are not in the subgroup any longer.
subgroup-invited = In the subgroup now: { $names }.
subgroup-led = { $name } leads it.
subgroup-extended = The answer is expected by { $day }.
subgroup-room-opens = The room { $platform } is being opened. Everybody is invited once all rooms are there.
subgroup-room-late = The room { $platform } is not there yet, because no answer comes from there. Tuva tries again by itself. Nobody is invited before all rooms are there.
subgroup-room-stuck = The room { $platform } can’t be made: { $why } Then try again with `/subgroup { $subgroup } rooms`
subgroup-room-missing = The subgroup has no room { $platforms }. Write `/subgroup { $number } rooms` to have one made.
subgroup-nowhere = As far as Tuva knows, no account where the subgroup has its rooms belongs to { $names }, who will get the letters instead. Who has an account there writes `/tuva link` to Tuva.
subgroup-unknown = There is no subgroup { $number } in any of your groups. Type `/subgroup list all` to see those there are.
subgroup-none = No subgroup is at work here. Start one with `/subgroup start QUESTION @name due 1 March`
subgroup-which = Several subgroups are at work: { $numbers }. Write the number, for example `/subgroup { $example }`
subgroup-closed = Subgroup { $number } is closed. All of it can be read, but nothing changes any more. Start a new one with `/subgroup start QUESTION`
subgroup-within = “{ $group }” is a subgroup itself and can’t be divided. Write in the room of the larger group instead.
subgroup-of-proposal = Proposal { $number } has subgroup { $subgroup } already. Join it with `/subgroup { $subgroup } join`
subgroup-not-in = You are not in subgroup { $number }. Join it with `/subgroup { $number } join`
subgroup-lead-leaves = You lead subgroup { $number }. Hand it to somebody else first, for example `/subgroup { $number } lead @name`
subgroup-invite-who = Write whom you want to invite, for example `/subgroup { $number } invite @name`
subgroup-lead-who = Write who is to lead it, for example `/subgroup { $number } lead @name`
subgroup-lead-one = A subgroup has one lead. Write one name, for example `/subgroup { $number } lead @name`
subgroup-due-when = Write when the answer is due, for example `/subgroup { $number } due 1 March`
question-missing = The question is missing. Write what the subgroup is to take care of, for example `/subgroup start Where should the bike stands be?`
question-wordless = “{ $question }” has no words, so the rooms can’t be named. Put the question in words, for example: Where should the bike stands be?
lead-informed = { $name } only reads along and can’t be the lead. Choose a member, or ask the chair to change the role.
report-missing = The answer is missing. Write what you have found, for example `/subgroup { $number } report We suggest the main square.`
outcome-missing = The outcome is missing. Write what came of it, for example `/subgroup { $number } close We build three stands this spring.`
report-what = What has subgroup { $number } found? Write the answer.
report-on-agenda = The answer stands in the group’s rooms, and is taken up at meeting { $meeting }.
report-no-meeting = The answer stands in the group’s rooms. It is taken up at the next meeting that is planned.
report-read = The answer stands in the group’s rooms. The question has been decided already.
close-what = What came of subgroup { $number }? Write a line about it: everybody who asked is told.
close-before-meeting = Proposal { $proposal } stays on the agenda of meeting { $meeting }. There the group decides what becomes of it.
subgroup-answers = Answer from subgroup { $number }: { $question }
subgroup-report-by = *{ $name }, lead*
subgroup-welcome = You are in subgroup { $number }: { $question }
subgroup-welcome-about = The subgroup speaks in chat, where Tuva knows no account of yours. You get invitations, agendas and news by mail, and can hand in the answer with the button.
subgroup-welcome-roomless = The subgroup has no room in chat. You get invitations, agendas and news by mail, and can hand in the answer with the button.
subgroup-inherited = You now lead subgroup { $number }: { $question }
subgroup-inherited-about = { $name } has left the group, so it is you who leads the work now. To hand it to somebody else, write `/subgroup { $number } lead @name`
subgroup-room-lost = Subgroup { $number } has no room { $platform } any longer: { $question }
subgroup-room-lost-about = The room { $platform } was deleted or archived, or Tuva is no longer in it. Invite Tuva again, or let Tuva make a new room.
subgroup-ended = What came of subgroup { $number }: { $question }
subgroup-goodbye = The subgroup is closed, and so is this room. Everything here can still be read.
subgroup-ended-about = The subgroup has done its work. This is what came of the question:
subgroup-reminder = The answer of subgroup { $number } is due soon: { $question }
subgroup-reminder-about = The group expects your answer by { $day }. Hand it in with the button, or write `/subgroup { $number } report TEXT` in chat. If you need more time, write `/subgroup { $number } due DAY`
subgroup-today = The answer of subgroup { $number } is due today: { $question }
subgroup-today-about = The group expects your answer today, { $day }. Hand it in with the button, or write `/subgroup { $number } report TEXT` in chat. If you need more time, write `/subgroup { $number } due DAY`
subgroup-late = The answer of subgroup { $number } is late: { $question }
subgroup-late-about = The answer was due by { $day }. Hand in what you have with the button, or write `/subgroup { $number } report TEXT` in chat. If you need more time, write `/subgroup { $number } due DAY`
subgroup-late-chair = The answer of subgroup { $number } is taking its time: { $question }
subgroup-late-chair-about = The answer was due by { $day }. You may want to ask { $name }, who leads it. Give more time with `/subgroup { $number } due DAY`, or close it with `/subgroup { $number } close TEXT`
help-subgroup = let a few take care of a question in rooms of their own, and come back with an answer
help-subgroup-start = `/subgroup start QUESTION @name @name due 1 March` – start a subgroup; you lead it unless you write `lead:@name`. Put the mandate on the lines below, and `proposal:12` if it is to take care of a proposal
help-subgroup-show = `/subgroup 3` – show the subgroup
help-subgroup-list = `/subgroup` – all that are at work; `/subgroup list all` the closed ones, too
help-subgroup-join = `/subgroup 3 join` – take part
help-subgroup-leave = `/subgroup 3 leave` – take part no longer
help-subgroup-invite = `/subgroup 3 invite @name` – invite others of the group
help-subgroup-lead = `/subgroup 3 lead @name` – somebody else leads it
help-subgroup-due = `/subgroup 3 due 1 March` – give the subgroup more time
help-subgroup-report = `/subgroup 3 report TEXT` – hand in the answer; the whole group sees it, and it is taken up at the next meeting
help-subgroup-close = `/subgroup 3 close TEXT` – close it, and tell what came of it
help-subgroup-rooms = `/subgroup 3 rooms` – make rooms that are missing, or try again
help-subgroup-example = For example: `/subgroup start Where should the bike stands be? @name due 1 March`
form-subgroup-start = Start a subgroup
form-subgroup-report = The subgroup’s answer
form-subgroup-close = Close the subgroup
form-question = The question
form-question-hint = What the subgroup is to answer, for example: Where should the bike stands be?
form-mandate = The mandate
form-mandate-hint = What you want it to do, and what it need not do.
form-team = Who takes part?
form-team-hint = Others of the group who shall take part, for example: Anna, Erik Berg. You are in it anyway.
form-lead = Lead
form-lead-hint = Who keeps the work together. You, if the field is empty.
form-due = Due by
form-due-hint = When the group expects the answer. In three months, if the field is empty.
form-channel = Channel on Slack
form-channel-hint = Private, if the field is empty.
channel-public = Public: everybody on Slack can find it
channel-private = Private: only those who are invited see it
form-report = What have you found?
form-report-hint = What you write is shown to the whole group, and taken up at the next meeting.
form-outcome = What came of it?
form-outcome-hint = One line is enough, for example: We build three bike stands this spring. Everybody who asked is told.
page-start-missing = Write which question the subgroup is to take care of.
page-report-missing = Write what you have found.
page-close-missing = Write what came of it.
slack-hint-subgroup = list, start question @name, 3 join, 3 report
typed-report = TEXT
typed-outcome = TEXT
slack-why-start = Which question is the subgroup to take care of? Press the button and write it.
slack-why-report = What has subgroup { $number } found? Press the button and write the answer.
slack-why-close = What came of subgroup { $number }? Press the button and write a line about it.
matrix-why-start = Which question is the subgroup to take care of? Answer here, for example: Where should the bike stands be? @name due 1 March
matrix-why-report = What has subgroup { $number } found? Answer here.
matrix-why-close = What came of subgroup { $number }? Answer here with a line about it.
page-report = What have you found?
page-report-help = What you write is shown to the whole group, and taken up at the next meeting.
page-close = What came of it?
page-close-help = One line is enough. Everybody who asked is told.
page-closed-subgroup = The subgroup is closed, or somebody else can do this.
members-of-subgroup = “{ $group }” is a subgroup. Invite with `/subgroup invite @name`; take somebody out with `/tuva members end NAME`
outbox-room-arrived = Entry { $number } is a room, and Tuva must learn where it is. Run tuva outbox retry { $number }: a room that is there already is found then. If there is to be no room, run tuva outbox drop { $number }.
stuck-room = Room { $number }, “{ $subject }” ({ $address }): { $why }
stuck-person = Invitation { $number }, { $subject } ({ $address }): { $why }
stuck-subject-rooms = { $count ->
    [one] The rooms of a subgroup wait for you
   *[other] The rooms of a subgroup wait for you, in { $count } places
}
stuck-opening-rooms = { $count ->
    [one] Tuva can’t finish a room or an invitation in { $group } without help.
   *[other] Tuva can’t finish { $count } rooms or invitations in { $group } without help.
}
stuck-cure-rooms = Once it is mended, type /tuva subgroup { $subgroup } rooms in chat, and Tuva tries again. If there is to be no room there, ask whoever looks after Tuva to run tuva outbox drop { $number }: the subgroup then goes on without it.
