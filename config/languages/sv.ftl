### Det Tuva säger på svenska. Du-tilltal, vanliga ord. Nycklarna är desamma i en.ftl.

moment-pattern = EEEE d MMMM y 'kl.' HH:mm
soon-pattern = EEEE d MMMM 'kl.' HH:mm
day-pattern = EEEE d MMMM y
list-end = { $first } och { $last }
number = { $count ->
    [2] två
    [3] tre
    [4] fyra
    [5] fem
    [6] sex
    [7] sju
    [8] åtta
    [9] nio
    [10] tio
    [11] elva
    [12] tolv
   *[other] { $count }
}

## Dagar

day-is-free = { $day } är en ledig dag: { $name }.
day-is-weekend = { $day } ligger i en helg.
day-is-bridge = { $day } är en klämdag, mellan { $name } och { $other }.
day-is-eve = { $day } är { $name }, och då slutar många tidigare.
day-is-before = { $day } är dagen före { $name }, och då slutar många tidigare.
day-kept = { $remark } Vill du ändå ha mötet då, så står det kvar. Annars: `/möte { $number } flytta …`

## Kort

card-proposal = Förslag { $number }: { $title }
card-example = Exempel { $number }: { $title }
card-meeting = Möte { $number }: { $title }
card-agenda = Dagordning till möte { $number }: { $title }
card-proposal-by = { $kind } från { $who }
card-example-by = Delat av { $who }
card-goals = Mål: { $goals }
card-counts = Stöd: { $support } · Invändningar: { $objections }
card-thanks = Tack: { $thanks } · Frågor: { $questions } · Gör likadant: { $reuses }
card-answers = Kommer: { $coming } · Kommer inte: { $absent }
card-carried = { $count ->
    [one] Överfört en gång
   *[other] Överfört { number } gånger
}
card-carried-why = { $carried }: { $reason }
meeting-when = { $begins }–{ $ends }
meeting-place = Plats: { $place }
meeting-link = Länk: { $link }
meeting-chair = Ordförande: { $name }
meeting-coming = { $names } kommer
meeting-substitute = { $substitute } kommer i stället för { $person }
meeting-substitute-asked = { $person } har bett { $substitute } komma i stället
section-round = Avstämning
section-round-about = Laget runt: vad är på gång hos er?
section-scan = Omvärldsbevakning
section-scan-about = Vad har ni sett hos andra som vi kan lära av?
section-dialogue = Frågor för dialog
section-dialogue-about = Inga anmälda frågor.
section-learning = Kompetensutveckling
section-learning-about = Vad vill vi lära oss tillsammans?
section-subgroups = Undergrupper
section-subgroups-about = Hur går det i undergrupperna?
section-reporting = Rapportering
section-reporting-about = Vad rapporterar vi vidare, och vad tar du med dig hem?
section-other = Övrigt
section-other-about = Övriga frågor.
agenda-minutes = { $minutes } min
agenda-time = Punkterna tar { $minutes } av mötets { $length } minuter.
agenda-too-long = Punkterna tar { $minutes } minuter, men mötet är bara { $length } minuter långt.
agenda-subgroup = Fortsätter i undergrupp { $number } till { $day }
agenda-carried = Förs över till ett senare möte
card-effect = **Effekt:** { $effect }
card-contact = **Kontakt:** { $contact }
card-links = **Läs mer:** { $links }
card-picture = Bild: { $alt }
card-result = *Så gick det:* { $result }
card-continues = *Resten står i tråden.*

button-support = Stödjer
button-object = Invänd
button-neutral = Avstå
button-coming = Jag kommer
button-absent = Jag kommer inte
button-thank = Tack
button-reuse = Vi gör likadant
button-result = Berätta hur det gick
button-share-tip = Dela som exempel
button-decline-tip = Nej tack
button-approve = Godkänn
button-leave-out = Lämna utanför

typed-reason = SKÄL
typed-words = TEXT

kind-idea = Idé
kind-question = Fråga
kind-scan = Omvärldsbevakning
kind-learning = Kompetensutveckling
kind-information = Information
kind-activity = Aktivitet

stage-withdrawn = Återtaget
stage-scheduled = På dagordningen
stage-scheduled-for = Tas upp på möte { $meeting }, { $moment }
stage-parked = Vilande till { $day }
stage-agreed = Överens
stage-decided = Beslutat
stage-not_taken_up = Tas inte upp
stage-held = Mötet har varit
stage-cancelled = Inställt
stage-retired = Gäller inte längre

## Roller och uppdrag

role-chair = ordförande
role-member = ledamot
role-substitute = ersättare
role-guest = adjungerad
role-informed = för kännedom
no-role = ingen
role-secretary = sekreterare
role-communications = kommunikatör
role-approver = justerare
role-lead = sammankallande

who-chair = ordföranden
who-member = ledamöter
who-substitute = ersättare
who-guest = adjungerade
who-informed = de som är med för kännedom
who-operator = den som sköter Tuva
who-named = den som är utsedd att starta gruppen
who-communications = kommunikatören
who-author = den som skrev det
who-anybody = alla

## När något inte gick

title-missing = Rubriken saknas. Skriv den på samma rad, till exempel: `/föreslå Solceller på skolans tak`
example-title-missing = Rubriken saknas. Skriv den på samma rad, till exempel: `/exempel Cykelpool på stadshuset`
title-too-long = Rubriken är { $length } tecken, men högst { $limit } får plats. Korta den och skriv resten på raderna under.
body-too-long = Texten är { $length } tecken, men högst { $limit } får plats. Korta den, eller lägg det långa i ett dokument och länka dit.
command-unknown = Jag känner inte till kommandot ”{ $word }”. Skriv `/tuva hjälp`, så ser du allt jag kan.
verb-unknown = Jag förstår inte ”{ $word }” efter nummer { $number }. Skriv `/tuva hjälp { $command }`, så ser du vad som går.
verb-unknown-bare = Jag förstår inte ”{ $word }”. Skriv `/tuva hjälp { $command }`, så ser du vad som går.
number-missing = Numret saknas. Skriv till exempel `/{ $command } 12 { $word }`
number-missing-or-title = Numret saknas efter ”{ $word }”. Skriv till exempel `/exempel 3 { $word }`. Är det här rubriken, sätt dela före: `/exempel dela { $word } …`
year-wrong = ”{ $value }” är inget år. Skriv till exempel { $key }:2026.
number-wrong = ”{ $value }” är inget nummer. Skriv till exempel { $key }:7.
link-wrong = ”{ $link }” är ingen länk som går att öppna. Skriv en webbadress, till exempel https://example.org/cykelpool
link-too-long = Länken är { $length } tecken, men högst { $limit } får plats. Ofta finns en kortare: välj Dela eller Kopiera länk där sidan ligger.
links-too-many = Det blev för många länkar. Högst { $limit } får plats.
argument-unknown-or-title = Jag förstår inte ”{ $word }”. Är det här en rubrik, sätt dela före: `/exempel dela …`. Skriv annars `/tuva hjälp { $command }`, så ser du vad som går att välja.
argument-unknown = Jag förstår inte ”{ $word }”. Skriv `/tuva hjälp { $command }`, så ser du vad som går att välja.
value-unknown = ”{ $value }” går inte att välja som { $key }. Det här går: { $choices }.
hour-unknown = Klockslaget ”{ $word }” finns inte. Skriv till exempel 09:00.
day-unknown = ”{ $word }” är ingen dag som jag förstår. Skriv till exempel 2027-01-20, 20/1, 20 januari eller på tisdag.
day-unreal = ”{ $word }” finns inte: den månaden har bara { $last } dagar. Skriv till exempel { $example }.
month-unreal = ”{ $word }” finns inte: ett år har tolv månader. Skriv dagen före månaden, till exempel 20/1 eller 20 januari.
week-unreal = ”{ $word }” finns inte: det året har { $weeks } veckor. Skriv till exempel tisdag vecka 3.
day-of-another-week = ”{ $word }” stämmer inte: { $example } är en annan veckodag. Skriv bara dagen, till exempel { $example }.
day-of-no-week = ”{ $word }” finns inte: den gången har månaden bara fyra. Skriv sista i stället för femte.
day-past = Dagen { $day } har redan varit. Skriv en dag som kommer, till exempel { $example }.
day-far = Dagen { $day } är mer än två år bort. Skriv en dag fram till { $last }.
hour-past = Klockan { $hour } den { $day } har redan varit. Skriv ett senare klockslag eller en annan dag.
hour-skipped = Klockan { $hour } finns inte den { $day }: då ställs klockan fram. Skriv till exempel { $example }.
hour-backwards = ”{ $word }” slutar innan det börjar. Skriv till exempel 13:00–15:00.
hour-missing = Klockslaget saknas. Skriv det efter dagen, till exempel { $example }
length-wrong = ”{ $word }” går inte som längd. Skriv mellan 1 minut och 12 timmar, till exempel 2h, 90min eller 1 h 30 min.
when-unknown = Jag förstår inte när ”{ $word }” är. Börja med dagen, eller med hur ofta, och skriv sedan klockslaget, till exempel { $example } 13:00 eller första tisdagen, inte juli 13:00
when-twice = Du har valt dagen { $day }, men också skrivit ”{ $word }”. Välj det ena: ta bort dagen, eller det du skrev.
series-fifth = ”{ $word }” finns inte varje månad, så ibland skulle mötet falla bort. Skriv fjärde eller sista, till exempel sista fredagen.
series-skips-months = Den { $day } finns inte varje månad, så ibland skulle mötet falla bort. Skriv den { $last }:e eller tidigare, eller till exempel sista fredagen.
series-endless = En serie kan inte gå ”{ $word }”. Skriv när den slutar, till exempel till juni 2028 eller 8 gånger. Utan slut blir det ett år.
series-too-many = Det blir för många möten: högst { $limit } ryms i en serie. Skriv ett tidigare slut, till exempel 8 gånger.
series-far = Serien går längre än två år framåt. Skriv ett slut fram till { $last }, eller färre gånger.
series-empty = Det blir inget möte alls av det. Se efter vad som ska vara med och när det slutar, till exempel: första tisdagen, inte juli, till juni 2028
series-without-what = Jag förstår inte vad som ska hoppas över efter ”{ $word }”. Skriv månader eller dagar, till exempel inte juli och augusti, eller inte 6 april.
series-bound-unknown = Jag förstår inte ”{ $word }”. Skriv en dag eller en månad efter, till exempel till juni 2028 eller från 1 mars.
goal-unknown = Det finns inget mål #{ $tag }. Det sista i den katalogen är { $last }, så skriv till exempel { $example }.
proposal-unknown = Det finns inget förslag { $number } i någon av dina grupper. Skriv `/förslag lista`, så ser du dem som finns.
proposal-not-open = Förslag { $number } är inte öppet längre, så det går inte att ändra.
objection-needs-reason = En invändning behöver ett skäl. Skriv till exempel: `/förslag { $number } invänd Det saknas pengar i år`
objection-why = Vad invänder du mot i förslag { $number }? Skriv skälet på nästa rad. Invändningen räknas när skälet finns.
example-unknown = Det finns inget exempel { $number } i någon av dina grupper. Skriv `/exempel lista`, så ser du dem som finns.
example-retired = Exempel { $number } gäller inte längre, så det går inte att ändra eller svara på.
picture-too-large = Bilden är för stor: den får vara högst { $limit } MB. Spara den i mindre storlek och skicka den igen.
picture-pixels = Bilden har fler än { $limit } miljoner bildpunkter. Spara den i mindre storlek och skicka den igen.
picture-unknown = Filen är ingen bild som Tuva kan visa, vad den än heter. Skicka en bild som är sparad som JPEG, PNG, GIF eller WebP.
picture-heic = Bilden är sparad som HEIC, som många program inte kan visa. Spara den som JPEG och skicka den igen.
picture-broken = Bilden går inte att öppna. Filen är skadad, eller så kom den inte fram hel. Skicka den en gång till.
picture-gone = Bilden finns inte kvar där du lade den. Skicka den en gång till.
picture-elsewhere = Bilden ligger på en annan webbplats, och därifrån hämtar Tuva inget. Ladda upp själva filen här.
picture-not-allowed = Tuva får inte läsa filer här. Be den som sköter Tuva att ge appen rätten files:read, och skicka sedan bilden igen.
picture-refused = Exempel { $number } blev utan den nya bilden
picture-without = Exemplet är delat, men utan bilden. { $reason }
picture-first = Ett exempel har bara en bild, så den första av dem används.
picture-coming = Bilden hämtas. Kortet för exempel { $number } visar den om en stund.
picture-none = Exempel { $number } har ingen bild att ta bort.
picture-missing = Det kom ingen bild. Skicka den tillsammans med raden: nämn Tuva i ett meddelande på Slack, skriv `exempel { $number } bild` och lägg till bilden. På Matrix svarar du på bilden med `!exempel { $number } bild`.
edit-what = Skriv vad som ska ändras på samma rad: en ny rubrik, eller till exempel Effekt: eller Kontakt: och sedan texten. En ny text skriver du på raderna under. Så här: `/exempel { $number } ändra Effekt: färre bilar`
reuse-own = Exempel { $number } är ditt eget. Hur det har gått sedan dess kan du skriva i det: `/exempel { $number } ändra`
reuse-note-missing = Skriv vad ni gör, till exempel: `/exempel { $number } återanvänd Vi köper fem cyklar till Parken`
reuse-why = Vad gör ni? Skriv en rad om det, till exempel: Vi köper fem cyklar till Parken.
reuse-thanks = Roligt! Den som delade exemplet får veta det. Om tre månader frågar jag dig hur det gick.
reuse-thanks-untold = Roligt! Den som delade exemplet går inte att nå längre. Om tre månader frågar jag dig hur det gick.
result-without-reuse = Du har inte berättat att du gör som i exempel { $number }. Gör du det, skriv: `/exempel { $number } återanvänd Vi köper fem cyklar till Parken`
result-missing = Skriv hur det gick, till exempel: `/exempel { $number } resultat Cyklarna används varje dag`
result-why = Hur gick det? Skriv en rad om det, till exempel: Cyklarna används varje dag.
search-what = Skriv vad du letar efter, till exempel: `/exempel sök cykel #sdg11 enhet:Parken år:2026`
search-too-long = Det var mycket att leta efter. Skriv några få ord, högst { $limit } tecken, till exempel: `/exempel sök cykel`
suggest-what = Skriv vem som gjorde det, och vad, till exempel: `/exempel tipsa Bo Bark Cykelpoolen på stadshuset`. Eller sätt 💡 på det hen skrev.
suggest-outsider = { $name } kan inte dela exempel i den här gruppen. Fråga gärna, och dela det själv med `/exempel`.
suggest-done = Tack! Jag frågar { $name }, som bestämmer.
decline-what = Skriv vilket tips du tackar nej till, till exempel: `/exempel avböj tips:7`
decline-done = Då delar Tuva det inte, och frågar inte igen.
tip-unknown = Det tipset finns inte, eller så har du redan svarat på det. Dela gärna ett nytt: `/exempel Cykelpool på stadshuset`
thanks-to-oneself = Exempel { $number } är ditt eget. Tacket får de andra ge.
reaction-unknown = Den reaktionen betyder inget här. Ett förslag tar emot yes, no och idea, ett exempel thanks, ett möte yes och no: skriv till exempel react 1 yes.
speaker-unknown = Jag känner inte igen { $account }. Be ordföranden i din grupp att lägga till dig, så kan vi prata.
speaker-unnamed = Jag känner inte igen dig här. Känner jag dig på ett annat ställe, skriv `/tuva länka` där. Annars kan ordföranden i din grupp lägga till dig med den e-postadress som du har här.
no-group = Du är inte med i någon grupp ännu. Be ordföranden att lägga till dig.
group-which = Du är med i flera grupper. Skriv vilken du menar, till exempel grupp:{ $example }. Dina grupper: { $groups }.
group-not-yours = Du är inte med i någon grupp som heter { $slug }. Dina grupper: { $groups }.
group-unknown = Det finns ingen grupp som heter { $slug }. De här finns: { $known }.
may-not = Det här får bara { $who } göra. Din roll i gruppen: { $role }.
link-stranger = Jag känner inte igen dig här. Skriv `/tuva länka` där jag redan känner dig, till exempel på Slack. Då får du en kod, och den skriver du här: `/tuva länka KOD`. Känner jag dig ingenstans får ordföranden i din grupp lägga till dig.
link-code-wrong = Den koden finns inte. Se efter att den är rätt skriven, eller skriv `/tuva länka` där jag känner dig, så får du en ny.
link-code-used = Den koden är redan använd. Skriv `/tuva länka` där jag känner dig, så får du en ny.
link-code-over = Den koden gäller inte längre. Skriv `/tuva länka` där jag känner dig, så får du en ny. Den gäller i tio minuter.
link-own = Det är din egen kod, och här vet jag redan att du är du. Skriv den på det andra stället, där jag inte känner igen dig.
link-two-people = Båda kontona står i deltagarlistan, med var sin e-postadress, så för mig är de två personer. Be ordföranden att ta bort den ena, eller rätta listan.
link-guesses = Det blev för många fel koder. Vänta tio minuter och skriv sedan `/tuva länka` där jag känner dig, så får du en ny.
link-guesses-of-all = Det har skrivits ovanligt många fel koder, så jag tar inte emot några just nu. Försök igen om en timme.
setup-no-room = Det här kommandot hör hemma i en kanal eller ett rum. Skriv det där gruppen ska prata.
setup-which = Skriv vilken grupp som ska finnas här, till exempel `/tuva koppla hallbarhet`. Grupper som du får koppla: { $groups }.
setup-name-missing = Gruppen { $slug } finns inte ännu. Skriv också vad den ska heta, till exempel `/tuva koppla { $slug } Hållbarhetsgruppen`, så skapar jag den.
member-incomplete = Skriv namn, e-postadress och enhet, till exempel: `/tuva medlemmar lägg till Anna Lind anna.lind@example.org Parken`
unit-unknown = Enheten ”{ $unit }” finns inte i gruppen. De här finns: { $known }.
member-which = Skriv vem det gäller, till exempel: `/tuva medlemmar avsluta Anna Lind`
member-unknown = Ingen i gruppen heter ”{ $name }”. Skriv namnet eller e-postadressen som den står i `/tuva medlemmar`.
member-several = Flera i gruppen heter ”{ $name }”. Skriv hela namnet eller e-postadressen.
member-only-chair = { $name } är gruppens enda ordförande. Gör först någon annan till ordförande: `/tuva medlemmar lägg till NAMN E-POST ENHET roll:ordförande`
member-leads = { $name } är sammankallande i undergrupp { $number }. Lämna först över till någon annan, till exempel `/undergrupp { $number } sammankallande @namn`
reader-replaced = En annan Tuva läser { $stream } nu.
disk-full = Det gick inte att spara: disken är full, eller går inte att skriva till. Ingenting ändrades. Försök igen om en stund, och berätta för den som sköter Tuva.
not-stored-yet = Det är inte sparat ännu, för det tar längre tid än vanligt. Du får veta när det är klart.
slack-silent = Slack svarar inte just nu, så jag vet inte vem du är, och ingenting ändrades. Försök igen.
form-late = Formuläret hann inte öppnas. Försök igen.
slack-invite-me = Jag är inte med i den här kanalen ännu. Bjud in mig, så hamnar korten här: `/invite @Tuva`
slack-too-long = … och mer än så får inte plats här.
slack-invited = Tack för inbjudan! Skriv `/tuva koppla GRUPP` här, så hör kanalen till gruppen och korten hamnar här.
slack-seen-in = Alla ser det i { $channels }.
slack-why-reuse = Vad gör ni, när ni gör som i exempel { $number }? Tryck på knappen och skriv en rad om det.
slack-why-result = Hur gick det med exempel { $number }? Tryck på knappen och skriv en rad om det.
slack-why-object = Vad invänder du mot i förslag { $number }? Tryck på knappen och skriv skälet. Invändningen räknas när skälet finns.
matrix-old = Det här skrev du { $moment }, när jag inte hörde. Gäller det fortfarande? Tryck på 👍 under det du skrev, så gör jag det.
matrix-edited = Det du skrev är redan gjort, så att ändra i meddelandet ändrar ingenting. Skriv hellre en ny rad.
matrix-edited-late = Ändringen kom för sent för att jag skulle göra om det. Skriv det på en ny rad i stället.
matrix-unbound = Det här rummet hör inte till någon grupp ännu. Skriv `/tuva koppla GRUPP` här, så hamnar gruppens kort här.
matrix-uninvited = Tuva går bara med i rum som hör till en grupp, eller när en deltagare bjuder in. Be den som sköter Tuva att koppla rummet.
matrix-encrypted = Tuva kan inte läsa i krypterade rum, och ett rum som har krypterats förblir så. Skapa ett nytt rum utan kryptering, bjud in Tuva och skriv `/tuva koppla GRUPP` där.
matrix-gap = Jag har varit borta länge, och har inte läst allt som har skrivits här. Har du skrivit något till mig utan att få svar, så skriv det igen.
matrix-why-reuse = Vad gör ni, när ni gör som i exempel { $number }? Svara här med en rad om det.
matrix-why-result = Hur gick det med exempel { $number }? Svara här med en rad om det.
matrix-why-object = Vad invänder du mot i förslag { $number }? Svara här med skälet. Invändningen räknas när skälet finns.
done-already = Det där har jag redan gjort.
went-wrong = Något gick fel hos mig, och ingenting ändrades. Försök igen. Går det fel även då, visa den som sköter Tuva den här koden: { $reference }
help-unknown = Det finns inget kommando som heter ”{ $word }”. De här finns: { $commands }.

