"""Words and sentences of the story of a household: key, English, Dutch.

A sentence of `EVENTS` belongs to what was noted, by its name in the diary. `{when}` is the months in
which it happened; a note without a sentence is in the table and in the figure, not in the text.
"""

from typing import Final

Words = dict[str, tuple[str, str]]

MONTHS: Final = (
    ("January", "januari"), ("February", "februari"), ("March", "maart"), ("April", "april"), ("May", "mei"),
    ("June", "juni"), ("July", "juli"), ("August", "augustus"), ("September", "september"),
    ("October", "oktober"), ("November", "november"), ("December", "december"),
)  # fmt: skip
ORDINALS: Final = (("first", "eerste"), ("second", "tweede"), ("third", "derde"), ("fourth", "vierde"))

PROBLEMS: Final[Words] = {
    "money": ("money trouble", "geldzorgen"),
    "mind": ("mental trouble", "psychische klachten"),
    "care": ("trouble with daily life", "moeite met het dagelijks leven"),
    "safety": ("an unsafe home", "onveiligheid thuis"),
    "youth": ("trouble of the {nth} child", "problemen van het {nth} kind"),
}
CRISES: Final[Words] = {
    "money": ("eviction", "huisuitzetting"),
    "mind": ("a mental emergency", "een psychische noodsituatie"),
    "care": ("a care emergency", "een noodsituatie in de zorg"),
    "safety": ("violence at home", "geweld thuis"),
    "youth": ("a crisis of the {nth} child", "een crisis van het {nth} kind"),
}
CARE: Final[Words] = {
    "wijkteam": ("support by the wijkteam", "hulp door het wijkteam"),
    "guidance": ("guidance", "begeleiding"),
    "day_care": ("day activities", "dagbesteding"),
    "household_help": ("household help", "huishoudelijke hulp"),
    "protected_residence": ("protected residence", "beschermd wonen"),
    "aids": ("aids and adaptations", "hulpmiddelen en diensten"),
    "debt_service": ("debt service", "schuldhulpverlening"),
    "mental_health": ("mental health care", "geestelijke gezondheidszorg"),
    "shelter": ("shelter", "opvang"),
    "youth_team": (
        "support of the {nth} child by the youth team",
        "hulp door het jeugdteam voor het {nth} kind",
    ),
    "youth_outpatient": (
        "specialist youth help for the {nth} child",
        "ambulante jeugdhulp voor het {nth} kind",
    ),
    "youth_day_care": ("day treatment of the {nth} child", "daghulp voor het {nth} kind"),
    "youth_residential": (
        "youth care away from home for the {nth} child",
        "jeugdhulp met verblijf voor het {nth} kind",
    ),
    "supervision_order": (
        "a supervision order for the {nth} child",
        "ondertoezichtstelling van het {nth} kind",
    ),
}
ROUTES: Final[Words] = {
    "self": ("the household itself", "het huishouden zelf"),
    "network": ("its own circle", "de eigen kring"),
    "gp": ("the GP", "de huisarts"),
    "school": ("the school", "de school"),
    "youth_health_care": ("youth health care", "de jeugdgezondheidszorg"),
    "housing_corporation": ("the housing corporation", "de woningcorporatie"),
    "police": ("the police", "de politie"),
    "district_nurse": ("the district nurse", "de wijkverpleegkundige"),
    "debt_signal": ("a creditor", "een schuldeiser"),
    "outreach": ("the outreach team", "het outreachende team"),
    "wijkteam": ("the team", "het team"),
    "court": ("the court", "de rechter"),
    "renewal": ("a renewed decision", "een nieuwe beschikking"),
    "crisis": ("crisis care", "de crisisdienst"),
}
PAYERS: Final[Words] = {
    "municipality": ("the municipality", "de gemeente"),
    "province_and_national_funds": ("province and national funds", "provincie en landelijke fondsen"),
    "health_insurer": ("the health insurer", "de zorgverzekeraar"),
    "long_term_care": ("long-term care", "de langdurige zorg"),
    "housing_corporation": ("the housing corporation", "de woningcorporatie"),
    "justice": ("justice", "justitie"),
    "household": (
        "own contributions, to the municipality",
        "eigen bijdragen, aan de gemeente",
    ),
}
# Happening more than once in a year, these are one sentence with all its months.
REPEATED: Final = frozenset(
    ("signal", "signal_self", "wrong_door", "debt_case", "debt_reached", "debt_accepted", "not_granted",
     "lost", "renewed", "violence", "dispute_settled", "dispute", "respite", "harmed", "became_heavy", "circle_stops",
     "circle_overburdened", "circle_recovered")
)  # fmt: skip
EVENTS: Final[Words] = {
    "struck": (
        "{when} came a setback: {problem} (severity now {truth}).",
        "{when} kwam er een tegenslag: {problem} (ernst nu {truth}).",
    ),
    "shared_trouble": (
        "{when} trouble that struck the whole wijk reached this home as well.",
        "{when} bereikten moeilijkheden die de hele wijk troffen ook dit huis.",
    ),
    "separated": ("{when} the couple separated.", "{when} ging het stel uit elkaar."),
    "partnered": ("{when} a new partner came.", "{when} kwam er een partner bij."),
    "born": ("{when} a child was born.", "{when} werd een kind geboren."),
    "bereaved": ("{when} one of the partners died.", "{when} overleed een van de partners."),
    "left_by_death": (
        "{when} the last adult died or left for long-term care; here its story ends.",
        "{when} overleed de laatste volwassene of vertrok die naar de langdurige zorg; hier eindigt het "
        "verhaal.",
    ),
    "moved": (
        "{when} the household moved away; here its story ends.",
        "{when} verhuisde het huishouden; hier eindigt het verhaal.",
    ),
    "dispute": ("{when} there was a dispute with neighbours.", "{when} was er ruzie met de buren."),
    "dispute_settled": (
        "{when} there was a dispute with neighbours, which mediation settled.",
        "{when} was er ruzie met de buren, die door buurtbemiddeling werd bijgelegd.",
    ),
    "grew_up": (
        "{when} the {nth} child turned eighteen; youth care ends at that age.",
        "{when} werd het {nth} kind achttien; jeugdhulp houdt dan op.",
    ),
    "carer_strained": (
        "{when} caring for others in its circle took its toll: {problem} (severity now {truth}).",
        "{when} eiste het zorgen voor anderen in de kring zijn tol: {problem} (ernst nu {truth}).",
    ),
    "respite": (
        "{when} carers in its circle got respite.",
        "{when} kregen mantelzorgers in de kring respijtzorg.",
    ),
    "spilled_over": (
        "{when} it spilled over: {problem}.",
        "{when} werkte het door op een ander gebied: {problem}.",
    ),
    "became_heavy": (
        "{when} it became heavy: {problem}.",
        "{when} werd het zwaar: {problem}.",
    ),
    "was_over": ("{when} it was over: {problem}.", "{when} was het voorbij: {problem}."),
    "circle_supports": (
        "{when} kin and neighbours began to help.",
        "{when} begonnen familie en buren mee te helpen.",
    ),
    "circle_stops": (
        "{when} little was left of the help by kin and neighbours.",
        "{when} bleef van de hulp van familie en buren weinig over.",
    ),
    "circle_overburdened": (
        "{when} that circle became overburdened.",
        "{when} raakte die kring overbelast.",
    ),
    "circle_recovered": (
        "{when} that circle had its strength back.",
        "{when} was die kring weer op krachten.",
    ),
    "signal": ("{when} {route} raised it: {problem}.", "{when} kaartte {route} het aan: {problem}."),
    "signal_self": (
        "{when} the household itself asked for help: {problem}.",
        "{when} vroeg het huishouden zelf om hulp: {problem}.",
    ),
    "wrong_door": (
        "{when} the household stood at the wrong counter, and lost some trust.",
        "{when} stond het huishouden bij het verkeerde loket, en dat kostte vertrouwen.",
    ),
    "debt_case": (
        "{when} the municipality took up a creditor's report.",
        "{when} nam de gemeente de melding van een schuldeiser in behandeling.",
    ),
    "debt_reached": (
        "{when} it got hold of the household about its arrears.",
        "{when} kreeg zij het huishouden over de achterstanden te spreken.",
    ),
    "debt_accepted": (
        "{when} the household accepted the help offered.",
        "{when} nam het huishouden de aangeboden hulp aan.",
    ),
    "first_contact": (
        "{when} professionals got to know the household (severity {truth}).",
        "{when} kwam het huishouden in beeld bij professionals (ernst {truth}).",
    ),
    "first_contact_early": (
        "{when} professionals got to know the household, early: it would not have asked for help itself yet "
        "(severity {truth}).",
        "{when} kwam het huishouden in beeld bij professionals, vroeg: het zou zelf nog niet om hulp hebben "
        "gevraagd (ernst {truth}).",
    ),
    "practitioner": (
        "{when} the youth practitioner at the GP's helped at once: {problem}.",
        "{when} hielp de praktijkondersteuner jeugd van de huisarts meteen: {problem}.",
    ),
    "joined": (
        "{when} it joined a waiting list: {care}.",
        "{when} kwam het op een wachtlijst: {care}.",
    ),
    "dropped": (
        "{when} it left a waiting list without having been helped: {care}.",
        "{when} ging het van een wachtlijst af zonder geholpen te zijn: {care}.",
    ),
    "not_granted": (
        "{when} a request by {route} led to no place: {problem}.",
        "{when} leverde een verzoek van {route} geen plek op: {problem}.",
    ),
    "passed_on": (
        "{when} the municipality, in deficit, passed it on: {care}.",
        "{when} schoof de gemeente, die tekortkwam, het door: {care}.",
    ),
    "lost": (
        "{when} the transfer got lost, and with it some trust: {care}.",
        "{when} raakte de overdracht zoek, en daarmee ook vertrouwen: {care}.",
    ),
    "intake": (
        "{when} there was a first talk with the team, which took the severity to be {value}; it was {truth}.",
        "{when} was er een eerste gesprek met het team, dat de ernst op {value} schatte; die was {truth}.",
    ),
    "harmed": (
        "{when} such a talk did more harm than good.",
        "{when} deed zo'n gesprek meer kwaad dan goed.",
    ),
    "light_help": (
        "{when} the team gave short help at once.",
        "{when} gaf het team meteen korte hulp.",
    ),
    "coordinated": (
        "{when} one plan and one coordinator were agreed.",
        "{when} werden één plan en één regisseur afgesproken.",
    ),
    "started": ("{when} help began: {care}{waited}.", "{when} begon de hulp: {care}{waited}."),
    "started_crisis": (
        "{when} help began at once, in a crisis: {care}.",
        "{when} begon de hulp meteen, in een crisis: {care}.",
    ),
    "started_court": (
        "{when} the court decided on {care}.",
        "{when} besliste de rechter: {care}.",
    ),
    "not_renewed": (
        "{when} a decision ran out and was not renewed (severity {truth}): {care}.",
        "{when} liep een beschikking af en werd die niet verlengd (ernst {truth}): {care}.",
    ),
    "renewed": (
        "{when} a decision was renewed: {care}.",
        "{when} werd een beschikking verlengd: {care}.",
    ),
    "ended": ("{when} help ended: {care}{lasted}.", "{when} eindigde de hulp: {care}{lasted}."),
    "handed_over": (
        "{when} the provider gave up and another took over: {care}.",
        "{when} hield de aanbieder ermee op en nam een andere het over: {care}.",
    ),
    "violence": ("{when} there was violence at home.", "{when} was er geweld thuis."),
    "crisis": ("{when} it came to a crisis: {crisis}.", "{when} kwam het tot een crisis: {crisis}."),
}
FRAME: Final[Words] = {
    "title": (
        "Household {number}: one life, two policies",
        "Huishouden {number}: één leven, tweemaal beleid",
    ),
    "in_month": ("In {months}", "In {months}"),
    "from_to": ("From {first} to {last}", "Van {first} tot en met {last}"),
    "to": ("{first} to {last}", "{first} tot en met {last}"),
    "and": ("and", "en"),
    "then": ("Then", "Toen"),
    "same_month": ("That same month", "Diezelfde maand"),
    "waited_0": ("", ""),
    "waited_1": (", after a month on the waiting list", ", na een maand op de wachtlijst"),
    "waited": (", after {n} months on the waiting list", ", na {n} maanden op de wachtlijst"),
    "lasted_0": (", within the month", ", nog dezelfde maand"),
    "lasted_1": (", after a month", ", na een maand"),
    "lasted": (", after {n} months", ", na {n} maanden"),
    "who": (
        "{place}, wijk {wijk}; as it was in {month}: {adults}, the eldest aged {age}, {children}. Income "
        "group {income} of 5, of which 1 is the lowest; {tenant}{shy}.",
        "{place}, wijk {wijk}; zoals het was in {month}: {adults}, de oudste {age} jaar, {children}. "
        "Inkomensgroep "
        "{income} van 5, waarvan 1 de laagste is; {tenant}{shy}.",
    ),
    "adults_1": ("one adult", "één volwassene"),
    "adults_2": ("two adults", "twee volwassenen"),
    "no_children": ("no children", "geen kinderen"),
    "children_1": ("one child ({ages})", "één kind ({ages} jaar)"),
    "children": ("{n} children ({ages})", "{n} kinderen ({ages} jaar)"),
    "child": ("the {nth}, {age}", "het {nth}, {age}"),
    "tenant": ("rents from a housing corporation", "huurt van een woningcorporatie"),
    "no_tenant": ("does not rent from a housing corporation", "huurt niet van een woningcorporatie"),
    "shy": ("; does not easily come for help by itself", "; vraagt niet gauw uit zichzelf om hulp"),
    "lives_here": ("It came to live here in {month}.", "Het kwam hier wonen in {month}."),
    "how_told": (
        "Every sentence below is an event that the simulation recorded, or a number counted from it. "
        "Severity "
        "runs from 0 (no trouble) to 1 (crisis). Amounts are euros of 2015.",
        "Elke zin hieronder is een gebeurtenis die de simulatie vastlegde, of een getal dat daaruit is "
        "geteld. "
        "Ernst loopt van 0 (geen probleem) tot 1 (crisis). Bedragen zijn euro's van 2015.",
    ),
    "shared": ("What both lives share", "Wat beide levens delen"),
    "parted": ("The policies part in {month}.", "Het beleid gaat uiteen in {month}."),
    "systems": ("The systems differ from the start.", "De stelsels verschillen vanaf het begin."),
    "shared_until": (
        "What was recorded of this household is the same in both lives up to and including {month}.",
        "Wat van dit huishouden werd vastgelegd is in beide levens gelijk tot en met {month}.",
    ),
    "never_parts": (
        "Nothing that was recorded of this household differs between both lives.",
        "Niets van wat van dit huishouden werd vastgelegd verschilt tussen beide levens.",
    ),
    "at_first": ("At the outset there was: {state}.", "Bij het begin was er: {state}."),
    "nothing": ("Nothing was recorded.", "Er werd niets vastgelegd."),
    "problem_at": ("{problem} ({severity})", "{problem} ({severity})"),
    "waiting_for": ("waiting for {care}", "wachten op {care}"),
    "beside": ("Side by side, from {month} on", "Naast elkaar, vanaf {month}"),
    "row_trouble": ("Trouble began", "Begin van de problemen"),
    "row_noticed": ("Who noticed first", "Wie het eerst iets merkte"),
    "row_helped": ("Who helped", "Wie hielp"),
    "row_lost": ("Lost on the way", "Onderweg verloren"),
    "row_waited": ("Months on a waiting list", "Maanden op een wachtlijst"),
    "row_crises": ("Crises", "Crises"),
    "row_unmet": ("Months of trouble without help", "Maanden met problemen zonder hulp"),
    "row_cost": ("What it cost, all payers", "Wat het kostte, alle betalers"),
    "row_payer": ("of which {payer}", "waarvan {payer}"),
    "row_contribution": ("{payer} (within the cost)", "{payer} (binnen de kosten)"),
    "row_end": ("How it ended, {month}", "Hoe het afliep, {month}"),
    "never": ("never, in these years", "nooit, in deze jaren"),
    "none": ("none", "geen"),
    "end_moved": (
        "moved away in {month}; the month before: {state}",
        "verhuisd in {month}; de maand ervoor: {state}",
    ),
    "end_left_by_death": (
        "the last adult died or left for long-term care in {month}; the month before: {state}",
        "de laatste volwassene overleed of ging naar de langdurige zorg in {month}; de maand ervoor: {state}",
    ),
    "circle": ("kin and neighbours", "familie en buren"),
    "at_rest": ("at rest: no trouble, no care", "rust: geen problemen, geen zorg"),
    "earlier": ("before, in {month} at the latest", "daarvoor al, uiterlijk in {month}"),
    "noticed": ("{route}, {month}", "{route}, {month}"),
    "months_of": ("{care}: {n} months", "{care}: {n} maanden"),
    "months_of_1": ("{care}: 1 month", "{care}: 1 maand"),
    "times": ("{what}: {n}", "{what}: {n}"),
    "lost_wrong_door": ("visits to a wrong counter", "keren bij een verkeerd loket"),
    "lost_lost": ("lost transfers", "verloren overdrachten"),
    "lost_dropped": ("left a waiting list unhelped", "van een wachtlijst af zonder hulp"),
    "lost_not_granted": ("requests without a place", "verzoeken zonder plek"),
    "lost_not_renewed": ("decisions not renewed", "niet verlengde beschikkingen"),
    "lost_passed_on": ("passed on", "doorgeschoven"),
    "lost_handed_over": ("providers that gave up", "aanbieders die ermee ophielden"),
    "lost_debt": ("creditors' reports without help", "meldingen van schuldeisers zonder hulp"),
    "lost_harmed": ("talks that did harm", "gesprekken die kwaad deden"),
    "evidence": ("What this story is worth", "Wat dit verhaal waard is"),
    "worth": (
        "A story illustrates; only averages are evidence. This is one municipality, one draw of the "
        "uncertain "
        "parameters and one seed ({seed}).",
        "Een verhaal illustreert; alleen gemiddelden zijn bewijs. Dit is één gemeente, één trekking van de "
        "onzekere parameters en één seed ({seed}).",
    ),
    "picked_typical": (
        "It was picked as the middle one of the {along} households whose difference goes in the "
        "direction of the "
        "average.",
        "Het is gekozen als het middelste van de {along} huishoudens bij wie het verschil de kant van het "
        "gemiddelde op gaat.",
    ),
    "picked_largest": (
        "It was picked because its difference goes farthest in the direction of the average: most differ "
        "far less.",
        "Het is gekozen omdat zijn verschil het verst de kant van het gemiddelde op gaat: de meeste "
        "verschillen "
        "veel minder.",
    ),
    "picked_random": (
        "It was drawn by lot from the {differ} households whose lives differ.",
        "Het is door het lot getrokken uit de {differ} huishoudens bij wie de levens verschillen.",
    ),
    "picked_named": (
        "It was named by who asked for the story.",
        "Het is genoemd door wie om het verhaal vroeg.",
    ),
    "how_many": (
        "Of {households} households that lived there in {month}, {differ} differ between the two lives "
        "in what is "
        "compared; {along} in the direction of the average and {against} the other way.",
        "Van {households} huishoudens die er in {month} woonden, verschillen er {differ} tussen beide "
        "levens in "
        "wat wordt vergeleken; {along} de kant van het gemiddelde op en {against} de andere kant op.",
    ),
    "compared": (
        "{second} less {first}, until {month} or until they left",
        "{second} min {first}, tot {month} of tot zij vertrokken",
    ),
    "this_household": ("this household", "dit huishouden"),
    "average": ("average of all", "gemiddelde van allen"),
    "average_of_those_who_differ": ("average of those who differ", "gemiddelde van wie verschilt"),
    "crises": ("crises", "crises"),
    "heavy_months": ("months in heavy care", "maanden in zware zorg"),
    "unmet_months": ("months of trouble without help", "maanden met problemen zonder hulp"),
    "cost_eur": (
        "euros for places in care, team support, first talks and crises",
        "euro voor plaatsen in zorg, teamhulp, eerste gesprekken en crises",
    ),
    "costs_note": (
        "Costs are those of its places in care, talks, team hours, crises, debt signals, respite and "
        "mediation, "
        "at the prices of the month. The social base, counters and links, which are there for all, are "
        "left out; "
        "so are empty places that a contract pays for.",
        "Kosten zijn die van plaatsen in zorg, gesprekken, teamuren, crises, schuldsignalen, respijtzorg en "
        "bemiddeling, tegen de prijs van de maand. De sociale basis, loketten en verbindingen, die er voor "
        "iedereen zijn, tellen niet mee; lege plaatsen die een contract betaalt evenmin.",
    ),
    "figure": ("Both lives in a figure", "Beide levens in een figuur"),
    "alt": (
        "Two timelines side by side, {first} on the left and {second} on the right, from {begin} to "
        "{end}. Top: "
        "severity per problem. Middle: bars for care and waiting, marks for signals, losses and crises. "
        "Bottom: "
        "cost per year by payer: {cost_first} on the left and {cost_second} on the right from {month} on.",
        "Twee tijdlijnen naast elkaar, {first} links en {second} rechts, van {begin} tot {end}. Boven: "
        "ernst per "
        "probleem. Midden: balken voor zorg en wachten, tekens voor signalen, verlies en crises. Onder: "
        "kosten "
        "per jaar naar betaler: {cost_first} links en {cost_second} rechts vanaf {month}.",
    ),
    "severity": ("severity", "ernst"),
    "cost_per_year": ("euro per year", "euro per jaar"),
    "signals": ("signals", "signalen"),
    "losses": ("lost on the way", "onderweg verloren"),
    "crisis_marks": ("crises", "crises"),
    "figure_title": (
        "Household {number}: {cost_first} under {first}, {cost_second} under {second}; {unmet_first} and "
        "{unmet_second} months without help",
        "Huishouden {number}: {cost_first} bij {first}, {cost_second} bij {second}; {unmet_first} en "
        "{unmet_second} maanden zonder hulp",
    ),
    "figure_subtitle": (
        "{place}, one household of {households}, seed {seed}, one draw: a story illustrates, only "
        "averages are "
        "evidence. Amounts and months from {month} on. Grey: the policy is the same. Hatched: waiting.",
        "{place}, één huishouden van {households}, seed {seed}, één trekking: een verhaal illustreert, "
        "alleen "
        "gemiddelden zijn bewijs. Bedragen en maanden vanaf {month}. Grijs: het beleid is gelijk. Gearceerd: "
        "wachten.",
    ),
}
