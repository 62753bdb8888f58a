"""What the lab says, English and Dutch: the same words in the notebook and on the dashboard."""

from scenarios.reporting.texts import filled

WORDS: dict[str, tuple[str, str]] = {
    "lab": (
        "The landing-strip lab",
        "Het landingsbaanlab",
    ),
    "lab_lead": (
        "Four exercises for students. A button sets the sliders; the figures answer the questions. Write "
        "your answer down before you open the discussion.",
        "Vier opdrachten voor studenten. Een knop zet de schuiven; de figuren beantwoorden de vragen. "
        "Schrijf je antwoord op voordat je de bespreking opent.",
    ),
    "lab_questions": (
        "Questions",
        "Vragen",
    ),
    "lab_discussion": (
        "Discussion",
        "Bespreking",
    ),
    "lab_no_forecast": (
        "The model compares policies under stated assumptions; nothing here is a forecast, and one story is"
        " no evidence.",
        "Het model vergelijkt beleid onder genoemde aannamen; niets hier is een voorspelling, en een "
        "verhaal is geen bewijs.",
    ),
    "without": (
        "Taken out of the model",
        "Uit het model gehaald",
    ),
    "without_nothing": (
        "nothing",
        "niets",
    ),
    "without_escalation": (
        "problems that grow by themselves",
        "problemen die vanzelf groeien",
    ),
    "without_spill_over": (
        "problems that spill over",
        "problemen die overslaan",
    ),
    "without_team_help": (
        "help by teams that relieves",
        "hulp van teams die verlicht",
    ),
    # -- strip ---------------------------------------------------------------------
    "phase_in_title": (
        "1. Land on 1,500 and on 3,000 metres",
        "1. Land op 1.500 en op 3.000 meter",
    ),
    "phase_in_task": (
        "An alderman said that a plane needs 3,000 metres and gets 1,500: you stop in time, but bruised. In"
        " the lab 3,000 m stands for a strip of five years and 1,500 m for two and a half. Fly both with a "
        "cut of a quarter, which ends at the same grant.",
        "Een wethouder zei dat een vliegtuig 3.000 meter nodig heeft en er 1.500 krijgt: je staat op tijd "
        "stil, maar met blauwe plekken. In het lab staat 3.000 m voor een baan van vijf jaar en 1.500 m "
        "voor tweeënhalf. Vlieg beide met een korting van een kwart, die op hetzelfde budget uitkomt.",
    ),
    "phase_in_set": (
        "1,500 m and 3,000 m, a cut of 25%",
        "1.500 m en 3.000 m, een korting van 25%",
    ),
    "phase_in_question_1": (
        "By how much does the care cost more than the grant in the five years after the transition, on each"
        " strip? Do the intervals overlap?",
        "Hoeveel kost de zorg meer dan het budget in de vijf jaar na de overgang, op elke baan? Overlappen "
        "de intervallen?",
    ),
    "phase_in_question_2": (
        "In which years do the waiting lists of the two strips part, and do they come together again?",
        "In welke jaren gaan de wachtlijsten van de twee banen uiteen, en komen ze weer bij elkaar?",
    ),
    "phase_in_question_3": (
        "A longer strip is slower, and it also brings more money. Which of the two did you see just now? "
        "How would you find out?",
        "Een langere baan is trager, en brengt ook meer geld. Welk van de twee zag je zojuist? Hoe zou je "
        "daarachter komen?",
    ),
    "phase_in_discussion": (
        "As announced, speed and money come together: the long strip has years of grant that the short one "
        "never gets. Only the arm with the same money, in which the short strip receives the difference as "
        "a reserve on day one, measures speed; a run has it (steering=same_money), the notebook shows it, "
        "and claim C06 (docs/claims.md) puts numbers on both. No study isolates the speed of a cut, so the "
        "model cannot be checked on it. When two intervals overlap, say that the two lengths are not "
        "distinguishable on"
        " that point.",
        "Zoals aangekondigd komen snelheid en geld samen: de lange baan heeft jaren budget die de korte "
        "nooit krijgt. Alleen de arm met hetzelfde geld, waarin de korte baan het verschil op dag een als "
        "reserve krijgt, meet snelheid; een run heeft die (steering=same_money), het notebook laat haar "
        "zien en stelling C06 (docs/claims.md) geeft getallen van beide. Geen onderzoek scheidt de snelheid"
        " van een korting af, dus daarop kan het model niet worden getoetst. Overlappen twee intervallen, "
        "zeg "
        "dan dat de banen op dat punt niet te onderscheiden zijn.",
    ),
    # -- not_pay -------------------------------------------------------------------
    "not_pay_title": (
        "2. Find when early signalling does not pay",
        "2. Zoek wanneer vroegsignalering niet loont",
    ),
    "not_pay_task": (
        "Begin with the full programme and look at what it saves, what it does to unmet need and to the "
        "waiting lists. Then look for settings in which it does not pay for itself, or pays by leaving "
        "people without help.",
        "Begin met het volle programma en kijk wat het bespaart, wat het doet met onvervulde nood en met de"
        " wachtlijsten. Zoek dan instellingen waarbij het zichzelf niet terugverdient, of terugverdient "
        "door mensen zonder hulp te laten.",
    ),
    "not_pay_set": (
        "The full programme",
        "Het volle programma",
    ),
    "not_pay_set_staff": (
        "With many and with few staff",
        "Met veel en met weinig mensen",
    ),
    "not_pay_set_council": (
        "Under an impatient and a patient council",
        "Met een ongeduldige en een geduldige raad",
    ),
    "not_pay_question_1": (
        "With few staff the programme seems to save most. Is that saved, or shifted? Which figure tells?",
        "Met weinig mensen lijkt het programma het meest te besparen. Is dat bespaard, of verschoven? Welke"
        " figuur vertelt het?",
    ),
    "not_pay_question_2": (
        "With many staff, is the saving distinguishable from zero? In how many replications has it paid back "
        "within ten years?",
        "Met veel mensen: is de besparing te onderscheiden van nul? In hoeveel replicaties is ze binnen tien "
        "jaar terugverdiend?",
    ),
    "not_pay_question_3": (
        "Move one slider at a time until the sentence says 'not distinguishable from zero'. Does it hold in"
        " another city?",
        "Verschuif een schuif tegelijk tot er staat 'niet te onderscheiden van nul'. Geldt het ook in een "
        "andere stad?",
    ),
    "not_pay_discussion": (
        "Signals cost hours, and helping those who are found costs hours again. Where teams are full, "
        "those found wait beside those who asked: look at the waiting lists. Money is then not spent "
        "because help is not given; cheaper with more unmet need is shifted, not saved. Where staff is "
        "added, people are helped, and the staff costs money that lighter care must earn back. Mind that "
        "the slider moves the staff of the policy alone: signalling and staff then differ from the reference "
        "at once, so a difference is not the doing of one of them. How many of those found would have "
        "recovered by themselves was measured by nobody, and the answer depends on it most.",
        "Signalen kosten uren, en wie gevonden is helpen kost opnieuw uren. Waar teams vol zitten, wachten "
        "de gevondenen naast wie zelf vroeg: kijk naar de wachtlijsten. Geld wordt dan niet uitgegeven omdat "
        "hulp niet gegeven wordt; goedkoper met meer onvervulde nood is verschoven, niet bespaard. Waar "
        "mensen bij komen, wordt geholpen, en kosten die mensen geld dat lichtere zorg moet terugverdienen. "
        "Let op: de schuif verzet alleen de bezetting van het beleid. Signalering en bezetting verschillen "
        "dan tegelijk van de referentie, dus een verschil is niet het werk van een van beide. Hoeveel "
        "gevondenen vanzelf waren hersteld heeft niemand gemeten, en daar hangt het antwoord het meest van "
        "af.",
    ),
    # -- household -------------------------------------------------------------------------
    "household_title": (
        "3. Follow one household",
        "3. Volg een huishouden",
    ),
    "household_task": (
        "Behind every line are households. Set the programme and let the story of one be told: the same "
        "people, the same events, the same random numbers, with and without the policy.",
        "Achter elke lijn zitten huishoudens. Zet het programma en laat het verhaal van een huishouden "
        "vertellen: dezelfde mensen, gebeurtenissen en toevalsgetallen, met en zonder het beleid.",
    ),
    "household_set": (
        "The full programme",
        "Het volle programma",
    ),
    "household_question_1": (
        "In which month do the two runs part, and through which signal?",
        "In welke maand gaan de twee simulaties uiteen, en door welk signaal?",
    ),
    "household_question_2": (
        "Who pays more in the one run, and who in the other?",
        "Wie betaalt meer in de ene simulatie, en wie in de andere?",
    ),
    "household_question_3": (
        "The story says how the household was picked and how many others fared better or worse. Would you "
        "show this story to a council? What would you say with it?",
        "Het verhaal zegt hoe het huishouden is gekozen en hoeveel andere het beter of slechter verging. "
        "Zou je dit verhaal aan een raad laten zien? Wat zou je erbij zeggen?",
    ),
    "household_discussion": (
        "A story shows how a mechanism works in one household; it does not show that it works. The "
        "difference between the two runs holds chance that averages out: neighbours on the same list, a "
        "provider that gives up a month later. Whoever picks the story can tell any tale, so the rule by "
        "which it was picked belongs with it.",
        "Een verhaal laat zien hoe een mechanisme werkt in één huishouden; het laat niet zien dat het werkt. "
        "In het verschil tussen de twee simulaties zit toeval dat zich uitmiddelt: buren op dezelfde lijst, "
        "een aanbieder die een maand later stopt. Wie het verhaal kiest kan alles vertellen, dus de regel "
        "waarmee het gekozen is hoort erbij.",
    ),
    # -- break ---------------------------------------------------------------------
    "break_title": (
        "4. Break the model by removing one mechanism",
        "4. Breek het model door een mechanisme weg te halen",
    ),
    "break_task": (
        "Take one mechanism out, for the policy and for its reference alike and from the first month on. An"
        " effect that stays did not rest on it; an effect that goes away did. Predict before you press.",
        "Haal een mechanisme weg, voor het beleid en voor de referentie, vanaf de eerste maand. Een effect "
        "dat blijft rustte er niet op; een effect dat verdwijnt wel. Voorspel voor je drukt.",
    ),
    "break_set": (
        "With everything in",
        "Met alles erin",
    ),
    "break_set_escalation": (
        "Problems do not grow by themselves",
        "Problemen groeien niet vanzelf",
    ),
    "break_set_spill_over": (
        "Problems do not spill over",
        "Problemen slaan niet over",
    ),
    "break_set_team_help": (
        "Help by teams relieves nothing",
        "Hulp van teams verlicht niets",
    ),
    "break_question_1": (
        "What is left of the saving without each of the three? Which interval still lies on one side of "
        "zero?",
        "Wat blijft er van de besparing zonder elk van de drie? Welk interval ligt nog aan een kant van nul?",
    ),
    "break_question_2": (
        "Without help that relieves, is a mean saving above zero possible at all? What would it be made of?",
        "Is zonder hulp die verlicht een gemiddelde besparing boven nul wel mogelijk? Waar zou die uit "
        "bestaan?",
    ),
    "break_question_3": (
        "Which of these mechanisms has been measured, and which is assumed? Look in docs/parameters.md.",
        "Welk van deze mechanismen is gemeten, en welk aangenomen? Kijk in docs/parameters.md.",
    ),
    "break_discussion": (
        "If early help pays because it stops problems from growing, the saving must shrink when problems do"
        " not grow. If it stays when help relieves nothing, the money was saved by something else: by hours"
        " that go elsewhere, or by people who wait with a team instead of with a dearer provider. A model "
        "in which nothing can be broken has its result built in. `landingsbaan claims check` does this for "
        "every claim of the sources.",
        "Loont vroege hulp doordat ze groei van problemen stopt, dan moet de besparing krimpen als "
        "problemen niet groeien. Blijft ze als hulp niets verlicht, dan is het geld met iets anders "
        "bespaard: met uren die ergens anders heen gaan, of doordat mensen bij een team wachten in plaats "
        "van bij een duurdere aanbieder. Een model waarin niets stuk kan heeft zijn uitkomst ingebouwd. "
        "`landingsbaan claims check` doet dit voor elke stelling van de bronnen.",
    ),
    # -- only in the notebook ----------------------------------------------------------------
    "notebook_begin": (
        "You need the project and Jupyter: `pip install -c constraints.txt -e . jupyterlab`, then `jupyter "
        "lab docs/lab`. A flight simulates a tenth of Zaanstad some times and takes seconds; the first "
        "one compiles the rules, which takes about a minute. The same exercises stand on the dashboard "
        "(`landingsbaan serve`).",
        "Je hebt het project en Jupyter nodig: `pip install -c constraints.txt -e . jupyterlab`, dan "
        "`jupyter lab docs/lab`. Een vlucht leeft een tiende van Zaanstad een aantal keren door en duurt "
        "seconden; de eerste vertaalt de regels, wat ongeveer een minuut duurt. Dezelfde opdrachten staan "
        "op het dashboard (`landingsbaan serve`).",
    ),
    "notebook_sliders": (
        "`fly` takes the sliders of the dashboard: `cut` (share of the grants), `phase_in` (years), `ahead` "
        "(years), `teams` (number), `fte` (per 1,000 inhabitants), `signalling` (0 to 1), `base` (euro per "
        "inhabitant a year), `patience` (years), and `without`. Change a number and run the cell again.",
        "`fly` kent de schuiven van het dashboard: `cut` (deel van de budgetten), `phase_in` (jaren baan), "
        "`ahead` (jaren vooruit), `teams` (aantal), `fte` (per 1.000 inwoners), `signalling` (0 tot 1), "
        "`base` (euro per inwoner per jaar), `patience` (jaren geduld), en `without`. Verander een getal en "
        "voer de cel opnieuw uit.",
    ),
    "notebook_answer": ("Your answers:", "Jouw antwoorden:"),
    "column_saved": ("saved, euro of 2015 per inhabitant", "bespaard, euro van 2015 per inwoner"),
    "column_unmet": ("more unmet need, severity-months", "meer onvervulde nood, ernst-maanden"),
    "column_paid_back": ("paid back for good", "blijvend terugverdiend"),
    "column_waiting": ("waiting per 1,000 inhabitants", "wachtenden per 1.000 inwoners"),
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