## Listor

proposals-open = { $count ->
    [one] Ett öppet förslag
   *[other] { $count } öppna förslag
}
proposals-mine = { $count ->
    [one] Ett förslag från dig
   *[other] { $count } förslag från dig
}
proposals-all = { $count ->
    [one] Ett förslag, avslutade inräknade
   *[other] { $count } förslag, avslutade inräknade
}
proposals-none-open = Inga öppna förslag just nu. Lägg ett: `/föreslå Solceller på skolans tak`
proposals-none-mine = Du har inte lagt något förslag ännu. Lägg ett: `/föreslå Solceller på skolans tak`
proposals-none-all = Inga förslag ännu. Lägg det första: `/föreslå Solceller på skolans tak`
examples-all = { $count ->
    [one] Ett gott exempel
   *[other] { $count } goda exempel
}
examples-found = { $count ->
    [one] Ett exempel som passar
   *[other] { $count } exempel som passar
}
examples-not-found = Inget exempel passar. Prova färre eller kortare ord, eller se alla: `/exempel lista`
example-alike = Det här liknar { $title }. Är det samma sak? Skriv då hellre hur ni gör: `/exempel { $other } återanvänd …`, och ta bort ditt: `/exempel { $number } ta bort`
examples-none = Inga goda exempel ännu. Dela det första: `/exempel Cykelpool på stadshuset`
members = { $group }: { $count ->
    [one] en deltagare
   *[other] { $count } deltagare
}
member-added = Med i { $group } från och med nu: { $member }
member-ended = { $name } är inte längre med i { $group }.
setup-done = Nu hamnar korten från { $group } ({ $slug }) här. { $count ->
    [0] Lägg till de första deltagarna: `/tuva medlemmar lägg till NAMN E-POST ENHET`
    [one] En person är med. Prova `/tuva hjälp`.
   *[other] { $count } personer är med. Prova `/tuva hjälp`.
}
queue = { $count ->
    [one] Ett exempel väntar på dig
   *[other] { $count } exempel väntar på dig
}
queue-how = Läs det med `/exempel { $number }`. Skriv `/exempel { $number } godkänn` eller `/exempel { $number } lämna utanför`, och rätta med `/exempel { $number } ändra`.
queue-empty = Inget exempel väntar på att läsas.
queue-waiting = Väntar på dig före nästa utskick: { $example }
queue-shared = Innan det kommer med i utskicken läser någon igenom det: { $names }.
queue-approved = Exempel { $number } får vara med i utskicken.
queue-left-out = Exempel { $number } kommer inte med i utskicken. Kortet står kvar.
bulletin-on = Gruppens rum får ett kort med det som är nytt { $interval }, på { $weekday }ar kl. { $hour } ({ $zone }). Nästa: { $moment }.
bulletin-monthly = Gruppens rum får ett kort med det som är nytt den första { $weekday }en varje månad kl. { $hour } ({ $zone }). Nästa: { $moment }.
bulletin-off = Gruppens rum får inga kort med det som är nytt. Skriv `/tuva inställningar utskick varje vecka`, så börjar de igen.
editors-on = Goda exempel kommer med i utskicken när någon har läst dem: { $names }. Ska de gå ut av sig själva igen, skriv `/tuva inställningar redaktörer av`.
editors-off = Goda exempel kommer med i utskicken av sig själva. Ska någon läsa dem först, skriv `/tuva inställningar redaktörer på`.
members-missing = Enheter utan deltagare: { $units }.
members-no-mail = ingen e-postadress, får inga brev

## Läget

status-record = { $proposals ->
    [0] Inga öppna förslag
    [one] Ett öppet förslag
   *[other] { $proposals } öppna förslag
}, { $examples ->
    [0] inga goda exempel ännu.
    [one] ett gott exempel.
   *[other] { $examples } goda exempel.
}
status-outbox = { $count ->
    [0] Allt är skickat.
    [one] En sak väntar på att skickas.
   *[other] { $count } saker väntar på att skickas.
}
status-rooms = Gruppen pratar { $rooms }.
status-no-rooms = Gruppen har inget chattrum ännu.

platform-console = på konsolen
platform-slack = på Slack
platform-matrix = på Matrix
platform-mail = i breven

## Samma person på flera ställen

link-code = Din kod är **{ $code }**. Skriv `/tuva länka { $code }` på det andra stället inom tio minuter, så är du samma person där, med en röst. Koden går att använda en gång. Visa den inte för någon.
link-done = Klart: { $places } är du nu en och samma person, { $name }.
link-let-go = Kontot som du hade { $places } förut känner jag inte igen längre.

## Hem-fliken på Slack

home-answer = **Ditt svar:** { $answer }
home-waiting = { $count ->
    [0] Inget väntar på ditt svar.
    [one] Ett förslag väntar på ditt svar
   *[other] { $count } förslag väntar på ditt svar
}
home-proposals = { $count ->
    [0] Du har inte lagt något förslag ännu.
    [one] Ett förslag från dig
   *[other] { $count } förslag från dig
}
home-tips = { $count ->
    [one] Det här kan bli ett gott exempel. Vill du dela det?
   *[other] De här kan bli goda exempel. Vill du dela dem?
}
home-textless = Något som du har skrivit
home-results = { $count ->
    [one] Du gör likadant. Hur gick det?
   *[other] Du gör likadant som i { $count } exempel. Hur gick det?
}
home-queue = { $count ->
    [one] Ett exempel väntar på att du läser det
   *[other] { $count } exempel väntar på att du läser dem
}
home-examples = { $count ->
    [0] Du har inte delat något gott exempel ännu.
    [one] Ett gott exempel från dig
   *[other] { $count } goda exempel från dig
}

