"""What is said in every world: at least one case for each verb of each command."""

from dataclasses import dataclass

from people import ANA, BO, CHEN, GUS, INA

Line = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """Somebody says a line. `answer` is a part of what they hear.

    `{proposal}`, `{example}`, `{pictured}`, an example with a picture, and `{tip}` in a line are numbers of Ana's.
    `before` was said by then; with `then` the speaker answers what they are asked.
    """

    verb: str
    who: str
    line: str
    answer: str
    body: str = ""
    refused: bool = False
    then: str = ""
    before: tuple[Line, ...] = ()

    def __str__(self) -> str:
        return f"{self.verb}: {self.line}"


def refused(verb: str, who: str, line: str, answer: str, body: str = "") -> Case:
    """Somebody says what cannot be done."""
    return Case(verb, who, line, answer, body, refused=True)


SUPPORTED = ((BO, "förslag {proposal} stöd"),)
THANKED = ((BO, "exempel {example} tacka"),)
REUSED = ((BO, "exempel {example} återanvänd Vi köper fem."),)

PROPOSE = (
    Case("propose.make", BO, "föreslå Solceller på skolans tak", "Solceller på skolans tak"),
    Case("propose.make", CHEN, "propose Solar cells kind:question", "Support: 0 · Objections: 0"),
    Case("propose.make", BO, "Föreslå Laddstolpar typ: Omvärld #sdg7 #miljömål1", "Laddstolpar", "Rad ett\n\n- a\n- b"),
    Case("propose.make", GUS, "foresla Gästens idé", "Gästens idé"),
    Case("propose.make", BO, "föreslå ”Grön” el – så gör vi’t", "”Grön” el – så gör vi’t"),
    Case("propose.make", BO, "föreslå *Fet* _sned_ `kod` <b>x</b> @room", "*Fet* _sned_ `kod` <b>x</b> @room"),
    Case("propose.make", BO, "föreslå dela 12 stöd", "dela 12 stöd"),
    refused("propose.make", BO, "föreslå", "Rubriken saknas", "Bara en brödtext."),
    refused("propose.make", BO, "föreslå Solceller #sdg99", "Det finns inget mål #sdg99"),
    refused("propose.make", BO, "föreslå Solceller typ:önskan", "går inte att välja som typ"),
    refused("propose.make", BO, f"föreslå {'x' * 301}", "301 tecken"),
    refused("propose.make", CHEN, "propose Long", "2501 characters", "y" * 2501),
    refused("propose.make", INA, "föreslå Solceller", "Det här får bara"),
)
PROPOSAL = (
    Case("proposal.show", BO, "förslag {proposal}", "Stöd: 0 · Invändningar: 0"),
    Case("proposal.show", CHEN, "proposal #{proposal} show", "Support: 0 · Objections: 0"),
    Case("proposal.show", INA, "förslag visa {proposal}", "Taket ligger i söder."),
    refused("proposal.show", BO, "förslag 9999", "Det finns inget förslag 9999"),
    Case("proposal.support", BO, "förslag {proposal} stöd", "Stöd: 1 · Invändningar: 0"),
    Case("proposal.support", CHEN, "Proposal {proposal} Support", "Support: 1 · Objections: 0"),
    Case("proposal.support", BO, "förslag stödjer {proposal}", "Stöd: 1 · Invändningar: 0", before=SUPPORTED),
    refused("proposal.support", GUS, "förslag {proposal} stöd", "Det här får bara"),
    refused("proposal.support", BO, "förslag stöd", "Numret saknas"),
    refused("proposal.support", BO, "förslag 9999 stöd", "Det finns inget förslag 9999"),
    refused("proposal.support", BO, "förslag {proposal} stöda", "Jag förstår inte ”stöda”"),
    Case("proposal.object", BO, "förslag {proposal} invänd Dyrt – för ”alla”", "Stöd: 0 · Invändningar: 1"),
    Case("proposal.object", BO, "förslag {proposal} invänd", "Invändningar: 1", "Skälet står\npå två rader."),
    Case("proposal.object", BO, "förslag {proposal} invänd", "Invändningar: 1", then="Vem sköter dem?"),
    Case("proposal.object", CHEN, "proposal {proposal} object", "Objections: 1", then="Who pays?"),
    Case("proposal.object", BO, "förslag {proposal} invänd Dyrt", "Stöd: 0 · Invändningar: 1", before=SUPPORTED),
    refused("proposal.object", INA, "förslag {proposal} invänd Dyrt", "Det här får bara"),
    Case("proposal.neutral", BO, "förslag {proposal} avstå", "Stöd: 0 · Invändningar: 0", before=SUPPORTED),
    Case("proposal.neutral", CHEN, "proposal {proposal} neutral", "Support: 0 · Objections: 0"),
    Case("proposal.retract", BO, "förslag {proposal} ångra", "Stöd: 0 · Invändningar: 0", before=SUPPORTED),
    Case("proposal.suggest", BO, "förslag {proposal} tipsa", "Jag frågar Ana Ask"),
    Case("proposal.suggest", CHEN, "proposal {proposal} suggest", "Ana Ask"),
    refused("proposal.suggest", INA, "förslag {proposal} tipsa", "Det här får bara"),
    Case("proposal.withdraw", ANA, "förslag {proposal} dra tillbaka", "Stöd: 0"),
    refused("proposal.withdraw", BO, "förslag {proposal} dra tillbaka", "Det här får bara"),
    Case("proposal.list", BO, "förslag", "Förslag {proposal}: Solceller"),
    Case("proposal.list", CHEN, "proposal list mine", "of yours", before=((CHEN, "propose Bikes"),)),
    Case("proposal.list", INA, "förslag lista alla", "avslutade inräknade"),
    refused("proposal.list", BO, "förslag lista gamla", "Jag förstår inte ”gamla”"),
)
EXAMPLE = (
    Case("example.share", BO, "exempel Cykelpool på stadshuset #sdg11", "Tack: 0", "Tio cyklar."),
    Case("example.share", CHEN, "example share list of bikes", "list of bikes"),
    refused("example.share", INA, "exempel dela Cykelpool", "Det här får bara"),
    refused("example.share", BO, "exempel dela", "Rubriken saknas", "Bara en brödtext."),
    Case("example.show", INA, "exempel {example}", "Tio cyklar."),
    refused("example.show", BO, "exempel 9999", "Det finns inget exempel 9999"),
    Case("example.list", BO, "exempel lista", "Exempel {example}: Cykelpool"),
    Case("example.list", CHEN, "example list", "Example {example}: Cykelpool"),
    Case("example.thank", BO, "exempel {example} tacka", "Tack: 1"),
    Case("example.thank", CHEN, "example {example} thanks", "Thanks: 1"),
    refused("example.thank", ANA, "exempel {example} tack", "är ditt eget"),
    Case("example.share", BO, "exempel Vårgarage", "Vårgarage", "Tak.\nEffekt: Färre\nbilar\nKontakt: Bo"),
    Case("example.share", CHEN, "example Bus lane", "Bus lane", "Länk: https://example.org/bus\nunit: Torg\n#sdg11"),
    refused("example.share", BO, "exempel Busskort", "är ingen länk", "Länk: javascript:alert(1)"),
    refused("example.share", BO, "exempel Busskort", "Enheten ”Månen” finns inte", "Enhet: Månen"),
    refused("example.share", BO, "exempel Cyklar tips:77", "Det tipset finns inte"),
    Case("example.search", BO, "exempel sök cykelpool enhet:skol år:2027", "Exempel {example}: Cykelpool"),
    Case("example.search", CHEN, "example search no such thing", "No example fits"),
    refused("example.search", BO, "exempel sök", "Skriv vad du letar efter"),
    refused("example.search", BO, "exempel sök cykel år:i fjol", "är inget år"),
    refused("example.search", BO, "exempel sök cykel enhet:”Grå huset”", "Enheten ”Grå huset” finns inte"),
    Case("example.reuse", BO, "exempel {example} återanvänd Vi köper fem.", "Gör likadant: 1"),
    Case("example.reuse", CHEN, "example {example} reuse", "Doing the same: 1", then="We buy five."),
    refused("example.reuse", ANA, "exempel {example} återanvänd Vi med", "är ditt eget"),
    refused("example.reuse", INA, "exempel {example} återanvänd Vi med", "Det här får bara"),
    Case("example.result", BO, "exempel {example} resultat Bra!", "Gör likadant: 1", before=REUSED),
    Case("example.result", BO, "exempel {example} resultat", "Gör likadant: 1", then="Bra!", before=REUSED),
    refused("example.result", BO, "exempel {example} resultat Bra!", "Du har inte berättat"),
    Case("example.edit", ANA, "exempel {example} ändra Lådcyklar", "Lådcyklar", "Kontakt: Ana\n#sdg3"),
    refused("example.edit", BO, "exempel {example} ändra Lådcyklar", "Det här får bara"),
    refused("example.edit", ANA, "exempel ändra cyklarna", "sätt dela före"),
    Case("example.picture", ANA, "exempel {pictured} bild bort", "Tack: 0"),
    refused("example.picture", ANA, "exempel {example} bild", "Det kom ingen bild"),
    refused("example.picture", CHEN, "example {example} picture", "can do this"),
    refused("example.picture", ANA, "exempel {example} bild ta bort", "har ingen bild"),
    Case("example.retire", ANA, "exempel {example} ta bort", "Cykelpool"),
    refused("example.retire", BO, "exempel {example} ta bort", "Det här får bara"),
    Case("example.suggest", BO, "exempel tipsa Ana Ask Cykelpoolen", "Jag frågar Ana Ask"),
    refused("example.retire", BO, "exempel ta bort", "exempel 12 ta bort"),
    refused("example.suggest", BO, "exempel tipsa", "Skriv vem som gjorde det"),
    refused("example.suggest", BO, "exempel tipsa Ina Is Cykelpoolen", "Ina Is kan inte dela exempel"),
    refused("example.suggest", BO, "exempel tipsa Ana", "Skriv vem som gjorde det"),
    Case("example.decline", ANA, "exempel avböj tips:{tip}", "frågar inte igen"),
    refused("example.decline", BO, "exempel avböj tips:{tip}", "Det tipset finns inte"),
    refused("example.decline", CHEN, "example decline", "Write which tip"),
    Case("example.queue", ANA, "exempel kö", "Inget exempel väntar"),
    refused("example.queue", BO, "exempel kö", "Det här får bara"),
    Case("example.approve", ANA, "exempel {example} godkänn", "får vara med i utskicken"),
    Case("example.leave-out", ANA, "exempel {example} lämna utanför", "kommer inte med"),
    refused("example.leave-out", BO, "exempel {example} lämna utanför", "Det här får bara"),
    Case("example.retract", BO, "exempel {example} ångra", "Tack: 0", before=THANKED),
)
DIGEST = (
    Case("digest.show", BO, "utskick", "varje vecka"),
    Case("digest.show", CHEN, "digest show", "every week"),
    Case("digest.choose", BO, "utskick varannan vecka fredag kl. 09.30 rubriker:bara", "på fredagar kl. 09:30"),
    Case("digest.choose", CHEN, "digest monthly monday 7 zone:Europe/Helsinki channel:both", "Europe/Helsinki"),
    Case("digest.choose", BO, "utskick kanal:e–post språk:”svenska”", "på svenska"),
    Case("digest.choose", BO, "Veckobrev av", "inga brev"),
    refused("digest.choose", BO, "utskick ibland", "Jag förstår inte ”ibland”"),
    refused("digest.choose", BO, "utskick fredag 25:00", "Klockslaget ”25:00” finns inte"),
    Case("digest.preview", BO, "utskick förhandsvisa", "Förslag {proposal}: Solceller"),
    Case("digest.preview", CHEN, "digest preview", "Proposal {proposal}: Solceller"),
)
TUVA = (
    Case("tuva.help", BO, "tuva hjälp", "Det här kan jag"),
    Case("tuva.help", CHEN, "help proposal", "proposal 12 support"),
    Case("tuva.help", INA, "hjälp utskick", "utskick"),
    refused("tuva.help", BO, "hjälp väder", "Det finns inget kommando som heter ”väder”"),
    Case("tuva.link", BO, "tuva länka", "Din kod är"),
    Case("tuva.link", CHEN, "tuva link", "Your code is"),
    refused("tuva.link", INA, "länka AAAA-AAAA", "Den koden finns inte"),
    Case("tuva.members", BO, "tuva medlemmar", "Bo Bark, Parken – ledamot"),
    Case("tuva.members", CHEN, "members", "Chen Cho, Parken"),
    Case("tuva.add-member", ANA, "tuva medlemmar lägg till Nils Nord nils@example.org Torget", "Nils Nord, Torget"),
    refused("tuva.add-member", ANA, "tuva medlemmar lägg till Nils", "Skriv namn, e-postadress och enhet"),
    refused("tuva.add-member", BO, "tuva members add Eve Ek eve@example.org Torget", "Det här får bara"),
    Case(
        "tuva.end-member",
        ANA,
        "tuva medlemmar avsluta Eva Ek",
        "inte längre med",
        before=((ANA, "tuva members add Eva Ek eva@example.org Parken"),),
    ),
    refused("tuva.end-member", ANA, "tuva members end Nobody", "Ingen i gruppen heter ”Nobody”"),
    Case("tuva.setup", ANA, "tuva koppla grona", "Gröna gruppen (grona)"),
    refused("tuva.setup", BO, "tuva setup grona", "Det här får bara"),
    Case("tuva.editors", ANA, "tuva inställningar redaktörer av", "av sig själva"),
    refused("tuva.editors", BO, "tuva settings editors on", "Det här får bara"),
    Case("tuva.bulletin", ANA, "tuva inställningar utskick varannan vecka fredag 14:00", "varannan vecka, på fredagar"),
    refused("tuva.bulletin", BO, "tuva settings digest off", "Det här får bara"),
    Case("tuva.status", ANA, "läget", "Gruppen pratar"),
    Case("tuva.status", CHEN, "tuva status", "The group"),
)
# Letters grow with what was proposed before, and one that is too long for a message comes in several.
CASES = (*DIGEST, *TUVA, *PROPOSE, *PROPOSAL, *EXAMPLE)
