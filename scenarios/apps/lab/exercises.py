"""The exercises: words in English and Dutch, and settings of the sliders as links of the dashboard."""

from collections.abc import Mapping
from dataclasses import dataclass

from agents.vocabulary import PROBLEMS
from scenarios.reporting.texts import filled

WORDS: dict[str, tuple[str, str]] = {
    "lab": ("The landing-strip lab", "Het landingsbaanlab"),
    "lab_lead": (
        "Four exercises for students. A button sets the sliders; the figures answer the questions. Write "
        "down your answer before you open the discussion.",
        "Vier opdrachten voor studenten. Een knop zet de schuiven; de figuren beantwoorden de vragen. "
        "Schrijf je antwoord op voordat je de bespreking opent.",
    ),
    "lab_questions": ("Questions", "Vragen"),
    "lab_discussion": ("Discussion", "Bespreking"),
    "lab_no_forecast": (
        "The model compares policies under stated assumptions. Nothing here is a forecast, and one story "
        "is not evidence.",
        "Het model vergelijkt beleid onder genoemde aannames. Niets hier is een voorspelling, en één "
        "verhaal is geen bewijs.",
    ),
    "without": ("Mechanism switched off", "Uitgeschakeld mechanisme"),
    "without_nothing": ("none", "geen"),
    "without_escalation": ("problems get worse by themselves", "problemen verergeren vanzelf"),
    "without_spill_over": ("problems lead to other problems", "problemen leiden tot andere problemen"),
    "without_team_help": ("help from teams has an effect", "hulp van teams heeft effect"),
    # -- strip ---------------------------------------------------------------------
    "phase_in_title": ("1. Land on 1,500 and on 3,000 metres", "1. Land op 1.500 en op 3.000 meter"),
    "phase_in_task": (
        "An alderman said that a plane needs 3,000 metres and gets 1,500: you stop in time, but bruised. "
        "In the lab 3,000 m is a landing strip of five years and 1,500 m one of two and a half. Fly both "
        "with a cut of 25%, which ends at the same grant.",
        "Een wethouder zei dat een vliegtuig 3.000 meter nodig heeft en er 1.500 krijgt: je staat op tijd "
        "stil, maar met blauwe plekken. In het lab is 3.000 m een landingsbaan van vijf jaar en 1.500 m "
        "een van tweeënhalf. Vlieg beide met een korting van 25%, die op hetzelfde budget uitkomt.",
    ),
    "phase_in_set": ("1,500 m and 3,000 m, a cut of 25%", "1.500 m en 3.000 m, een korting van 25%"),
    "phase_in_question_1": (
        "By how much does the care cost more than the grant in the five years after the transition, on "
        "each strip? Do the intervals overlap?",
        "Hoeveel kost de zorg meer dan het budget in de vijf jaar na de overgang, op elke baan? Overlappen "
        "de intervallen?",
    ),
    "phase_in_question_2": (
        "In which years do the waiting lists of the two strips differ, and do they become equal again?",
        "In welke jaren verschillen de wachtlijsten van de twee banen, en worden ze weer gelijk?",
    ),
    "phase_in_question_3": (
        "A longer strip is slower and also brings more money. Which of the two effects did you just see? "
        "How could you find out?",
        "Een langere baan is langzamer en brengt ook meer geld. Welk van die twee effecten zag je zojuist? "
        "Hoe kun je daarachter komen?",
    ),
    "phase_in_discussion": (
        "As announced, speed and money change together: the long strip has years of grant that the short "
        "one never gets. Only the arm with the same money, in which the short strip gets the difference as "
        "a reserve on day one, measures speed. A run contains that arm (steering=same_money), the notebook "
        "shows it, and claim C06 (docs/claims.md) gives numbers for both. No study isolates the speed of a "
        "cut, so the model cannot be checked on it. When two intervals overlap, say that the two strips "
        "are not distinguishable on that point.",
        "Zoals aangekondigd veranderen snelheid en geld tegelijk: de lange baan heeft jaren budget die de "
        "korte nooit krijgt. Alleen de arm met hetzelfde geld, waarin de korte baan het verschil op dag "
        "één als reserve krijgt, meet snelheid. Een run bevat die arm (steering=same_money), het notebook "
        "laat hem zien en bewering C06 (docs/claims.md) geeft getallen van beide. Geen studie heeft de "
        "snelheid van een korting apart gemeten, dus daarop is het model niet te toetsen. Overlappen twee "
        "intervallen, zeg dan dat de banen op dat punt niet te onderscheiden zijn.",
    ),
    # -- not_pay -------------------------------------------------------------------
    "not_pay_title": (
        "2. Find when early signalling does not pay",
        "2. Zoek wanneer vroegsignalering niet loont",
    ),
    "not_pay_task": (
        "Start with the full programme and look at what it saves and at what it does to need without help "
        "and to waiting lists. Then look for settings in which it does not pay for itself, or pays for "
        "itself by leaving people without help.",
        "Begin met het volle programma en kijk wat het bespaart en wat het doet met nood zonder hulp en "
        "met de wachtlijsten. Zoek dan instellingen waarbij het zichzelf niet terugverdient, of zichzelf "
        "terugverdient door mensen zonder hulp te laten.",
    ),
    "not_pay_set": ("The full programme", "Het volle programma"),
    "not_pay_set_staff": ("With a lot of staff and with little staff", "Met veel en met weinig personeel"),
    "not_pay_set_council": (
        "With an impatient and with a patient council",
        "Met een ongeduldige en met een geduldige raad",
    ),
    "not_pay_question_1": (
        "With little staff the programme seems to save most. Is that saved or shifted? Which figure shows "
        "it?",
        "Met weinig personeel lijkt het programma het meest te besparen. Is dat bespaard of verschoven? "
        "Welke figuur laat dat zien?",
    ),
    "not_pay_question_2": (
        "With a lot of staff, is the saving distinguishable from zero? In how many replications has it "
        "paid for itself within ten years?",
        "Is de besparing met veel personeel te onderscheiden van nul? In hoeveel replicaties is het "
        "programma binnen tien jaar terugverdiend?",
    ),
    "not_pay_question_3": (
        "Move one slider at a time until the sentence says 'inconclusive'. Is that also so in another city?",
        "Verschuif één schuif tegelijk tot er 'onzeker' staat. Is dat in een andere stad ook zo?",
    ),
    "not_pay_discussion": (
        "Signals cost hours, and helping the people found costs hours again. Where teams are full, the "
        "people found wait along with those who asked for help: look at the waiting lists. Money is then "
        "saved because help is not given; cheaper with more need without help is shifted, not saved. Where "
        "staff is added, people are helped, and lighter care must earn back the cost of that staff. Note "
        "that the slider changes the staff of the policy alone: signalling and staff then both differ from "
        "the reference, so you cannot attribute a difference to one of them. Nobody has measured how many "
        "of the people found would have recovered by themselves, and the answer depends on that most.",
        "Signalen kosten uren, en wie gevonden is helpen kost opnieuw uren. Waar teams vol zitten, wachten "
        "de gevonden mensen samen met wie zelf om hulp vroeg: kijk naar de wachtlijsten. Geld wordt dan "
        "bespaard doordat er geen hulp is; goedkoper met meer nood zonder hulp is verschoven, niet "
        "bespaard. Waar personeel bij komt, worden mensen geholpen, en moet lichtere zorg de kosten van "
        "dat personeel terugverdienen. Let op: de schuif verandert alleen het personeel van het beleid. "
        "Signalering en personeel verschillen dan allebei van de referentie, dus een verschil is niet aan "
        "één van beide toe te schrijven. Niemand heeft gemeten hoeveel van de gevonden mensen vanzelf "
        "waren hersteld, en daar hangt het antwoord het meest van af.",
    ),
    # -- household -------------------------------------------------------------------------
    "household_title": ("3. Follow one household", "3. Volg één huishouden"),
    "household_task": (
        "Behind every line are households. Set the programme and read the story of one household: the same "
        "people, events and random numbers, with and without the policy.",
        "Achter elke lijn zitten huishoudens. Zet het programma en lees het verhaal van één huishouden: "
        "dezelfde mensen, gebeurtenissen en toevalsgetallen, met en zonder het beleid.",
    ),
    "household_set": ("The full programme", "Het volle programma"),
    "household_question_1": (
        "In which month do the two runs first differ, and because of which signal?",
        "In welke maand verschillen de twee simulaties voor het eerst, en door welk signaal?",
    ),
    "household_question_2": (
        "Who pays more in the first run, and who in the second?",
        "Wie betaalt meer in de ene simulatie, en wie in de andere?",
    ),
    "household_question_3": (
        "The story says how the household was chosen and for how many others the difference was better or "
        "worse. Would you show this story to a council? What would you say with it?",
        "Het verhaal zegt hoe het huishouden is gekozen en voor hoeveel andere het verschil beter of "
        "slechter was. Zou je dit verhaal aan een raad laten zien? Wat zou je erbij zeggen?",
    ),
    "household_discussion": (
        "A story shows how a mechanism works in one household; it does not show that it works in general. "
        "Part of the difference between the two runs is chance that averages out: neighbours on the same "
        "list, a provider that stops a month later. Whoever picks the story can choose what it shows, so "
        "always mention how it was picked.",
        "Een verhaal laat zien hoe een mechanisme werkt in één huishouden; het laat niet zien dat het in "
        "het algemeen werkt. Een deel van het verschil tussen de twee simulaties is toeval dat zich "
        "uitmiddelt: buren op dezelfde lijst, een aanbieder die een maand later stopt. Wie het verhaal "
        "kiest, kan kiezen wat het laat zien; vermeld dus altijd hoe het gekozen is.",
    ),
    # -- break ---------------------------------------------------------------------
    "break_title": (
        "4. Break the model by removing one mechanism",
        "4. Breek het model door één mechanisme weg te halen",
    ),
    "break_task": (
        "Switch off one mechanism, for the policy and for its reference, from the first month on. An "
        "effect that stays does not depend on it; an effect that disappears does. Predict the result "
        "before you press the button.",
        "Schakel één mechanisme uit, voor het beleid en voor de referentie, vanaf de eerste maand. Een "
        "effect dat blijft, hangt er niet van af; een effect dat verdwijnt wel. Voorspel de uitkomst "
        "voordat je op de knop drukt.",
    ),
    "break_set": ("With every mechanism", "Met elk mechanisme"),
    "break_set_escalation": ("Problems do not get worse by themselves", "Problemen verergeren niet vanzelf"),
    "break_set_spill_over": (
        "Problems do not lead to other problems",
        "Problemen leiden niet tot andere problemen",
    ),
    "break_set_team_help": ("Help from teams has no effect", "Hulp van teams heeft geen effect"),
    "break_question_1": (
        "How much of the saving is left without each of the three? Which interval still lies on one side "
        "of zero?",
        "Hoeveel blijft er van de besparing over zonder elk van de drie? Welk interval ligt nog aan één "
        "kant van nul?",
    ),
    "break_question_2": (
        "If help has no effect, can the mean saving still be above zero? What would it consist of?",
        "Kan de gemiddelde besparing nog boven nul liggen als hulp geen effect heeft? Waar zou die uit "
        "bestaan?",
    ),
    "break_question_3": (
        "Which of these mechanisms has been measured, and which is assumed? Look in docs/parameters.md.",
        "Welk van deze mechanismen is gemeten, en welk is aangenomen? Kijk in docs/parameters.md.",
    ),
    "break_discussion": (
        "If early help pays because it stops problems from getting worse, the saving must shrink when "
        "problems do not get worse. If it stays when help has no effect, something else saved the money: "
        "hours that go elsewhere, or people who wait with a team instead of with a more expensive "
        "provider. A model in which nothing can be broken has its result built in. `landingsbaan claims "
        "check` does this test for every claim of the sources.",
        "Als vroege hulp loont doordat problemen niet verergeren, moet de besparing krimpen wanneer "
        "problemen niet vanzelf verergeren. Blijft de besparing als hulp geen effect heeft, dan komt het "
        "geld ergens anders vandaan: van uren die ergens anders heen gaan, of van mensen die bij een team "
        "wachten in plaats van bij een duurdere aanbieder. Een model waarin niets stuk kan, heeft zijn "
        "uitkomst ingebouwd. `landingsbaan claims check` doet deze toets voor elke bewering uit de bronnen.",
    ),
    # -- only in the notebook ----------------------------------------------------------------
    "notebook_begin": (
        "You need the project and Jupyter: `pip install -c constraints.txt -e . jupyterlab`, then `jupyter "
        "lab docs/lab`. A flight simulates one tenth of Zaanstad a few times and takes seconds; the first "
        "one compiles the rules, which takes about a minute. The dashboard (`landingsbaan serve`) has the "
        "same exercises.",
        "Je hebt het project en Jupyter nodig: `pip install -c constraints.txt -e . jupyterlab`, dan "
        "`jupyter lab docs/lab`. Een vlucht simuleert een tiende van Zaanstad een paar keer en duurt "
        "seconden; de eerste compileert de regels, wat ongeveer een minuut duurt. Dezelfde opdrachten "
        "staan op het dashboard (`landingsbaan serve`).",
    ),
    "notebook_sliders": (
        "`fly` takes the sliders of the dashboard: `cut` (share of the grants), `phase_in` (years), "
        "`ahead` (years), `teams` (number), `fte` (per 1,000 inhabitants), `signalling` (0 to 1), `base` "
        "(euro per inhabitant a year), `patience` (years), and `without`. Change a number and run the cell "
        "again.",
        "`fly` kent de schuiven van het dashboard: `cut` (deel van het budget), `phase_in` (jaren "
        "landingsbaan), `ahead` (jaren voorbereiding), `teams` (aantal), `fte` (per 1.000 inwoners), "
        "`signalling` (0 tot 1), `base` (euro per inwoner per jaar), `patience` (jaren geduld), en "
        "`without`. Verander een getal en voer de cel opnieuw uit.",
    ),
    "notebook_answer": ("Your answers:", "Jouw antwoorden:"),
    "column_saved": ("saved, euro of 2015 per inhabitant", "bespaard, euro van 2015 per inwoner"),
    "column_unmet": (
        "need without help, severity-months, difference (above zero: worse)",
        "nood zonder hulp, ernstmaanden, verschil (boven nul: slechter)",
    ),
    "column_paid_back": ("paid back for good", "blijvend terugverdiend"),
    "column_waiting": ("people waiting per 1,000 inhabitants", "wachtenden per 1.000 inwoners"),
    "paid_back_cell": (
        "{paid} of {count} replications; nothing to pay back in {never}",
        "{paid} van {count} replicaties; niets terug te verdienen in {never}",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text of the lab with its values filled in.

    Examples
    --------
    >>> word("lab", "nl")
    'Het landingsbaanlab'
    """
    return filled(WORDS, key, language, **values)


# Mechanisms that can be taken out of the model, to see what rests on them.

# By name, the parameters under which the mechanism does nothing, from the first month on.
MECHANISMS: Mapping[str, Mapping[str, float | list[float]]] = {
    "escalation": {"household.escalation_per_month": [0.0] * len(PROBLEMS)},
    "spill_over": {
        "household.money_to_mind": 0.0,
        "household.money_to_safety": 0.0,
        "household.mind_to_youth": 0.0,
        "household.mind_to_safety": 0.0,
    },
    "team_help": {
        "wijkteam.light_help_effect": 0.0,
        "wijkteam.support_effect": 0.0,
        "wijkteam.harm": 0.0,
        "household.help_raises_tipping": 0.0,
    },
}


def without(name: str) -> list[str]:
    """Return the words that take a mechanism out, for `landingsbaan run` and for `fly`.

    Examples
    --------
    >>> without("spill_over")[0]
    'household.money_to_mind=0.0'
    """
    return [f"{key}={value}".replace(" ", "") for key, value in MECHANISMS[name].items()]


QUESTIONS = 3


@dataclass(frozen=True)
class Exercise:
    """One exercise of the lab; its words are those of `words` that begin with its name.

    Attributes
    ----------
    name : str
    settings : tuple of (str, str)
        Word on a button, and the part of a link that it sets.
    tells_story : bool
        Whether the story of a household belongs to it.
    compares_phase_ins : bool
        Whether landings and transition harms are looked at, rather than what a policy saves.
    """

    name: str
    settings: tuple[tuple[str, str], ...]
    tells_story: bool = False
    compares_phase_ins: bool = False

    def questions(self) -> list[str]:
        """Return the names of its questions among the words."""
        return [f"{self.name}_question_{number}" for number in range(1, QUESTIONS + 1)]


EXERCISES = (
    Exercise(
        "phase_in",
        (("phase_in_set", "a=cut:0.25,phase_in:2.5&b=cut:0.25,phase_in:5"),),
        compares_phase_ins=True,
    ),
    Exercise(
        "not_pay",
        (
            ("not_pay_set", "a=signalling:1"),
            ("not_pay_set_staff", "a=signalling:1,fte:2&b=signalling:1,fte:0.5"),
            ("not_pay_set_council", "a=signalling:1,patience:0&b=signalling:1,patience:8"),
        ),
    ),
    Exercise("household", (("household_set", "a=signalling:1"),), tells_story=True),
    Exercise(
        "break",
        (
            ("break_set", "a=signalling:1"),
            ("break_set_escalation", "a=signalling:1&without=escalation"),
            ("break_set_spill_over", "a=signalling:1&without=spill_over"),
            ("break_set_team_help", "a=signalling:1&without=team_help"),
        ),
    ),
)