## Utskick

digest-on = Du får brev från { $group } { $interval }, på { $weekday }ar kl. { $hour } ({ $zone }).
digest-monthly = Du får brev från { $group } den första { $weekday }en varje månad kl. { $hour } ({ $zone }).
digest-off = Du får inga brev från { $groups }. Skriv `/utskick varje vecka`, så börjar de igen.
digest-how = Breven är på { $language } och kommer { $channel }.
channel-mail = med e-post
channel-chat = i chatten
channel-both = både med e-post och i chatten
digest-not-in-chat = I chatten kan de inte komma så länge du inte har något konto där gruppen pratar.
digest-not-by-mail = Med e-post kan de inte komma, för jag har ingen adress till dig.
digest-together = Det är ett brev för alla dina grupper: { $groups }.
digest-without-own = Det du själv har lagt in är inte med.
digest-without-reacted = Det du redan har svarat på eller tackat för är inte med.
digest-titles-only = De visar bara rubriker.
digest-next = Nästa: { $moment }.
digest-next-there = Nästa: { $moment } ({ $zone }).
interval-weekly = varje vecka
interval-fortnightly = varannan vecka
language-sv = svenska
language-en = engelska

## Inbjudan till möten

invitation-subject-invited = { $count ->
    [one] Inbjudan: { $title }, { $when }
   *[other] Inbjudan till { number } möten: { $title }
}
invitation-subject-changed = { $count ->
    [one] Ändrat möte: { $title }, { $when }
   *[other] Ändrade möten: { $title }
}
invitation-subject-cancelled = { $count ->
    [one] Inställt möte: { $title }, { $when }
   *[other] Inställda möten: { $title }
}
invitation-opening-invited = { $count ->
    [one] Du är inbjuden till ett möte i { $group }.
   *[other] Du är inbjuden till { number } möten i { $group }. De läggs in i din kalender på en gång.
}
invitation-opening-changed = { $count ->
    [one] Ett möte i { $group } har ändrats. Så här blir det nu:
   *[other] I { $group } har { number } möten ändrats. Så här blir det nu:
}
invitation-opening-cancelled = { $count ->
    [one] Ett möte i { $group } är inställt.
   *[other] I { $group } är { number } möten inställda.
}
invitation-day = Möte { $number }: { $when }
invitation-answer = { $count ->
    [one] Säg om du kommer: tryck på en knapp här eller under mötet i chatten. Tackar du ja i kalendern läggs mötet in där, men gruppen får inte veta det.
   *[other] Före varje möte får du ett brev med knappar för att säga om du kommer. I chatten kan du svara redan nu: /tuva möte { $number } kommer. Tackar du ja i kalendern läggs mötena in där, men gruppen får inte veta det.
}
invitation-subscribe = Alla dina möten, som en kalender att prenumerera på
calendar-title = { $group }: { $title }
calendar-answer = Säg om du kommer: { $link }
calendar-answer-series = Säg om du kommer: tryck på en knapp under mötet i chatten, eller i brevet med dagordningen.
calendar-name = Möten i { $groups }
calendar-cancelled = Inställt: { $title }

## Det Tuva säger till en person av sig självt

note-why = Du får det här brevet för att du är med i { $group }.
console-note = Till { $name }: { $subject }
tip-asked = { $name } tycker att det du skrev är ett gott exempel
tip-asked-oneself = Det du skrev kan bli ett gott exempel
tip-asked-about = Det gäller: *{ $title }*. Vill du dela det med gruppen? Du kan ändra texten först. Vill du inte, tacka nej, så frågar Tuva inte igen.
tip-asked-textless = Vill du dela det med gruppen? Vill du inte, tacka nej, så frågar Tuva inte igen.
reuse-told = Någon gör som du: { $example }
reuse-told-by = **{ $who }**: { $note }
result-told = Så gick det: { $example }
reuse-asked = Hur gick det? { $example }
reuse-asked-about = För tre månader sedan skrev du: { $note }

## Hjälp

help-all = Det här kan jag
help-more = Skriv till exempel `/tuva hjälp förslag`, så visar jag mer om ett kommando.
help-propose = lägg ett förslag till gruppen
help-propose-make = `/föreslå RUBRIK`, och mer text på raderna under. Lägg till typ:fråga (idé, fråga, omvärld, kompetens, information, aktivitet) och mål som #sdg13, #miljömål1 eller #mrp1.1
help-propose-example = Till exempel: `/föreslå Solceller på skolans tak typ:idé #sdg7`
help-proposal = följ ett förslag och säg vad du tycker
help-proposal-show = `/förslag 12` – visa förslaget
help-proposal-support = `/förslag 12 stöd` – du stödjer det
help-proposal-object = `/förslag 12 invänd SKÄL` – du har en invändning
help-proposal-neutral = `/förslag 12 avstå` – du tar inte ställning
help-proposal-retract = `/förslag 12 ångra` – du tar tillbaka det du har svarat
help-proposal-withdraw = `/förslag 12 dra tillbaka` – den som lade förslaget, eller ordföranden, tar tillbaka det
help-proposal-suggest = `/förslag 12 tipsa` – det är gjort och blev ett gott exempel: Tuva frågar den som lade förslaget. 💡 på kortet gör detsamma
help-proposal-list = `/förslag lista` – de öppna; `lista mina` och `lista alla` går också
help-proposal-example = Till exempel: `/förslag 12 invänd Det saknas pengar i år`
help-example = dela ett gott exempel, eller hitta andras
help-example-share = `/exempel RUBRIK`, och på raderna under vad ni gjorde. Rader som börjar med Effekt:, Kontakt:, Enhet: eller Länk: får sin plats på kortet. Lägg till mål som #sdg13. Börjar rubriken med ett ord som lista, skriv `/exempel dela RUBRIK`
help-example-search = `/exempel sök cykel #sdg11 enhet:Parken år:2026` – hitta exempel på ord, mål, enhet och år, ett eller flera av dem
help-example-reuse = `/exempel 3 återanvänd TEXT` – ni gör likadant; den som delade får veta det
help-example-result = `/exempel 3 resultat TEXT` – berätta hur det gick
help-example-suggest = `/exempel tipsa NAMN TEXT` – tipsa om någon annans goda exempel; Tuva frågar hen först. 💡 på ett meddelande gör detsamma
help-example-decline = `/exempel avböj tips:7` – tacka nej till att dela det som någon tipsade om. Knappen *Nej tack* gör detsamma
help-example-edit = `/exempel 3 ändra RUBRIK` – ändra exemplet; på raderna under kan du skriva Effekt:, Kontakt:, Enhet: och Länk:. Det får den som delade det, ordföranden och kommunikatören göra
help-example-picture = `/exempel 3 bild` tillsammans med en bild – exemplet får bilden, och hade det redan en byts den ut; `/exempel 3 bild bort` tar bort den
help-example-retire = `/exempel 3 ta bort` – det gäller inte längre
help-example-queue = `/exempel kö` – det som någon ska läsa före utskicket
help-example-approve = `/exempel 3 godkänn` – det kommer med i nästa utskick
help-example-leave-out = `/exempel 3 lämna utanför` – det kommer inte med i utskicken
help-example-show = `/exempel 3` – visa exemplet
help-example-list = `/exempel lista` – alla goda exempel
help-example-thank = `/exempel 3 tacka` – säg tack
help-example-retract = `/exempel 3 ångra` – ta tillbaka ditt tack
help-example-example = Till exempel: `/exempel Cykelpool på stadshuset #sdg11`
help-digest = välj vad du vill ha i dina brev, och när
help-digest-show = `/utskick` – visa vad du har valt
help-digest-choose = `/utskick varje vecka fredag 09:00` – välj hur ofta (varje vecka, varannan vecka, varje månad, av), veckodag, klockslag, zon:Europe/Helsinki, språk:engelska, kanal:e-post (chatt, båda), rubriker:bara (alla), egna:utan (med), reagerade:utan (med), brev:ett (flera), i vilken ordning du vill
help-digest-preview = `/utskick förhandsvisa` – se brevet som det ser ut nu
help-digest-example = Till exempel: `/utskick varannan vecka fredag 09:00 rubriker:bara`
help-tuva = hjälp, deltagare och läget i gruppen
help-tuva-help = `/tuva hjälp` – allt jag kan
help-tuva-link = `/tuva länka` – ger en kod; skriv den på det andra stället, till exempel på Matrix, så är du samma person där: `/tuva länka KOD`
help-tuva-members = `/tuva medlemmar` – vilka som är med, och vilka enheter som saknas
help-tuva-add-member = `/tuva medlemmar lägg till NAMN E-POST ENHET` – ordföranden tar med någon i gruppen; lägg till roll:adjungerad för en annan roll än ledamot
help-tuva-end-member = `/tuva medlemmar avsluta NAMN` – ordföranden tar bort någon ur gruppen
help-tuva-setup = `/tuva koppla GRUPP` – visar gruppens kort i den kanal eller det rum där du skriver
help-tuva-editors = `/tuva inställningar redaktörer på` – ordföranden väljer om någon ska läsa de goda exemplen före utskicken
help-tuva-bulletin = `/tuva inställningar utskick varje vecka måndag 08:00` – ordföranden väljer när gruppens rum får ett kort med det som är nytt (varje vecka, varannan vecka, varje månad, av)
help-tuva-status = `/tuva läget` – hur det står till, och när ditt nästa brev kommer
help-tuva-example = Till exempel: `/tuva hjälp förslag`

## Brevet

letter-subject-week = Nytt vecka { $week }: { $inside }
letter-subject = Nytt sedan sist: { $inside }
letter-inside = { $examples ->
    [0] { $proposals ->
        [one] ett förslag
       *[other] { $proposals_word } förslag
    }
    [one] { $proposals ->
        [0] ett gott exempel
        [one] ett gott exempel och ett förslag
       *[other] ett gott exempel och { $proposals_word } förslag
    }
   *[other] { $proposals ->
        [0] { $examples_word } goda exempel
        [one] { $examples_word } goda exempel och ett förslag
       *[other] { $examples_word } goda exempel och { $proposals_word } förslag
    }
}
letter-inside-subgroups = det senaste från undergrupperna
letter-heading = Nytt sedan sist
letter-opening = { $examples ->
    [0] { $proposals ->
        [one] I { $group } finns ett nytt förslag.
       *[other] I { $group } finns { $proposals_word } nya förslag.
    }
    [one] { $proposals ->
        [0] I { $group } finns ett nytt gott exempel.
        [one] I { $group } finns ett nytt gott exempel och ett nytt förslag.
       *[other] I { $group } finns ett nytt gott exempel och { $proposals_word } nya förslag.
    }
   *[other] { $proposals ->
        [0] I { $group } finns { $examples_word } nya goda exempel.
        [one] I { $group } finns { $examples_word } nya goda exempel och ett nytt förslag.
       *[other] I { $group } finns { $examples_word } nya goda exempel och { $proposals_word } nya förslag.
    }
}
letter-opening-subgroups = Så går det för undergrupperna i { $group }.
letter-examples = Goda exempel
letter-proposals = Nya förslag
letter-changes = Ändrat sedan sist
letter-change-line = { $title } – { $changes }
changed-withdraw = återtaget
changed-edit = ändrat
changed-agreed = gruppen är överens
changed-decline = tas inte upp
changed-park = vilar
changed-carry = överfört till ett senare möte
changed-retire = gäller inte längre
changed-reuse = fler gör likadant
changed-result = nu vet vi hur det gick
letter-subgroups = I undergrupperna
subgroup-line = { $group }: { $news }
subgroup-formed = nybildad
subgroup-short = undergrupp { $number }
subgroup-task-line = { $group } – { $news }
subgroup-formed-by = nybildad (sammankallande { $name }, klart senast { $day })
subgroup-has-answered = har svarat: { $answer }
subgroup-has-ended = avslutad: { $outcome }
subgroup-examples = { $count ->
    [one] ett nytt gott exempel
   *[other] { $count } nya goda exempel
}
subgroup-proposals = { $count ->
    [one] ett nytt förslag
   *[other] { $count } nya förslag
}
letter-waiting = Väntar på dig
waiting-tip = { $name } tycker att det du skrev är ett gott exempel: { $title }
waiting-tip-typed = Dela det med `/tuva exempel dela tips:{ $number }`, eller tacka nej med `/tuva exempel avböj tips:{ $number }`
waiting-tip-textless = Något du skrev kan bli ett gott exempel. Dela det med /tuva exempel dela tips:{ $number }, eller tacka nej med /tuva exempel avböj tips:{ $number }
waiting-tip-oneself = Du ville spara det här som ett gott exempel: { $title }
waiting-result = Hur gick det för er? { $example }
waiting-result-typed = Berätta med `/tuva exempel { $number } resultat`
waiting-queue = { $count ->
    [one] Ett gott exempel väntar på att du läser det. Se det med /tuva exempel kö
   *[other] { $count } goda exempel väntar på att du läser dem. Se dem med /tuva exempel kö
}
letter-meeting = Nästa möte
letter-meeting-until = Vill du ta upp något? Skriv /tuva föreslå i chatten senast { $moment }.
preview-no-meeting = { $group } har inget möte planerat, så det finns ingen dagordning att visa. Planera ett i chatten: /tuva möte planera 20 januari kl. 13
letter-more = … och { $count } till.
letter-read = Läs i webbläsaren
letter-invitation = Har du själv något att visa eller föreslå? Skriv /tuva exempel eller /tuva föreslå i chatten.
bulletin-invitation = Har du själv något att visa eller föreslå? Skriv `/tuva exempel` eller `/tuva föreslå` här.
letter-why = Du får det här brevet för att du är med i { $places }.
letter-why-place = { $group } ({ $role })
letter-sender-together = { $group } med flera
letter-forward = Skicka vidare: nyheterna utan personliga länkar
letter-change = Ändra hur ofta brevet kommer
letter-stop = Sluta få brevet
letter-nothing-new = Inget nytt att berätta, så inget brev skulle skickas nu.

