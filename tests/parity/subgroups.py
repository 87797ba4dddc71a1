"""What is said of subgroups in every world: `{subgroup}` is led by Ana, and Bo is in it."""

from parity.case import Case, refused
from people import ANA, BO, CHEN, GUS, INA

SUBGROUP = (
    Case(
        "subgroup.start", BO, "undergrupp starta Var ska cyklarna stå? @Chen klart 1 maj 2028", "Var ska cyklarna stå?"
    ),
    Case("subgroup.start", CHEN, "subgroup start Food waste lead:@Bo due 2028-05-01", "Food waste", "Half by 2030."),
    Case("subgroup.start", ANA, "undergrupp starta förslag:{proposal} @Bo", "Solceller"),
    Case("subgroup.start", ANA, "undergrupp starta", "Var ska cyklarna stå?", then="Var ska cyklarna stå?"),
    refused("subgroup.start", BO, "undergrupp starta ???", "har inga ord"),
    refused("subgroup.start", BO, "undergrupp starta Mat @Ingen", "Ingen i gruppen heter"),
    refused("subgroup.start", BO, "undergrupp starta Mat klart 1 maj 2020", "har redan varit"),
    refused("subgroup.start", BO, "undergrupp starta Mat sammankallande:@Ina", "för kännedom"),
    refused("subgroup.start", GUS, "undergrupp starta Mat", "Det här får bara"),
    Case("subgroup.show", INA, "undergrupp {subgroup}", "Sammankallande: Ana Ask"),
    Case("subgroup.show", CHEN, "subgroup {subgroup} show", "Lead: Ana Ask"),
    refused("subgroup.show", BO, "undergrupp 9999", "Det finns ingen undergrupp 9999"),
    Case("subgroup.list", INA, "undergrupp", "Undergrupp {subgroup}: Cykelställ"),
    Case("subgroup.list", CHEN, "subgroup list all", "Subgroup {subgroup}: Cykelställ"),
    Case("subgroup.join", CHEN, "subgroup {subgroup} join", "Cykelställ"),
    Case("subgroup.join", GUS, "undergrupp {subgroup} gå med", "Cykelställ"),
    refused("subgroup.join", INA, "undergrupp {subgroup} gå med", "Det här får bara"),
    Case("subgroup.leave", BO, "undergrupp {subgroup} lämna", "Cykelställ"),
    refused("subgroup.leave", ANA, "undergrupp {subgroup} lämna", "Lämna först över"),
    refused("subgroup.leave", CHEN, "subgroup {subgroup} leave", "You are not in"),
    Case("subgroup.invite", BO, "undergrupp {subgroup} bjud in @Chen och Gus", "Cykelställ"),
    refused("subgroup.invite", BO, "undergrupp {subgroup} bjud in", "Skriv vem du vill bjuda in"),
    refused("subgroup.invite", BO, "undergrupp {subgroup} bjud in Nemo", "Ingen i gruppen heter"),
    Case("subgroup.lead", ANA, "undergrupp {subgroup} sammankallande @Bo", "Cykelställ"),
    refused("subgroup.lead", ANA, "undergrupp {subgroup} sammankallande Bo, Chen", "en sammankallande"),
    refused("subgroup.lead", ANA, "undergrupp {subgroup} sammankallande", "Skriv vem som ska vara"),
    refused("subgroup.lead", BO, "undergrupp {subgroup} sammankallande Bo", "Det här får bara"),
    Case("subgroup.due", ANA, "undergrupp {subgroup} klart 1 juni 2028", "Cykelställ"),
    refused("subgroup.due", ANA, "undergrupp {subgroup} klart snart", "är ingen dag"),
    refused("subgroup.due", BO, "undergrupp {subgroup} klart 1 juni 2028", "Det här får bara"),
    Case("subgroup.report", BO, "undergrupp {subgroup} rapport Vid stationen.", "Cykelställ", "- tre ställ\n- tak"),
    Case("subgroup.report", ANA, "undergrupp {subgroup} rapport", "Cykelställ", then="Vid stationen."),
    refused("subgroup.report", CHEN, "subgroup {subgroup} report By the station.", "You are not in"),
    Case("subgroup.close", ANA, "undergrupp {subgroup} avsluta Vi bygger tre.", "Cykelställ"),
    Case("subgroup.close", ANA, "undergrupp {subgroup} avsluta", "Cykelställ", then="Vi bygger tre."),
    refused("subgroup.close", BO, "undergrupp {subgroup} avsluta Vi bygger tre.", "Det här får bara"),
    Case("subgroup.rooms", ANA, "undergrupp {subgroup} rum", "Cykelställ"),
    refused("subgroup.rooms", CHEN, "subgroup {subgroup} rooms", "can do this"),
)