## Det som inte kom fram

stuck-subject-letters = { $count ->
    [one] Ett brev kom inte fram
   *[other] { $count } brev kom inte fram
}
stuck-subject-cards = { $count ->
    [one] Ett kort kom inte fram
   *[other] { $count } kort och brev kom inte fram
}
stuck-opening-letters = { $count ->
    [one] Ett av breven från { $group } har fastnat. Det skickas inte igen av sig självt.
   *[other] Några av breven från { $group } har fastnat. De skickas inte igen av sig själva.
}
stuck-opening-cards = { $count ->
    [one] Ett av korten från { $group } har fastnat. Det läggs inte upp igen av sig självt.
   *[other] Några av korten och breven från { $group } har fastnat. De skickas inte igen av sig själva.
}
stuck-heading = Det här har fastnat
stuck-entry = Brev { $number }, ”{ $subject }” till { $address }: { $why }
stuck-card = Kort { $number }, ”{ $subject }” i { $address }: { $why }
stuck-server = E-postservern sa: { $reason }
stuck-why-address = adressen finns inte.
stuck-why-full = brevlådan är full.
stuck-why-policy = e-postservern tar inte emot brev från Tuva.
stuck-why-size = brevet är för stort för e-postservern.
stuck-why-crashed = Tuva avbröts flera gånger just när det skulle skickas.
stuck-why-restored = det väntade när säkerhetskopian togs.
stuck-why-silent = e-postservern svarade inte.
stuck-why-unknown = Det kom inget svar när det lades upp, så det kanske redan syns i kanalen eller rummet.
stuck-why-closed = Tuva är inte med i kanalen eller rummet, får inte skriva där, eller så är kanalen arkiverad. Bjud in Tuva dit, så läggs det upp.
stuck-why-restricted = arbetsytans inställningar i Slack hindrar Tuva. Be en administratör där att låta appar skapa och ändra kanaler.
stuck-why-scope = appen saknar en rättighet i Slack. Be den som sköter Tuva att köra tuva check, som säger vilken, och att installera appen igen.
stuck-why-names = andra kanaler i Slack har redan namnet, och de namn som liknar det. Be någon att byta namn på en av dem.
stuck-why-account = kontot får inte vara i kanalen: det är avstängt, tillhör en gäst eller någon i en annan organisation. Be en administratör i Slack om hjälp.
stuck-why-encrypting = hemservern på Matrix krypterar alla nya privata rum, och där kan Tuva inte läsa. Be den som sköter hemservern att ta bort encryption_enabled_by_default_for_room_type.
stuck-why-making = hemservern på Matrix låter inte Tuva skapa rummet. Be den som sköter hemservern att ge Tuvas konto rätt att skapa rum och adresser.
stuck-why-inviting = inbjudan till rummet på Matrix godtas inte. Kontot kan vara borttaget eller avstängt från rummet, eller säga nej till inbjudningar. Rätta kontot i deltagarlistan, eller be personen att gå in själv med länken på undergruppens kort.
stuck-why-removing = den som har lika stor behörighet som Tuva i rummet på Matrix kan bara gå ut själv. Be personen att lämna rummet.
stuck-why-other = det gick inte att skicka.
stuck-cure-letters = Är en adress fel, rätta den i deltagarlistan. Be sedan den som sköter Tuva att skicka igen med tuva outbox retry { $number }, eller att stryka brevet med tuva outbox drop { $number }.
stuck-cure-cards = Se efter i kanalen eller rummet. Syns kortet där, be den som sköter Tuva att köra tuva outbox arrived { $number }. Syns det inte, skickas det igen med tuva outbox retry { $number }.
stuck-why = Du får det här brevet för att du är ordförande i { $group }.
status-stuck = Har fastnat: { $entry }
status-late = Inget har gått ut sedan { $moment }. Den som sköter Tuva behöver se efter: tuva check.

## Dagordningen som kommer av sig själv

agenda-call = Vad vill du ta upp? { $meeting }
agenda-reminder = Påminnelse: { $meeting }
agenda-eve = Snart dags: { $meeting }
agenda-answer = Säg gärna redan nu om du kommer.
agenda-propose-until = Har du något som gruppen bör ta upp? Skriv `/tuva föreslå RUBRIK`, eller säg till ordföranden, senast { $moment }.
agenda-items = { $count ->
    [0] Ingen har anmält någon punkt, så mötet följer de stående avsnitten.
    [one] Dagordningen har en punkt.
   *[other] Dagordningen har { number } punkter.
}
agenda-letter = Dagordning: { $title }, { $moment }
agenda-letter-more = Har du inte svarat än? Säg gärna redan nu om du kommer, så vet ordföranden vilka enheter som är med.
agenda-draft = Utkast: { $agenda }
agenda-goes = Dagordningen skickas { $moment }.
agenda-sent-before = Dagordningen till möte { $number } är redan skickad. Ändrar du något på den får alla veta det inom en halvtimme.
units-coming = Enheter som kommer: { $units }.
units-unsure = Enheter som vi väntar på svar från: { $units }.
units-missing = Enheter som ingen kommer från: { $units }.
unit-asked = Kan du komma? { $meeting }
unit-asked-about = Ingen från { $unit } har sagt ja till mötet än. Kan du komma?
unit-substitute = Vem kan komma i stället? { $meeting }
unit-substitute-about = Ingen från { $unit } kan komma till mötet. Vet du någon som kan komma i stället? Skriv `/tuva möte { $number } ersättare @namn`, eller säg till ordföranden.
agenda-changed = Ändrad dagordning: { $meeting }
agenda-changed-heading = Ändrat på dagordningen
agenda-changed-added = Nytt: { $proposal }
agenda-changed-taken-off = Tas inte upp den här gången: { $proposal }
agenda-changed-withdrawn = Återtaget: { $proposal }
agenda-changed-timed = Får { $minutes } minuter: { $proposal }
agenda-changed-untimed = Har ingen bestämd tid längre: { $proposal }
agenda-changed-order = Punkterna kommer i en annan ordning.
meeting-changed-told = Ändrat: { $meeting }
meeting-cancelled-told = Inställt: { $meeting }
outcomes-asked = Hur gick det? { $meeting }
outcomes-which = Vad kom ni fram till i de här punkterna?
outcomes-how = Skriv till exempel `/tuva förslag { $number } överens TEXT`, `/tuva förslag { $number } ta inte upp SKÄL` eller `/tuva förslag { $number } överför SKÄL`. Det som ingen har svarat på två arbetsdagar efter mötet förs över till nästa möte av sig självt.
carried-subject = Inte upptaget: { $meeting }
carried-to = Förs över till möte { $number }, { $moment }: { $proposals }
carried-open = Väntar på nästa möte: { $proposals }

## Vilka dagordningen når

reach = Nästa dagordning i { $group } når { $reached } av { $everybody }.
reach-nowhere = { $name } i { $group } får inte nästa dagordning, eftersom det varken finns en e-postadress eller ett konto där gruppen pratar. Lägg till adressen i deltagarlistan.
reach-refused = { $name } i { $group } får inte nästa dagordning, eftersom e-postservern inte tar emot brev till { $address }. Den sa: { $said }. Rätta adressen i deltagarlistan.
delivery-subject = { $missed ->
    [0] Alla fick dagordningen: { $meeting }
   *[other] { $reached } av { $everybody } fick dagordningen: { $meeting }
}
delivery = { $missed ->
    [0] Dagordningen nådde alla ({ $everybody }).
   *[other] { $reached } av { $everybody } fick dagordningen.
}
delivery-lost = { $name } ({ $address }): { $why }
delivery-instead = { $name } fick den { $platform } i stället.
delivery-cure = Rätta adressen i deltagarlistan, så kommer nästa dagordning fram.
delivery-late = brevet är fortfarande på väg.

## Larm till den som sköter Tuva

alarm-slack = Slack
alarm-matrix = Matrix
alarm-subject = Tuva når inte { $platform }
alarm-opening = Sedan { $since } kommer inget fram till eller från { $platform }. Orsak: { $reason }. Inget är förlorat: det väntar, och går ut när felet är rättat.
alarm-cure = Kör tuva check där Tuva är installerad. Där står vad som är fel och hur du rättar det.
alarm-why = Du får det här brevet för att din adress står bland operators i inställningarna.

## Sidorna bakom brevens länkar

page-unsubscribe-title = Sluta få brevet?
page-unsubscribe-body = Du får då inga fler brev från { $group }. Det påverkar inget annat: du är kvar i gruppen.
page-unsubscribe-button = Ja, sluta skicka
page-unsubscribed-title = Klart, inga fler brev
page-unsubscribed-body = Du får inga fler brev från { $group }. Ångrar du dig? Tryck på knappen, så fortsätter de.
page-undo-button = Ångra, jag vill ha dem
page-resumed-title = Du får brev igen
page-resumed-body = Breven från { $group } kommer som förut.
page-preferences-title = Dina brev
page-preferences-button = Spara
page-preferences-saved = Sparat.
page-preferences-stop = Vill du inte ha fler brev? Välj Av.
page-calendar-title = Mötena i din kalender
page-calendar-body = Lägg till den här adressen i din kalender, som en kalender från internet. Då syns alla möten i dina grupper där, och ändringar kommer med av sig själva. Adressen är bara din.
page-interval = Hur ofta
page-weekday = Dag
page-hour = Klockslag
page-zone = Tidszon
page-language = Språk
page-titles = Innehåll
page-titles-all = Hela texten
page-titles-only = Bara rubriker
page-own = Det du själv har lagt in
page-reacted = Det du har svarat på eller tackat för
page-with = Med i brevet
page-without = Inte med
page-letters = Brev
page-letters-apart = Ett från varje grupp
page-letters-together = Ett för alla dina grupper
page-channel = Hur breven kommer
page-channel-mail = Med e-post
page-channel-chat = I chatten
page-channel-both = Både med e-post och i chatten
page-forward-unit = Till dig på { $unit }: nytt från { $groups }
page-forward = Till dina kollegor: nytt från { $groups }
page-forward-how = Markera och kopiera det du vill skicka vidare, eller börja ett nytt brev med en kort version.
page-forward-button = Skriv ett nytt brev
page-forward-nothing = Det finns inget kvar att skicka vidare från det här brevet.
forward-hello = Det här är nytt från { $groups }:
forward-unit = Från { $unit }
page-interval-weekly = Varje vecka
page-interval-fortnightly = Varannan vecka
page-interval-monthly = En gång i månaden
page-interval-off = Av
page-object = Vad invänder du mot?
page-object-help = Invändningen räknas när skälet finns.
page-press = Tryck på knappen för att bekräfta.
page-object-missing = Skälet saknas. Skriv vad du invänder mot, till exempel: Det saknas pengar i år.
page-reuse = Vad gör ni?
page-reuse-help = Den som delade exemplet får veta det.
page-reuse-missing = Texten saknas. Skriv vad ni gör, till exempel: Vi köper fem cyklar till Parken.
page-result = Hur gick det?
page-result-help = Det visas på exemplets kort.
page-result-missing = Texten saknas. Skriv hur det gick, till exempel: Cyklarna används varje dag.
page-closed-example = Exemplet gäller inte längre, så det går inte att svara på det.
page-closed-tip = Du har redan svarat på det.
page-closed-proposal = Förslaget är inte öppet längre, så det går inte att svara på det.
page-pressed = Tack, det är noterat.
page-unknown-title = Länken gäller inte
page-unknown-body = Länken är inte hel, eller så finns det den ledde till inte kvar. Prova att öppna den i brevet igen.
page-refused-title = Det gick inte
page-refused-body = Så går det inte att använda den här sidan. Öppna länken i brevet igen.
page-broken-title = Något gick fel
page-broken-body = Felet är vårt, och ingenting ändrades. Prova igen om en stund.
page-full-title = Det går inte att spara just nu
page-full-body = Det finns ingen plats kvar på Tuvas disk, och ingenting ändrades. Försök igen om en stund.
page-group = Från { $group }

## Formulären på Slack

form-submit = Skicka
form-close = Avbryt
form-choose = Välj …
form-propose-make = Lägg ett förslag
form-example-share = Dela ett gott exempel
form-proposal-object = Din invändning
form-title = Rubrik
form-title-hint = En rad som säger vad det gäller, till exempel: Solceller på skolans tak
form-example-title = Rubrik
form-example-title-hint = En rad som säger vad det gäller, till exempel: Cykelpool på stadshuset
form-body = Text
form-body-hint = Berätta mer om du vill. Listor, länkar och **fet stil** går bra.
form-example-body = Vad ni gjorde
form-example-body-hint = Berätta så att andra kan göra likadant. Listor, länkar och **fet stil** går bra.
form-example-edit = Ändra exemplet
form-example-reuse = Vi gör likadant
form-example-result = Så gick det
form-reuse = Vad gör ni?
form-reuse-hint = En rad räcker, till exempel: Vi köper fem cyklar till Parken. Den som delade exemplet får veta det.
form-result = Hur gick det?
form-result-hint = En rad räcker, till exempel: Cyklarna används varje dag. Det visas på exemplets kort.
form-effect = Effekt
form-effect-hint = Vad blev bättre? Gärna med en siffra.
form-contact = Kontakt
form-contact-hint = Vem kan berätta mer? Ett namn, en adress eller ett nummer.
form-unit = Enhet
form-unit-hint = Förvaltningen, bolaget eller kommunen. Skriver du inget när du delar blir det din egen.
form-links = Länkar
form-links-hint = Webbadresser där man kan läsa mer. Flera går bra, med mellanslag emellan.
form-picture = Bild
form-picture-hint = JPEG, PNG, GIF eller WebP, högst 10 MB. Uppgifter om var bilden är tagen tas bort.
form-picture-along = Bilden i meddelandet följer med, om du inte väljer en annan. Uppgifter om var den är tagen tas bort.
form-kind = Typ
form-kind-hint = Väljer du inget blir det en idé.
form-goals = Mål
form-goals-hint = Välj de mål som det här bidrar till.
form-reason = Vad invänder du mot?
form-reason-hint = Invändningen räknas när du har skickat skälet.
form-meeting-change = Ändra mötet
form-meeting-plan = Planera möten
form-meeting = Möte
form-meeting-hint = Vad mötet heter. Är det flera, börja med hur ofta, till exempel: första tisdagen, inte juli
form-day = Dag
form-day-hint = För ett enda möte. Är det flera, lämna den tom och skriv hur ofta.
form-hour = Klockslag
form-hour-hint = När det börjar, på gruppens klocka.
form-meeting-title = Rubrik
form-meeting-title-hint = Vad mötet heter, till exempel: Gruppens vårmöte
form-length = Längd
form-length-hint = Till exempel 2h, 90min eller 1 h 30 min.
form-place = Plats
form-place-hint = Var ni ses, till exempel: Stadshuset, sal 3
form-link = Länk
form-link-hint = Webbadressen till ett möte på distans.
form-group = Grupp
form-group-hint = Du är med i flera grupper. Vilken gäller det?

## Konsolen

console-as = Nu skriver { $name }.
console-as-unknown = { $account } är inte med i någon grupp. Du kan skriva som: { $known }.
console-no-speaker = Här finns ingen ordförande att skriva som. Lägg till en grupp och dess deltagare, eller välj någon med --as ADRESS.
console-unknown = Jag förstår inte raden. Kommandon börjar med /, till exempel /tuva hjälp. Hörde raden till texten ovanför? Börja den med två blanksteg.
console-no-card = Det finns inget kort [{ $number }] här.
console-no-button = Kortet [{ $number }] har ingen knapp { $button }.
console-time = Klockan är nu { $moment }.
console-sent = { $count ->
    [one] Ett brev skickades.
   *[other] { $count } brev skickades.
}
console-time-back = Klockan går aldrig bakåt. Den är nu { $moment }.
console-time-wrong = Skriv tiden som time +7d (m, h, d eller w) eller som time 2027-01-11 08:00.
console-time-in-use = Klockan går inte att flytta medan tuva run är igång. Stoppa den först.
console-script-empty = Ingen rad i { $file } börjar med ”> ”. Så ser en rad ut: > /föreslå Solceller på skolans tak
console-no-letters = Inga brev ännu.
console-letters-elsewhere = Breven går till { $url } och kan inte läsas här.
console-body-first = Raden hör inte till något kommando. Vid en terminal: avsluta raden före med \ så hör nästa rad till den.

## Demon

demo-welcome =
    Det här är Tuva, på prov: { $group }. Alla personer är påhittade, och inget lämnar datorn.
    Skriv /föreslå Solceller på skolans tak – eller /exempel, /förslag 1 stöd, /utskick, /tuva hjälp. Du skriver som { $speaker }.
    Byt person med as { $other }. Flytta klockan med time +7d, se breven med letters, sluta med quit.
    Breven hamnar i { $folder } och sidorna bakom deras länkar på { $url }.
demo-in-use = En demo är redan igång här. Avsluta den med quit i dess fönster.
demo-nothing = Inget nytt, så inga brev.
demo-letters = { $count ->
    [one] Ett brev skickat:
   *[other] { $count } brev skickade:
}

## Slack

slack-about = Förslag, goda exempel och utskick för grupper som samarbetar över organisationsgränser.
slack-about-long = Med Tuva lägger du förslag där du redan pratar. De andra stödjer eller invänder med en knapp eller en reaktion. Tuva minns vem som föreslog vad och vilka mål det bidrar till, samlar gruppens goda exempel och skriver utskicken. Tuva svarar bara på det som sägs till Tuva.
slack-hint-propose = rubrik, eller tomt för ett formulär
slack-hint-proposal = lista, 12, 12 stöd, 12 invänd skäl
slack-hint-example = rubrik, sök cykel, 3 återanvänd
slack-hint-digest = varje vecka fredag 09:00, av, förhandsvisa
slack-hint-tuva = hjälp, medlemmar, läget
slack-shortcut-propose = Föreslå det här
slack-shortcut-propose-about = Gör ett förslag till gruppen av meddelandet
slack-shortcut-example = Dela som exempel
slack-shortcut-example-about = Dela meddelandet med gruppen som ett gott exempel
slack-shortcut-subgroup = Starta undergrupp
slack-shortcut-subgroup-about = Låt några få ta hand om frågan i meddelandet
slack-scope-commands = erbjuda kommandon som /propose, och genvägarna i ett meddelandes meny
slack-scope-chat-write = visa kort, och svara
slack-scope-app-mentions-read = höra @Tuva, också i trådar
slack-scope-reactions-read = räkna en reaktion på ett kort: 👍 är stöd, 👎 en invändning, 🙏 ett tack; och hitta ett gott exempel genom 💡
slack-scope-channels-read = veta vad en öppen kanal heter, och om den är arkiverad
slack-scope-groups-read = veta vad en privat kanal som Tuva är inbjuden till heter, och om den är arkiverad
slack-scope-channels-join = gå med i en öppen kanal när /tuva setup kopplar den till en grupp
slack-scope-channels-manage = skapa öppna kanaler för undergrupper, bjuda in medlemmarna dit, sätta ämnet, och arkivera dem när undergruppen avslutas
slack-scope-groups-write = göra detsamma med privata kanaler, som undergrupper har om ingen väljer en öppen
slack-scope-pins-write = fästa uppdraget i en undergrupps kanal
slack-scope-im-write = öppna en direkt konversation med den som Tuva frågar något
slack-scope-im-history = läsa det som skrivs direkt till Tuva
slack-scope-users-read = se namn, språk och tidszon i en profil, och vem som är gäst
slack-scope-users-read-email = känna igen en deltagare på den e-postadress som Slack har bekräftat
slack-scope-channels-history = se efter i en öppen kanal innan något skickas igen efter ett avbrott, så att inget kommer dubbelt; läsa det meddelande som någon har satt 💡 på; och räkna frågor i tråden till ett gott exempel
slack-scope-groups-history = göra detsamma i en privat kanal som Tuva är inbjuden till
slack-scope-files-read = hämta bilden som någon skickar till ett gott exempel
slack-scope-files-write = visa den bilden på exemplets kort
slack-without-looking = Efter ett avbrott kan Tuva inte se efter om ett inlägg kom fram. Det hålls då kvar, och ordföranden får frågan.
slack-without-questions = Frågor i tråden till ett gott exempel räknas inte.
slack-without-words = Den som efter ett 💡 får frågan om att dela det den har skrivit får skriva det en gång till.
slack-without-pictures = Goda exempel visas utan bild, och en bild som någon skickar hämtas inte.

## Kommandoraden

cli-migrated = Databasen är klar: { $database }
cli-database-empty = Databasen är inte förberedd. Kör tuva migrate.
cli-database-older = Databasen är gjord av en äldre Tuva. Kör tuva migrate.
cli-database-newer = Databasen är gjord av en nyare Tuva än den här. Uppgradera Tuva, eller ta fram en säkerhetskopia från tiden innan.
cli-disk-full = Disken är full, eller går inte att skriva till: { $file }. Ingenting ändrades. Gör plats på disken och försök igen.
cli-backed-up = Säkerhetskopian är klar: { $file }
backup-itself = { $file } är själva databasen. Välj ett annat namn för säkerhetskopian.
backup-exists = { $file } finns redan. Välj ett annat namn, eller flytta undan den först.
backup-no-folder = Mappen { $folder } finns inte. Skapa den först, eller välj en annan.
backup-failed = Det går inte att skriva { $file }: { $fault }.
backup-broken = Databasen { $database } är skadad, så kopian av den är inte sparad. Ta fram en äldre säkerhetskopia och läs in den med tuva restore.
cli-restored = { $count ->
    [0] Databasen { $database } är återställd. Ingenting väntade på att skickas.
   *[other] Databasen { $database } är återställd. Det här var inte skickat när kopian togs, eller har hunnit bli dags sedan dess. Det skickas inte av sig självt: välj tuva outbox retry, arrived eller drop ID.
}
restore-in-use = Tuva är igång på den här databasen. Stoppa tuva run eller konsolen först.
restore-not-empty = Databasen { $database } är inte tom, och inget skrivs över. Flytta undan den först: mkdir undan && mv { $database }* undan/
restore-no-backup = { $file } är ingen hel säkerhetskopia från Tuva. Välj en fil som tuva backup har skrivit.
cli-group-added = Gruppen { $slug } är sparad: { $name }
group-name-missing = En ny grupp behöver ett namn: tuva group add { $slug } --name "Gruppens namn"
group-slug-wrong = Kortnamnet { $slug } går inte att använda. Skriv små bokstäver a–z, siffror och bindestreck, till exempel hallbarhet.
timezone-unknown = Tidszonen { $zone } finns inte. Skriv till exempel Europe/Stockholm.
cli-groups-none = Inga grupper ännu. Lägg till en: tuva group add hallbarhet --name "Hållbarhetsgruppen"
cli-units-added = Enheter i { $group }: { $units }
group-parent-itself = Gruppen { $slug } kan inte höra under sig själv.
group-room-taken = { $address } hör redan till gruppen { $group }.
room-matrix-alias = { $address } är rummets adress, som kan ändras. Skriv dess id, som börjar med !: i Element står det i rummets inställningar under Avancerat.
room-matrix-wrong = ”{ $address }” är inget rum på Matrix. Skriv dess id, som börjar med !: i Element står det i rummets inställningar under Avancerat.
cli-slack-scopes = Appen ber om de här rättigheterna i Slack, och inga andra:
cli-slack-without-history = Utan historik är det här avstängt:
cli-slack-url-missing = slack.mode är http, men service.public_url saknas. Manifestet gäller därför Socket Mode. Fyll i adressen och skriv ut det igen.
cli-database-held = En konsol har flyttat klockan på den här databasen. Avsluta konsolen först.
cli-nothing-configured = Varken e-post eller någon chatt är inställd, så det finns inget att göra. Lägg till [mail] i inställningarna, eller kör tuva demo för att prova.
cli-person-unknown = { $account } är inte med i { $group }.
cli-no-chair = { $group } har ingen ordförande ännu. Välj en läsare med --as ADRESS.
cli-port-taken = Det går inte att lyssna på { $listen }: { $fault }. Välj en annan port i service.listen.
cli-file-broken = Filen { $file } finns inte, eller går inte att läsa eller skriva.
outbox-ready = väntar
outbox-sending = på väg
outbox-sent = skickad
outbox-retry = försöks igen
outbox-held = väntar på svar
outbox-parked = har fastnat
outbox-expired = struken
cli-outbox-empty = Allt är skickat.
cli-outbox-done = { $number }: { $state }
database-broken = Databasen { $database } går inte att använda: { $fault }
outbox-entry-unknown = Det finns ingen post { $number } i utkorgen. Se tuva outbox.
outbox-entry-ended = Post { $number } är på väg, skickad eller avslutad och går inte att ändra.

## Deltagarlistan

roster-done = { $added ->
    [0] Ingen ny
    [one] En ny
   *[other] { $added } nya
}, { $updated ->
    [0] ingen ändrad
    [one] en ändrad
   *[other] { $updated } ändrade
}, { $removed ->
    [0] ingen borttagen.
    [one] en borttagen.
   *[other] { $removed } borttagna.
}
roster-nothing-imported = Inget är inläst. Rätta det här och försök igen:
roster-line = rad { $line }: { $fault }
roster-file-missing = Filen { $file } finns inte eller går inte att läsa.
roster-not-utf8 = Filen är inte sparad som UTF-8. Spara den på nytt som CSV UTF-8.
roster-not-csv = Raden går inte att läsa som CSV. Spara filen på nytt som CSV UTF-8.
roster-columns-missing = Det saknas: { $columns }. Första raden ska vara: name,email,unit,role
roster-column-unknown = Kolumnen { $column } känner jag inte till. De här finns: { $columns }.
roster-column-twice = Kolumnen { $column } står två gånger.
roster-too-many-cells = Raden har fler fält än rubrikraden. Står ett kommatecken utan citattecken?
roster-name-missing = Namnet saknas.
roster-email-wrong = ”{ $value }” är ingen e-postadress. Skriv till exempel anna.lind@example.org.
roster-email-missing = E-postadressen saknas. Skriv till exempel anna.lind@example.org.
roster-email-twice = { $value } står redan på rad { $line }.
roster-unit-unknown = Enheten ”{ $value }” finns inte i gruppen. Lägg till den först: tuva unit add { $group } "{ $value }"
roster-role-unknown = Rollen ”{ $value }” finns inte. De här finns: ordförande, ledamot, ersättare, adjungerad, för kännedom. Uppdrag skrivs efter plus: ordförande+sekreterare.
roster-roles-two = ”{ $value }” är mer än en roll. Skriv en roll, och uppdragen efter plus: ordförande+sekreterare.
roster-language-unknown = Språket ”{ $value }” finns inte. Skriv sv eller en.
roster-slack-wrong = ”{ $value }” är inget användar-id på Slack. Det ser ut som U012AB3CD.
roster-matrix-wrong = ”{ $value }” är inget konto på Matrix. Det ser ut som @anna:example.org.
roster-account-taken = { $value } hör redan till { $name }.

## Inställningarna

settings-missing = Tuva behöver inställningar. Skriv dem i tuva.toml här, eller peka på filen med --config. config/tuva.example.toml visar alla. Vill du bara prova: tuva demo
settings-file-missing = Filen { $file } finns inte.
settings-not-toml = { $file } går inte att läsa som TOML: { $fault }
setting-unknown = { $name }: det finns ingen sådan inställning.
setting-unknown-near = { $name }: det finns ingen sådan inställning. Menar du { $near }?
setting-choice = { $name }: ”{ $value }” går inte. Välj { $expected }.
setting-missing = { $name }: saknas.
setting-number = { $name }: ”{ $value }” är inte ett tal som går. Skriv till exempel 5.
setting-list = { $name }: ”{ $value }” är ingen lista. Skriv till exempel ["anna.lind@example.org"].
setting-wrong = { $name }: värdet är av fel slag. Se config/tuva.example.toml.
setting-timezone = { $name }: tidszonen ”{ $value }” finns inte. Skriv till exempel Europe/Stockholm.
setting-database = { $name }: ”{ $value }” är ingen databas som Tuva kan. Skriv till exempel sqlite:///var/tuva.db.
setting-listen = { $name }: ”{ $value }” är ingen adress att lyssna på. Skriv till exempel 127.0.0.1:8080.
setting-public-url = { $name }: ”{ $value }” är ingen webbadress. Skriv till exempel https://tuva.example.org.
setting-mail-address = { $name }: ”{ $value }” är ingen e-postadress. Skriv till exempel anna.lind@example.org.
setting-mail-url = { $name }: ”{ $value }” är inget sätt att skicka e-post. Skriv till exempel smtp://127.0.0.1:25 eller maildir:var/mail.
setting-token = { $name }: token_url behöver även username, client_id och client_secret. Se config/microsoft365.example.toml.
setting-slack-bot-token = { $name }: det här är ingen bot-token. Den börjar med xoxb- och står under OAuth & Permissions på appens sida.
setting-slack-app-token = { $name }: det här är ingen app-token. Den börjar med xapp- och skapas under Basic Information på appens sida, med connections:write.
setting-slack-app-token-missing = { $name }: app_token saknas. Skapa en under Basic Information på appens sida, med connections:write, eller välj mode = "http".
setting-slack-signing-secret = { $name }: mode = "http" behöver signing_secret. Den står under Basic Information på appens sida.
setting-slack-api-url = { $name }: ”{ $value }” är ingen webbadress. Skriv till exempel https://slack.com/api/.
setting-matrix-homeserver = { $name }: ”{ $value }” är inte adressen till en hemserver. Skriv dess webbadress utan /_matrix och det som följer, till exempel https://matrix.example.org.
setting-matrix-user-id = { $name }: ”{ $value }” är inget konto på Matrix. Skriv till exempel @tuva:example.org.
setting-matrix-device = { $name }: ”{ $value }” är ingen enhet. Skriv den som åtkomstnyckeln gjordes för, till exempel TUVA.
setting-matrix-token = { $name }: här finns ingen åtkomstnyckel som går att använda. Den är ett enda långt ord utan mellanslag; docs/matrix.md berättar hur den görs.
setting-matrix-server = { $name }: ”{ $value }” är inte namnet på en server. Skriv det som står efter kolonet i ett konto, till exempel example.org.
setting-file = { $name }: filen { $value } går inte att läsa.

## Kontrollen (tuva check)

check-fine = Allt är i ordning.
check-problems = { $count ->
    [one] Ett problem:
   *[other] { $count } problem:
}
check-parked = { $count ->
    [one] Något har fastnat och väntar på hjälp.
   *[other] { $count } saker har fastnat och väntar på hjälp.
} Se tuva outbox, och skicka igen med tuva outbox retry ID.
check-disk-full = Disken är full, eller går inte att skriva till: { $database }. Inget kan sparas och inga brev skickas. Gör plats på disken, så fortsätter Tuva av sig själv.
check-no-groups = Det finns inga grupper. Lägg till en: tuva group add hallbarhet --name "Hållbarhetsgruppen"
check-reach = { $group }: nästa brev når { $reached } av { $all }.
check-empty-group = { $group } har inga deltagare. Läs in dem: tuva roster import { $slug } FIL.csv
check-no-chair = { $group } har ingen ordförande. Skriv rollen ordförande för någon i deltagarlistan.
check-unit-missing = { $group }: ingen representerar { $unit }. Lägg till någon därifrån i deltagarlistan.
check-mail-missing = Ingen e-post är inställd, så inga brev kan skickas. Lägg till [mail] i inställningarna.
check-mail-left-out = Att veta: ingen e-post är inställd, så ingen får några brev. Lägg till [mail] i inställningarna om de ska komma.
check-mail-fault = Genom e-postservern { $url } går inga brev nu: { $fault }. Kontrollera att servern är igång, och mail.url, mail.tls, mail.username och mail.password.
check-mail-policy = E-postservern tar inte emot brev från Tuva: { $reason }. Be den som sköter e-postservern att släppa fram { $sender }.
check-slack-unreached = Slack svarar inte på { $url }: { $fault }. Kontrollera att datorn når internet, och slack.api_url.
check-slack-bot-token = Slack godtar inte slack.bot_token ({ $error }). Installera appen igen, och kopiera dess token under OAuth & Permissions på appens sida.
check-slack-app-token = Slack godtar inte slack.app_token ({ $error }). Skapa en ny under Basic Information på appens sida, med connections:write.
check-slack-error = Slack svarade { $error } på { $method }. Försök igen om en stund.
check-slack-scope = Appen saknar rättigheten { $scope } i Slack, som behövs för att { $reason }. Lägg till den under OAuth & Permissions på appens sida, och installera appen igen.
check-slack-history = Att veta: appen får inte läsa tillbaka i Slack, för den saknar { $scopes }. Kan ett inlägg ha kommit fram vid ett avbrott, hålls det kvar och ordföranden får frågan.
check-slack-pictures = Att veta: goda exempel visas utan bild i Slack, för appen saknar { $scopes }.
check-slack-channel-unknown = Slack-kanalen { $channel } finns inte, eller är privat utan att Tuva är med. Skriv /invite @Tuva i kanalen, eller koppla rätt kanal med /tuva setup.
check-slack-channel-archived = Slack-kanalen { $channel } är arkiverad, så inget kan visas där. Ta upp den ur arkivet, eller koppla en annan kanal med /tuva setup.
check-slack-channel-not-joined = Tuva är inte med i Slack-kanalen { $channel }. Skriv /invite @Tuva i den.
check-matrix-known = { $group }: { $known } av { $all } har ett konto på Matrix i deltagarlistan. De andra blir kända med /tuva länka, eller när listans kolumn matrix fylls i.
check-matrix-unreached = Ingen hemserver svarar på { $url }: { $fault }. Kontrollera att datorn når den, och matrix.homeserver.
check-matrix-no-homeserver = Någon svarar på { $url } ({ $error }), men det är ingen hemserver för Matrix. Skriv i matrix.homeserver var klienter hittar den; den som sköter den vet adressen.
check-matrix-elsewhere = { $url } är bara serverns namn. Själva hemservern finns på { $homeserver }: skriv det i matrix.homeserver.
check-matrix-token = Hemservern godtar inte matrix.access_token ({ $error }). Enheten kan ha loggats ut. Gör en ny nyckel för samma konto, som docs/matrix.md berättar, och skriv dess enhet i matrix.device_id.
check-matrix-token-over = matrix.access_token har gått ut ({ $error }). Gör en ny som inte går ut, som docs/matrix.md berättar.
check-matrix-account = matrix.access_token hör till { $account }, men matrix.user_id säger { $user_id }. Skriv det konto som nyckeln gjordes för, eller gör en nyckel för det rätta.
check-matrix-device = matrix.access_token hör till enheten { $device }, men matrix.device_id säger { $device_id }. Skriv device_id = "{ $device }" i inställningarna.
check-matrix-error = Hemservern svarade { $error } på { $method }. Försök igen om en stund.
check-matrix-encryption-forced = { $count ->
    [one] Ett svar eller rum hålls kvar
   *[other] { $count } svar och rum hålls kvar
}, för hemservern krypterar alla nya privata rum, och där kan Tuva inte läsa. Be den som sköter hemservern att ta bort encryption_enabled_by_default_for_room_type, och skicka sedan igen med tuva outbox retry { $number }. Korten i gruppernas rum påverkas inte.
check-matrix-version = Att veta: hemservern har inte rumsversion { $version }. Undergruppernas rum görs i version { $usual }, där ordförande och sammankallande får lika stor behörighet som Tuva. Med en nyare hemserver kan ingen ta den ifrån dem.
check-matrix-room-invited = Att veta: Tuva är inbjuden till Matrix-rummet { $room }, och går in så snart tuva run är igång.
check-matrix-room-left = Tuva är inte längre med i Matrix-rummet { $room }. Bjud in { $account } dit igen.
check-matrix-room-unknown = Tuva är inte med i Matrix-rummet { $room }, eller så finns det inte. Bjud in { $account } dit, eller koppla rätt rum med /tuva setup.
check-matrix-room-moved = Matrix-rummet { $room } fortsätter i { $to }. Bjud in { $account } dit. Tuva flyttar med av sig själv medan tuva run är igång, om den som flyttade rummet hade rätt till det.
check-matrix-room-encrypted = Matrix-rummet { $room } är krypterat, så Tuva kan inte läsa där, och ett rum som har krypterats förblir så. Skapa ett nytt rum utan kryptering, bjud in Tuva och skriv /tuva setup där.
check-matrix-room-powerless = I Matrix-rummet { $room } får Tuva inte { $deeds }. Ge { $account } behörighetsnivån { $needed } i rummets inställningar, eller sänk vad som krävs.
check-matrix-may-post = skriva
check-matrix-may-react = reagera
check-matrix-may-redact = ta bort det den själv har skrivit
check-sqlite = Att veta: SQLite { $version } har en känd brist som Tuva skyddar sig mot. Du behöver inte göra något, men låt inget annat program skriva till databasen.

## Möten och dagordningar
meeting-unknown = Det finns inget möte { $number } i någon av dina grupper. Skriv `/möte lista`, så ser du de möten som är planerade.
meeting-none = Inget möte är planerat. Ordföranden planerar så här: `/möte planera 20 januari kl. 13`
meeting-begun = Möte { $number } har börjat eller redan varit, så det går inte att ändra.
meeting-cancelled = Möte { $number } är inställt, så det går inte att ändra. Ska ni ses ändå, planera ett nytt: `/möte planera 20 januari kl. 13`
meeting-cancelled-before = Möte { $number } är redan inställt, och alla har fått veta det.
meeting-unchanged = Så är det redan, så ingenting ändrades.
meeting-too-short = Ett möte är minst { $least } minuter. Skriv till exempel längd:90min.
meeting-title-too-long = Mötets namn är { $length } tecken, men högst { $limit } får plats. Korta det.
place-too-long = Platsen är { $length } tecken, men högst { $limit } får plats. Skriv den kortare, till exempel plats:Stadshuset, sal 3.
meetings-beside = { $count ->
    [one] Gruppen har redan ett möte då. Är det ett för mycket, ställ in det ena.
   *[other] Gruppen har redan { $count } möten då. Är det för många, ställ in dem som inte ska bli av.
}
answer-cancelled = Möte { $number } är inställt, så du behöver inte svara.
answer-late = Möte { $number } har börjat eller redan varit, så det går inte att svara längre. Svara gärna på nästa: `/möte kommer`
meeting-in-the-past = Den tiden har redan varit. Skriv en dag som kommer, till exempel: `/möte planera 20 januari kl. 13`
meeting-too-far = Det är mer än tre år dit. Stämmer årtalet? Skriv till exempel: `/möte planera 20 januari kl. 13`
meeting-when-asked = När är mötet? Skriv till exempel: 20 januari kl. 13–15. Eller en hel rad möten: första tisdagen varje månad kl. 13, inte juli
meetings-planned = { $count ->
    [one] Ett möte är planerat
   *[other] { $count } möten är planerade
}
meetings-ahead = { $count ->
    [one] Ett möte framöver
   *[other] { $count } möten framöver
}
meetings-none = Inga möten är planerade. Ordföranden planerar så här: `/möte planera 20 januari kl. 13`
meetings-a-year = Du skrev inget slut, så jag planerade ett år. Vill du ha färre, ställ in dem du inte vill ha, till exempel: `/möte { $number } ställ in`. Skriv nästa gång när det ska sluta, till exempel `till juni` eller `8 gånger`.
move-when = Skriv när mötet ska vara i stället, till exempel: `/möte { $number } flytta 27 januari kl. 13`
move-where = Jag förstår inte ”{ $word }” som en ny tid. Skriv en dag, ett klockslag eller båda, till exempel: `/möte { $number } flytta 27 januari kl. 13`
change-what = Skriv vad som ska ändras: rubriken, plats:, länk: eller längd:. Till exempel: `/möte { $number } ändra plats:Stadshuset, sal 3`
answer-for-another = Var och en svarar för sig själv. Skriv bara `/möte { $number } kommer` eller `/möte { $number } kommer inte`. Ska någon annan komma i ditt ställe: `/möte { $number } ersättare @namn`
absent-chair = Det är din tur att leda mötet. Låt nästa på tur göra det: `/möte { $number } hoppa över`. Eller be någon annan: `/möte { $number } ordförande @namn`
absent-only-chair = Det är din tur att leda mötet, och gruppen har ingen annan ordförande. Be någon i gruppen leda det: `/möte { $number } ordförande @namn`
substitute-who = Skriv vem som kommer i ditt ställe, till exempel: `/möte { $number } ersättare @namn`
substitute-oneself = Du kan inte vara din egen ersättare. Kommer du själv: `/möte { $number } kommer`
substitute-outsider = { $name } följer gruppen för kännedom och kan inte vara ersättare. Fråga någon annan: `/möte { $number } ersättare @namn`
substitute-absent = { $name } har sagt nej till att komma. Fråga någon annan: `/möte { $number } ersättare @namn`. Eller säg bara att du inte kommer: `/möte { $number } kommer inte`
substitute-asked = Jag frågar { $name }, som svarar själv.
substitute-unreached = Jag når inte { $name }. Hör av dig själv, till exempel med ett samtal.
substitute-of-others = { $name } är också ersättare för { $others }.
substitute-declined-subject = { $name } kan inte komma i ditt ställe: { $meeting }
substitute-declined = { $name } kommer inte till mötet. Fråga gärna någon annan: `/tuva möte { $number } ersättare @namn`
substitute-not-needed-subject = { $name } kommer själv: { $meeting }
substitute-not-needed = { $name } kommer till mötet och behöver inte längre någon ersättare. Ditt eget svar gäller fortfarande.
substitute-subject = { $name } ber dig komma i stället: { $meeting }
substitute-question = { $name } kan inte komma och ber dig komma i stället.

    { $facts }
rota-heading = Turordning i { $group }
rota-taken = { $count ->
    [0] { $name }: har inte lett något möte ännu
    [one] { $name }: har lett ett möte
   *[other] { $name }: har lett { number } möten
}
rota-none = Gruppen har ingen ordförande.
rota-alone = Ingen annan är ordförande i gruppen, så det finns ingen nästa på tur. Be någon i gruppen leda möte { $number }: `/möte { $number } ordförande @namn`
rota-outsider = { $name } är inte ledamot i gruppen och kan inte leda möte { $number }. Fråga en ledamot: `/möte { $number } ordförande @namn`
rota-swap-which = Skriv vilket möte du byter med, till exempel: `/möte { $number } byt 4`
rota-swap-what = Möte { $number } och möte { $other } går inte att byta med varandra. Välj två olika möten i samma grupp.
rota-swap-same = Möte { $number } och möte { $other } leds redan av samma person, så det finns inget att byta. Låt någon annan leda: `/möte { $number } ordförande @namn`
chair-who = Skriv vem som leder mötet, till exempel: `/möte { $number } ordförande @namn`
agreed-what = Vad kom ni överens om i förslag { $number }? Skriv det på en rad.
agreed-too-early = Förslag { $number } tas upp på möte { $meeting }, som inte har börjat än. Skriv vad ni kom överens om efter mötet.
proposal-withdrawn = Förslag { $number } är återtaget, så det går inte att avgöra.
decline-why = Varför tas förslag { $number } inte upp? Skriv ett skäl på en rad.
decline-needs-reason = Ett förslag som inte tas upp behöver ett skäl. Skriv till exempel: `/förslag { $number } ta inte upp Det ligger utanför vårt uppdrag`
park-until = Skriv till när förslaget ska vila, till exempel: `/förslag { $number } vila 1 mars`
carry-what = Förslag { $number } står inte på någon dagordning. Sätt upp det: `/förslag { $number } ta upp`
schedule-which = Skriv numret på mötet, eller inget nummer om du menar nästa. Till exempel: `/förslag { $number } ta upp 3`
agenda-add-what = Skriv ett förslags nummer eller rubriken på något nytt, till exempel: `/dagordning lägg till 12 tid:15min`
agenda-which = Skriv förslagets nummer. Ändra ordningen: `/dagordning flytta 12 först`. Ta bort: `/dagordning ta bort 12`. Numren står på dagordningen: `/dagordning { $meeting }`
agenda-without = Förslag { $number } står inte på dagordningen till möte { $meeting }. Sätt upp det: `/förslag { $number } ta upp { $meeting }`
agenda-place = Jag förstår inte ”{ $word }” som plats på dagordningen. Skriv först, sist, upp, ner eller ett nummer, till exempel: `/dagordning flytta { $number } först`
agenda-sent-now = Dagordningen är på väg till alla.
agenda-skipped = Det här steget hoppas över: { $step }.
agenda-skipped-already = Det steget före möte { $number } har redan varit eller hoppats över. Se vad som är kvar: `/dagordning { $number }`
agenda-nothing-to-skip = Det finns inget steg kvar att hoppa över före möte { $number }.
button-up = Flytta upp
button-send = Skicka dagordningen nu
button-skip = Hoppa över: { $step }
step-call = be om förslag
step-reminder = påminn om förslag och svar
step-closing = stäng för nya förslag
step-agenda = skicka dagordningen
step-eve = påminn om mötet
steps-heading = Före varje möte i { $group }
steps-line = { $count ->
    [one] { $step }: { $count } arbetsdag före, kl. { $hour }
   *[other] { $step }: { $count } arbetsdagar före, kl. { $hour }
}
steps-change = Ändra så här: `/tuva inställningar dagordning 5 08:00`. Stegen heter förfrågan, påminnelse, stängning, dagordning och mötespåminnelse.
step-unknown = Jag känner inte till steget ”{ $word }”. Stegen är: { $steps }. Till exempel: `/tuva inställningar dagordning 5 08:00`
step-wrong = Skriv hur många arbetsdagar före mötet, och gärna ett klockslag, till exempel: `/tuva inställningar { $step } 5 08:00`
step-days = { $days } arbetsdagar går inte. Välj mellan 1 och { $most }, till exempel: `/tuva inställningar dagordning 5 08:00`
step-order = Då skulle stegen komma i fel ordning: förfrågan { $call }, påminnelse { $reminder }, stängning { $closing }, dagordning { $agenda } och mötespåminnelse { $eve } arbetsdagar före. Varje steg ska komma efter det förra: välj ett antal däremellan.
propose-late = Dagordningen till möte { $closed } är stängd. Förslaget tas upp på nästa möte som planeras, om inte ordföranden tar med det redan nu.
propose-late-next = Dagordningen till möte { $closed } är stängd. Förslaget tas upp på möte { $next }, { $moment }, om inte ordföranden tar med det redan nu.
who-secretary = sekreteraren
who-leader = den som leder mötet
help-proposal-schedule = `/förslag 12 ta upp 3` – ordföranden tar upp det på möte 3; utan nummer på nästa möte
help-proposal-agreed = `/förslag 12 överens TEXT` – efter mötet: vad ni kom överens om
help-proposal-decline = `/förslag 12 ta inte upp SKÄL` – det tas inte upp, och varför
help-proposal-park = `/förslag 12 vila 1 mars` – det får vila till dess
help-proposal-carry = `/förslag 12 överför SKÄL` – det förs över till ett senare möte
help-meeting = planera möten, svara om du kommer och turas om att leda
help-meeting-plan = `/möte planera 20 januari kl. 13–15 RUBRIK plats:Stadshuset, sal 3 länk:https://…` – ordföranden planerar ett möte; `första tisdagen varje månad kl. 13, inte juli` planerar ett helt år
help-meeting-show = `/möte 3` – visa mötet
help-meeting-list = `/möte` – alla möten framöver
help-meeting-coming = `/möte 3 kommer` – du kommer; utan nummer menas nästa möte
help-meeting-absent = `/möte 3 kommer inte` – du har förhinder
help-meeting-retract = `/möte 3 ångra` – du tar tillbaka ditt svar
help-meeting-substitute = `/möte 3 ersättare @namn` – du har förhinder och ber någon annan komma
help-meeting-move = `/möte 3 flytta 27 januari kl. 13` – flytta mötet; alla får veta det
help-meeting-change = `/möte 3 ändra plats:Stadshuset, sal 3` – ändra rubrik, plats:, länk: eller längd:
help-meeting-cancel = `/möte 3 ställ in` – mötet blir inte av
help-meeting-rota = `/möte turordning` – vem som har lett mötena och vem som står på tur
help-meeting-skip = `/möte 3 hoppa över` – nästa på tur leder mötet
help-meeting-swap = `/möte 3 byt 4` – den som skulle leda det ena mötet leder det andra
help-meeting-chair = `/möte 3 ordförande @namn` – någon annan i gruppen leder mötet
help-meeting-example = Till exempel: `/möte planera första tisdagen varje månad kl. 13, inte juli`
help-agenda = se och ändra dagordningen till nästa möte
help-agenda-show = `/dagordning` – dagordningen till nästa möte; `/dagordning 3` till möte 3
help-agenda-add = `/dagordning lägg till 12 tid:15min` – ta upp förslag 12; en rubrik i stället för numret blir en ny punkt. Lägg till del:övrigt för ett annat avsnitt och möte:4 för ett annat möte
help-agenda-move = `/dagordning flytta 12 först` – ändra ordningen: först, sist, upp, ner eller ett nummer
help-agenda-remove = `/dagordning ta bort 12` – förslaget tas inte upp på det här mötet, men är kvar
help-agenda-send = `/dagordning skicka nu` – skicka dagordningen i förväg
help-agenda-skip = `/dagordning hoppa över` – hoppa över nästa steg före mötet
help-agenda-example = Till exempel: `/dagordning lägg till 12 tid:15min`
help-tuva-steps = `/tuva inställningar dagordning 5 08:00` – ordföranden väljer hur många arbetsdagar före mötet varje steg kommer: förfrågan, påminnelse, stängning, dagordning, mötespåminnelse
form-proposal-agreed = Vad ni kom överens om
form-proposal-decline = Varför det inte tas upp
form-agreed = Vad kom ni överens om?
form-agreed-hint = En rad räcker, till exempel: Servicenämnden tar fram en kalkyl till mars. Det visas på kortet och i nästa utskick.
form-declined = Varför tas det inte upp?
form-declined-hint = En rad räcker, till exempel: Det ligger utanför vårt uppdrag.
page-agreed-missing = Skriv vad ni kom överens om.
page-decline-missing = Skriv varför det inte tas upp.
page-plan-missing = Skriv när mötet är, till exempel: 20 januari kl. 13–15.
page-closed-meeting = Mötet har börjat, har varit eller är inställt, så det går inte att svara.
page-closed-agenda = Det går inte att göra längre: dagordningen är redan skickad, eller mötet har varit.
page-answers = **Ditt svar, { $name }:** { $answer }
answer-coming = kommer
answer-absent = kommer inte
answer-none = inget än
slack-hint-meeting = planera, 3, 3 kommer, 3 kommer inte
slack-hint-agenda = visa, lägg till 12, flytta 12 först
agenda-up = upp
typed-text = TEXT
typed-whom = NAMN
typed-when = DAG
typed-other = NUMMER
slack-why-plan = När är mötet? Tryck på knappen och välj dag och klockslag, eller skriv hur ofta ni ses.
slack-why-agreed = Vad kom ni överens om i förslag { $number }? Tryck på knappen och skriv en rad om det.
slack-why-decline = Varför tas förslag { $number } inte upp? Tryck på knappen och skriv skälet.
matrix-why-plan = När är mötet? Svara här, till exempel: 20 januari kl. 13–15 Vårmöte. Eller: första tisdagen varje månad kl. 13, inte juli
matrix-why-agreed = Vad kom ni överens om i förslag { $number }? Svara här med en rad om det.
matrix-why-decline = Varför tas förslag { $number } inte upp? Svara här med skälet.
button-plan = Planera
button-agreed = Skriv vad ni kom överens om
button-decline = Skriv skälet

# Undergrupper
card-subgroup = Undergrupp { $number }: { $title }
stage-forming = Bildas
stage-active = Pågår
stage-closed = Avslutad
subgroup-lead = Sammankallande: { $name }
subgroup-with = Tillsammans med { $names }
subgroup-with-many = { $count ->
    [one] Tillsammans med en till
   *[other] Tillsammans med { $count } andra
}
subgroup-due = Klart senast { $day }
subgroup-from = Kommer från { $proposal }
subgroup-taken-up = Tas upp som { $proposal }
subgroup-rooms = Egna rum: { $rooms }
subgroup-outcome = **Resultat:** { $outcome }
subgroup-report = Svar:
subgroup-answer = Svar från undergrupp { $number }:
subgroup-at-work = Undergrupp { $number } arbetar med frågan
subgroup-closed-line = **Undergrupp { $number } är avslutad:** { $outcome }
subgroup-days-left = { $count ->
    [0] sista dagen är i dag
    [one] en dag kvar
   *[other] { $count } dagar kvar
}
subgroup-days-late = { $count ->
    [one] en dag försenad
   *[other] { $count } dagar försenad
}
subgroup-last-sign = senast aktiv { $day }
subgroups-open = { $count ->
    [one] En undergrupp
   *[other] { $count } undergrupper
}
subgroups-all = { $count ->
    [one] En undergrupp, avslutade inräknade
   *[other] { $count } undergrupper, avslutade inräknade
}
subgroups-none-open = Ingen undergrupp pågår. Starta en med `/undergrupp starta FRÅGA @namn klart 1 mars`
subgroups-none-all = Gruppen har inte haft någon undergrupp. Starta en med `/undergrupp starta FRÅGA @namn klart 1 mars`
name-slack = Slack
name-matrix = Matrix
stage-subgroup = Hos undergrupp { $number }
button-join = Gå med
button-report = Lämna svaret
button-close = Avsluta undergruppen
button-rooms = Gör nya rum
button-start = Starta
who-lead = sammankallande
subgroup-what = Vilken fråga ska undergruppen ta hand om? Skriv till exempel: Var ska cykelställen stå? @namn klart 1 mars
subgroup-usual-due = Ingen dag var angiven, så svaret väntas senast { $day }. Ändra med `/undergrupp { $number } klart 1 mars`
subgroup-joined = Du är med i undergruppen.
subgroup-gone-from = Du är inte med i undergruppen längre.
subgroup-invited = { $names } är med i undergruppen.
subgroup-led = { $name } är sammankallande.
subgroup-extended = Svaret väntas senast { $day }.
subgroup-room-opens = Rummet { $platform } öppnas just nu. När alla rum är klara bjuds alla in.
subgroup-room-late = Rummet { $platform } är inte klart än, för det kommer inget svar därifrån. Tuva försöker igen av sig självt. Ingen bjuds in förrän alla rum är klara.
subgroup-room-stuck = Rummet { $platform } går inte att ordna: { $why } Försök sedan igen med `/undergrupp { $subgroup } rum`
subgroup-room-missing = Undergruppen har inget rum { $platforms }. Skriv `/undergrupp { $number } rum` så görs ett.
subgroup-nowhere = { $names } har, vad Tuva vet, inget konto där undergruppen har sina rum och får breven i stället. Den som har ett konto där skriver `/tuva länka` till Tuva.
subgroup-unknown = Det finns ingen undergrupp { $number } i någon av dina grupper. Skriv `/undergrupp lista alla`, så ser du dem som finns.
subgroup-none = Ingen undergrupp pågår här. Starta en med `/undergrupp starta FRÅGA @namn klart 1 mars`
subgroup-which = Det pågår flera undergrupper: { $numbers }. Skriv numret, till exempel `/undergrupp { $example }`
subgroup-closed = Undergrupp { $number } är avslutad. Allt går att läsa, men inget ändras längre. Starta en ny med `/undergrupp starta FRÅGA`
subgroup-within = ”{ $group }” är själv en undergrupp och kan inte dela upp sig. Skriv i den stora gruppens rum i stället.
subgroup-of-proposal = Förslag { $number } har redan undergrupp { $subgroup }. Gå med med `/undergrupp { $subgroup } gå med`
subgroup-not-in = Du är inte med i undergrupp { $number }. Gå med med `/undergrupp { $number } gå med`
subgroup-lead-leaves = Du är sammankallande i undergrupp { $number }. Lämna först över till någon annan, till exempel `/undergrupp { $number } sammankallande @namn`
subgroup-invite-who = Skriv vem du vill bjuda in, till exempel `/undergrupp { $number } bjud in @namn`
subgroup-lead-who = Skriv vem som ska vara sammankallande, till exempel `/undergrupp { $number } sammankallande @namn`
subgroup-lead-one = En undergrupp har en sammankallande. Skriv ett namn, till exempel `/undergrupp { $number } sammankallande @namn`
subgroup-due-when = Skriv när svaret ska vara klart, till exempel `/undergrupp { $number } klart 1 mars`
question-missing = Frågan saknas. Skriv vad undergruppen ska ta hand om, till exempel `/undergrupp starta Var ska cykelställen stå?`
question-wordless = ”{ $question }” har inga ord, så rummen kan inte få något namn. Skriv frågan i ord, till exempel: Var ska cykelställen stå?
lead-informed = { $name } är med för kännedom och kan inte vara sammankallande. Välj en ledamot, eller be ordföranden ändra rollen.
report-missing = Svaret saknas. Skriv vad ni har kommit fram till, till exempel `/undergrupp { $number } rapport Vi föreslår Stortorget.`
outcome-missing = Resultatet saknas. Skriv vad det blev av svaret, till exempel `/undergrupp { $number } avsluta Vi bygger tre ställ i vår.`
report-what = Vad har undergrupp { $number } kommit fram till? Skriv svaret.
report-on-agenda = Svaret är upplagt i gruppens rum och tas upp på möte { $meeting }.
report-no-meeting = Svaret är upplagt i gruppens rum. Det tas upp på nästa möte som planeras.
report-read = Svaret är upplagt i gruppens rum. Frågan är redan avgjord.
close-what = Vad blev det av undergrupp { $number }? Skriv en rad om det, så får alla som var med och frågade veta det.
close-before-meeting = Förslag { $proposal } står kvar på dagordningen till möte { $meeting }. Där avgör gruppen vad det blir.
subgroup-answers = Svar från undergrupp { $number }: { $question }
subgroup-report-by = *{ $name }, sammankallande*
subgroup-welcome = Du är med i undergrupp { $number }: { $question }
subgroup-welcome-about = Undergruppen talar i chatten, men Tuva vet inte om du har något konto där. Du får kallelser, dagordningar och nyheter med e-post, och kan lämna svaret med knappen.
subgroup-welcome-roomless = Undergruppen har inget rum i chatten. Du får kallelser, dagordningar och nyheter med e-post, och kan lämna svaret med knappen.
subgroup-inherited = Du är nu sammankallande i undergrupp { $number }: { $question }
subgroup-inherited-about = { $name } har lämnat gruppen, så nu är det du som håller ihop arbetet. Vill du lämna över till någon annan skriver du `/tuva undergrupp { $number } sammankallande @namn`
subgroup-room-lost = Undergrupp { $number } har inget rum { $platform } längre: { $question }
subgroup-room-lost-about = Rummet { $platform } är borttaget eller arkiverat, eller så är Tuva inte kvar där. Bjud in Tuva igen, eller låt Tuva göra ett nytt rum.
subgroup-ended = Så gick det för undergrupp { $number }: { $question }
subgroup-goodbye = Undergruppen är avslutad och rummet stängt. Allt här går att läsa också i fortsättningen.
subgroup-ended-about = Undergruppen är klar. Det här blev det av frågan:
subgroup-reminder = Snart väntas svaret från undergrupp { $number }: { $question }
subgroup-reminder-about = Gruppen väntar på ert svar senast { $day }. Lämna det med knappen, eller skriv `/tuva undergrupp { $number } rapport TEXT` i chatten. Behöver ni mer tid skriver du `/tuva undergrupp { $number } klart DAG`
subgroup-today = I dag väntas svaret från undergrupp { $number }: { $question }
subgroup-today-about = Gruppen väntar på ert svar i dag, { $day }. Lämna det med knappen, eller skriv `/tuva undergrupp { $number } rapport TEXT` i chatten. Behöver ni mer tid skriver du `/tuva undergrupp { $number } klart DAG`
subgroup-late = Svaret från undergrupp { $number } är försenat: { $question }
subgroup-late-about = Svaret skulle ha kommit senast { $day }. Lämna det ni har med knappen, eller skriv `/tuva undergrupp { $number } rapport TEXT` i chatten. Behöver ni mer tid skriver du `/tuva undergrupp { $number } klart DAG`
subgroup-late-chair = Svaret från undergrupp { $number } dröjer: { $question }
subgroup-late-chair-about = Svaret skulle ha kommit senast { $day }. Hör gärna med { $name }, som är sammankallande. Du kan ge mer tid med `/tuva undergrupp { $number } klart DAG` eller avsluta med `/tuva undergrupp { $number } avsluta TEXT`
help-subgroup = låt några ta hand om en fråga i egna rum och komma tillbaka med ett svar
help-subgroup-start = `/undergrupp starta FRÅGA @namn @namn klart 1 mars` – starta en undergrupp; du är sammankallande om du inte skriver `sammankallande:@namn`. Skriv uppdraget på raderna under, och `förslag:12` om den ska ta hand om ett förslag
help-subgroup-show = `/undergrupp 3` – visa undergruppen
help-subgroup-list = `/undergrupp` – alla som pågår; `/undergrupp lista alla` även de avslutade
help-subgroup-join = `/undergrupp 3 gå med` – var med
help-subgroup-leave = `/undergrupp 3 lämna` – var inte med längre
help-subgroup-invite = `/undergrupp 3 bjud in @namn` – bjud in andra i gruppen
help-subgroup-lead = `/undergrupp 3 sammankallande @namn` – någon annan blir sammankallande
help-subgroup-due = `/undergrupp 3 klart 1 mars` – ge undergruppen mer tid
help-subgroup-report = `/undergrupp 3 rapport TEXT` – lämna svaret; det visas för hela gruppen och tas upp på nästa möte
help-subgroup-close = `/undergrupp 3 avsluta TEXT` – avsluta, och berätta vad det blev
help-subgroup-rooms = `/undergrupp 3 rum` – gör rum som saknas, eller försök igen
help-subgroup-example = Till exempel: `/undergrupp starta Var ska cykelställen stå? @namn klart 1 mars`
form-subgroup-start = Starta undergrupp
form-subgroup-report = Undergruppens svar
form-subgroup-close = Avsluta undergrupp
form-question = Frågan
form-question-hint = Vad undergruppen ska svara på, till exempel: Var ska cykelställen stå?
form-mandate = Uppdraget
form-mandate-hint = Vad ni vill att den gör, och vad den inte behöver göra.
form-team = Vilka är med?
form-team-hint = Andra i gruppen som ska vara med, till exempel: Anna, Erik Berg. Du är med ändå.
form-lead = Sammankallande
form-lead-hint = Den som håller ihop arbetet. Du själv, om fältet är tomt.
form-due = Klart senast
form-due-hint = Den dag då gruppen vill ha svaret. Om tre månader, om fältet är tomt.
form-channel = Kanal på Slack
form-channel-hint = Sluten, om fältet är tomt.
channel-public = Öppen: alla på Slack kan hitta den
channel-private = Sluten: bara de som bjuds in ser den
form-report = Vad har ni kommit fram till?
form-report-hint = Det ni skriver visas för hela gruppen och tas upp på nästa möte.
form-outcome = Vad blev det?
form-outcome-hint = En rad räcker, till exempel: Vi bygger tre cykelställ i vår. Alla som var med och frågade får veta det.
page-start-missing = Skriv vilken fråga undergruppen ska ta hand om.
page-report-missing = Skriv vad ni har kommit fram till.
page-close-missing = Skriv vad det blev.
slack-hint-subgroup = lista, starta fråga @namn, 3 gå med, 3 rapport
typed-report = TEXT
typed-outcome = TEXT
slack-why-start = Vilken fråga ska undergruppen ta hand om? Tryck på knappen och skriv den.
slack-why-report = Vad har undergrupp { $number } kommit fram till? Tryck på knappen och skriv svaret.
slack-why-close = Vad blev det av undergrupp { $number }? Tryck på knappen och skriv en rad om det.
matrix-why-start = Vilken fråga ska undergruppen ta hand om? Svara här, till exempel: Var ska cykelställen stå? @namn klart 1 mars
matrix-why-report = Vad har undergrupp { $number } kommit fram till? Svara här.
matrix-why-close = Vad blev det av undergrupp { $number }? Svara här med en rad om det.
page-report = Vad har ni kommit fram till?
page-report-help = Det du skriver visas för hela gruppen och tas upp på nästa möte.
page-close = Vad blev det?
page-close-help = En rad räcker. Alla som var med och frågade får veta det.
page-closed-subgroup = Undergruppen är avslutad, eller så är det någon annan som kan göra det här.
members-of-subgroup = ”{ $group }” är en undergrupp. Bjud in med `/undergrupp bjud in @namn`; ta bort någon med `/tuva medlemmar avsluta NAMN`
outbox-room-arrived = Post { $number } är ett rum, och Tuva måste få veta var det finns. Kör tuva outbox retry { $number }: ett rum som redan finns hittas då. Ska det inte bli något rum, kör tuva outbox drop { $number }.
stuck-room = Rum { $number }, ”{ $subject }” ({ $address }): { $why }
stuck-person = Inbjudan { $number }, { $subject } ({ $address }): { $why }
stuck-subject-rooms = { $count ->
    [one] En undergrupps rum väntar på dig
   *[other] En undergrupps rum väntar på dig, på { $count } ställen
}
stuck-opening-rooms = { $count ->
    [one] Tuva kan inte göra klart ett rum eller en inbjudan i { $group } utan hjälp.
   *[other] Tuva kan inte göra klart { $count } rum eller inbjudningar i { $group } utan hjälp.
}
stuck-cure-rooms = När det är rättat, skriv /tuva undergrupp { $subgroup } rum i chatten, så försöker Tuva igen. Ska det inte bli något rum där, be den som sköter Tuva att köra tuva outbox drop { $number }: då går undergruppen vidare utan det.
