<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>names, types and units of signals</source>
        <translation>noms, types et unités des signaux</translation>
    </message>
</context>
<context>
    <name>AirChoice</name>
    <message>
        <source>Air to the windscreen</source>
        <translation>Air vers le pare-brise</translation>
    </message>
    <message>
        <source>Air to the middle</source>
        <translation>Air vers le milieu</translation>
    </message>
    <message>
        <source>Air to the feet</source>
        <translation>Air vers les pieds</translation>
    </message>
</context>
<context>
    <name>AppArea</name>
    <message>
        <source>No apps are installed.</source>
        <translation>Aucune appli installée.</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>Choisir ses droits</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Relancer</translation>
    </message>
</context>
<context>
    <name>AppCard</name>
    <message>
        <source>This page is shown when parked.</source>
        <translation>Cette page s&apos;affiche à l&apos;arrêt.</translation>
    </message>
    <message>
        <source>It shows nothing yet.</source>
        <translation>Rien à afficher pour le moment.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 de plus à l&apos;arrêt</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Chargement…</translation>
    </message>
    <message>
        <source>Not answering, may be old</source>
        <translation>Sans réponse, peut-être ancien</translation>
    </message>
    <message>
        <source>More when parked. To the first page</source>
        <translation>Plus à l&apos;arrêt. Vers la première page</translation>
    </message>
    <message>
        <source>%1. Why?</source>
        <translation>%1. Pourquoi ?</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Pourquoi pas maintenant ?</translation>
    </message>
</context>
<context>
    <name>AppDetail</name>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Relancer</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>Choisir ses droits</translation>
    </message>
    <message>
        <source>Decide when parked</source>
        <translation>Choisir à l&apos;arrêt</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Pourquoi pas maintenant ?</translation>
    </message>
    <message>
        <source>Each switch takes effect at once.</source>
        <translation>Chaque réglage agit aussitôt.</translation>
    </message>
    <message>
        <source>What do you think of it?</source>
        <translation>Qu&apos;en pensez-vous ?</translation>
    </message>
    <message>
        <source>May do</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>Did</source>
        <translation>Actions</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Avis</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 de plus à l&apos;arrêt</translation>
    </message>
    <message>
        <source>Do not remove it</source>
        <translation>Ne pas la supprimer</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>La supprimer</translation>
    </message>
    <message>
        <source>What you allowed is forgotten either way. What it has kept can stay for when you install it again.</source>
        <translation>Vos autorisations sont oubliées dans tous les cas. Ses données peuvent rester pour une réinstallation.</translation>
    </message>
    <message>
        <source>Remove it, keep its data</source>
        <translation>Supprimer, garder ses données</translation>
    </message>
    <message>
        <source>Remove it and its data</source>
        <translation>Supprimer avec ses données</translation>
    </message>
</context>
<context>
    <name>AppLedger</name>
    <message>
        <source>The record is intact.</source>
        <translation>Le journal est intact.</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>Rien pour le moment.</translation>
    </message>
</context>
<context>
    <name>AppRating</name>
    <message>
        <source>Your rating is being looked up.</source>
        <translation>Votre avis est en cours de lecture.</translation>
    </message>
    <message>
        <source>Your rating counts in the store, without this car&apos;s name.</source>
        <translation>Votre avis compte dans la boutique, sans le nom de cette voiture.</translation>
    </message>
    <message>
        <source>Your rating stays in this car. It counts in the store if you agree to that.</source>
        <translation>Votre avis reste dans cette voiture. Il compte dans la boutique si vous l&apos;acceptez.</translation>
    </message>
    <message>
        <source>There is not enough room. Your rating is as it was before.</source>
        <translation>Il n&apos;y a pas assez de place. Votre avis est resté tel quel.</translation>
    </message>
    <message>
        <source>Your rating could not be kept. It is as it was before.</source>
        <translation>Votre avis n&apos;a pas pu être enregistré. Il est resté tel quel.</translation>
    </message>
</context>
<context>
    <name>AppRatingView</name>
    <message>
        <source>Your rating</source>
        <translation>Votre avis</translation>
    </message>
    <message>
        <source>Open Privacy</source>
        <translation>Ouvrir Confidentialité</translation>
    </message>
    <message>
        <source>Agree to it in Privacy</source>
        <translation>Accepter dans Confidentialité</translation>
    </message>
    <message>
        <source>Take the rating back</source>
        <translation>Retirer l&apos;avis</translation>
    </message>
</context>
<context>
    <name>AppScreen</name>
    <message>
        <source>Back to the apps</source>
        <translation>Retour aux applis</translation>
    </message>
</context>
<context>
    <name>AppsPage</name>
    <message>
        <source>No apps are installed. The store has some.</source>
        <translation>Aucune application installée. La boutique en propose.</translation>
    </message>
    <message>
        <source>Open the store</source>
        <translation>Ouvrir la boutique</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En marche</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Boutique</translation>
    </message>
    <message>
        <source>Find more apps</source>
        <translation>En voir plus</translation>
    </message>
    <message>
        <source>What it did</source>
        <translation>Ce qu&apos;elle a fait</translation>
    </message>
</context>
<context>
    <name>ArrangeSheet</name>
    <message>
        <source>Range and energy</source>
        <translation>Autonomie et énergie</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>Applis</translation>
    </message>
    <message>
        <source>Next manoeuvre</source>
        <translation>Prochaine manœuvre</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Recharge</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>Médias</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>Habitacle</translation>
    </message>
    <message>
        <source>Cards of this page</source>
        <translation>Cartes de cette page</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Has nothing to say now and steps back</source>
        <translation>N&apos;a rien à dire et s&apos;efface</translation>
    </message>
    <message>
        <source>%1: earlier</source>
        <translation>%1 : avant</translation>
    </message>
    <message>
        <source>%1: later</source>
        <translation>%1 : après</translation>
    </message>
</context>
<context>
    <name>Body</name>
    <message>
        <source>The car says that it has broken down.</source>
        <translation>La voiture signale une panne.</translation>
    </message>
    <message>
        <source>The anti-lock brakes report a fault.</source>
        <translation>L&apos;ABS signale un défaut.</translation>
    </message>
    <message>
        <source>The stability control reports a fault.</source>
        <translation>Le contrôle de stabilité signale un défaut.</translation>
    </message>
    <message>
        <source>The emergency brake assistant reports a fault.</source>
        <translation>L&apos;aide au freinage d&apos;urgence signale un défaut.</translation>
    </message>
    <message>
        <source>The cruise control reports a fault.</source>
        <translation>Le régulateur de vitesse signale un défaut.</translation>
    </message>
    <message>
        <source>The car does not say how it is.</source>
        <translation>La voiture n&apos;indique pas son état.</translation>
    </message>
    <message>
        <source>The car reports no fault.</source>
        <translation>La voiture ne signale aucun défaut.</translation>
    </message>
    <message>
        <source>The car has stored one trouble code.</source>
        <translation>La voiture a enregistré un code défaut.</translation>
    </message>
    <message>
        <source>The car has stored {count} trouble codes.</source>
        <translation>La voiture a enregistré {count} codes défaut.</translation>
    </message>
</context>
<context>
    <name>Buses</name>
    <message>
        <source>Well</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Muet</translation>
    </message>
    <message>
        <source>Flooded</source>
        <translation>Saturé</translation>
    </message>
    <message>
        <source>Off after too many errors</source>
        <translation>Coupé&#xa0;: trop d&apos;erreurs</translation>
    </message>
    <message>
        <source>Many errors</source>
        <translation>Erreurs fréquentes</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Erreurs</translation>
    </message>
    <message numerus="yes">
        <source>%n messages a second</source>
        <translation>
            <numerusform>%n message par seconde</numerusform>
            <numerusform>%n messages par seconde</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CabinCard</name>
    <message>
        <source>Cabin</source>
        <translation>Habitacle</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Extérieur</translation>
    </message>
</context>
<context>
    <name>CallBand</name>
    <message>
        <source>Answer</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Raccrocher</translation>
    </message>
</context>
<context>
    <name>ChargeCard</name>
    <message>
        <source>Battery</source>
        <translation>Batterie</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>En charge</translation>
    </message>
    <message>
        <source>Plugged in</source>
        <translation>Branchée</translation>
    </message>
    <message>
        <source>Not plugged in</source>
        <translation>Non branchée</translation>
    </message>
    <message>
        <source>Time left: %1</source>
        <translation>Temps restant&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1 h to %2 %</source>
        <translation>%1 h jusqu&apos;à %2 %</translation>
    </message>
    <message>
        <source>%1 min to %2 %</source>
        <translation>%1 min jusqu&apos;à %2 %</translation>
    </message>
    <message>
        <source>%1 kWh left</source>
        <translation>Reste %1 kWh</translation>
    </message>
    <message>
        <source>Charge limit</source>
        <translation>Limite de charge</translation>
    </message>
    <message>
        <source>Charge to %1 %</source>
        <translation>Charger à %1 %</translation>
    </message>
    <message>
        <source>Charge limit: %1</source>
        <translation>Limite de charge&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1 kW</source>
        <translation>%1 kW</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Santé</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>Pack</translation>
    </message>
    <message>
        <source>Can take</source>
        <translation>Admissible</translation>
    </message>
    <message>
        <source>kW</source>
        <translation>kW</translation>
    </message>
    <message>
        <source>Plug in to charge</source>
        <translation>Brancher pour charger</translation>
    </message>
    <message>
        <source>The plug is not known</source>
        <translation>État de la prise inconnu</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Démarrage…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>Stop charging</source>
        <translation>Arrêter la charge</translation>
    </message>
    <message>
        <source>Start charging</source>
        <translation>Lancer la charge</translation>
    </message>
</context>
<context>
    <name>ChargeFacts</name>
    <message>
        <source>Power</source>
        <translation>Puissance</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Temps restant</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Énergie</translation>
    </message>
    <message>
        <source>Cost so far</source>
        <translation>Coût actuel</translation>
    </message>
</context>
<context>
    <name>ChargePage</name>
    <message>
        <source>Plug in the cable</source>
        <translation>Brancher le câble</translation>
    </message>
    <message>
        <source>Authorising</source>
        <translation>Autorisation</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>En charge</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Station fault</source>
        <translation>Défaut de la borne</translation>
    </message>
</context>
<context>
    <name>ChargeRing</name>
    <message>
        <source>to %1 %</source>
        <translation>à %1 %</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Consumption</source>
        <translation>Conso.</translation>
    </message>
    <message>
        <source>Charge curve</source>
        <translation>Charge</translation>
    </message>
    <message>
        <source>Where it went</source>
        <translation>Répartition</translation>
    </message>
    <message>
        <source>⌀ %1 %2</source>
        <translation>⌀ %1 %2</translation>
    </message>
    <message>
        <source>kW, now</source>
        <translation>kW, maintenant</translation>
    </message>
    <message>
        <source>kW, %1</source>
        <translation>kW, %1</translation>
    </message>
    <message>
        <source>Last %1 %2</source>
        <translation>Derniers %1 %2</translation>
    </message>
</context>
<context>
    <name>ClimateBar</name>
    <message>
        <source>Driver temperature</source>
        <translation>Température conducteur</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Conducteur</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>Souffle</translation>
    </message>
    <message>
        <source>Air conditioning</source>
        <translation>Climatisation</translation>
    </message>
    <message>
        <source>Defrost the windscreen</source>
        <translation>Dégivrer le pare-brise</translation>
    </message>
    <message>
        <source>Recirculate the air</source>
        <translation>Recycler l&apos;air</translation>
    </message>
    <message>
        <source>Passenger temperature</source>
        <translation>Température passager</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>Passager</translation>
    </message>
</context>
<context>
    <name>ClimatePage</name>
    <message>
        <source>Driver</source>
        <translation>Conducteur</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>Passager</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>Both sides alike</source>
        <translation>Deux côtés identiques</translation>
    </message>
    <message>
        <source>Take driver&apos;s</source>
        <translation>Comme conducteur</translation>
    </message>
    <message>
        <source>A/C</source>
        <translation>A/C</translation>
    </message>
    <message>
        <source>Recirculate</source>
        <translation>Recyclage</translation>
    </message>
    <message>
        <source>Defrost</source>
        <translation>Dégivrage</translation>
    </message>
    <message>
        <source>Rear</source>
        <translation>Lunette</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Pare-brise</translation>
    </message>
    <message>
        <source>Mirrors</source>
        <translation>Rétros</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Volant</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>Ventilateur</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Marche</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Arrêt</translation>
    </message>
</context>
<context>
    <name>ConsentSheet</name>
    <message>
        <source>You can take it back at any time. What waits on board is then never sent, and the fleet is asked to delete what it has.</source>
        <translation>Vous pouvez la retirer à tout moment. Ce qui attend à bord n&apos;est alors jamais envoyé, et la flotte est priée d&apos;effacer ce qu&apos;elle détient.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>Accepter</translation>
    </message>
</context>
<context>
    <name>CurveChart</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>The curve is measured while the car charges. It has not charged here yet.</source>
        <translation>La courbe se mesure pendant la charge. La voiture n&apos;a pas encore chargé ici.</translation>
    </message>
</context>
<context>
    <name>DepartureBar</name>
    <message>
        <source>Departures. %1</source>
        <translation>Départs. %1</translation>
    </message>
    <message>
        <source>Climate</source>
        <translation>Climat</translation>
    </message>
    <message>
        <source>Departures</source>
        <translation>Départs</translation>
    </message>
</context>
<context>
    <name>DepartureEditor</name>
    <message>
        <source>Mo</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>Tu</source>
        <translation>Ma</translation>
    </message>
    <message>
        <source>We</source>
        <translation>Me</translation>
    </message>
    <message>
        <source>Th</source>
        <translation>Je</translation>
    </message>
    <message>
        <source>Fr</source>
        <translation>Ve</translation>
    </message>
    <message>
        <source>Sa</source>
        <translation>Sa</translation>
    </message>
    <message>
        <source>Su</source>
        <translation>Di</translation>
    </message>
    <message>
        <source>%1: less</source>
        <translation>%1&#xa0;: moins</translation>
    </message>
    <message>
        <source>%1: more</source>
        <translation>%1&#xa0;: plus</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
</context>
<context>
    <name>DeparturePanel</name>
    <message>
        <source>Say when you want to leave, and the cabin is warm or cool by then. It is done while the car is parked and has at least 20 % charge, or 10 % at a plug.</source>
        <translation>Indiquez l&apos;heure de départ&#xa0;: l&apos;habitacle sera chaud ou frais à temps. La voiture doit être à l&apos;arrêt (stationnement) et chargée à au moins 20 %, ou 10 % si elle est branchée.</translation>
    </message>
    <message>
        <source>New departure</source>
        <translation>Nouveau départ</translation>
    </message>
    <message>
        <source>When is it done?</source>
        <translation>Quand est-ce fait ?</translation>
    </message>
    <message>
        <source>Departures can be set when parked</source>
        <translation>Départs réglables à l&apos;arrêt</translation>
    </message>
</context>
<context>
    <name>DepartureRow</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>Use the departure at %1</source>
        <translation>Utiliser le départ à %1</translation>
    </message>
</context>
<context>
    <name>Departures</name>
    <message>
        <source>Mon</source>
        <translation>Lun</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>Mar</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>Mer</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>Jeu</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>Ven</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>Sam</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>Dim</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Chaque jour</translation>
    </message>
    <message>
        <source>Monday to Friday</source>
        <translation>Du lundi au vendredi</translation>
    </message>
    <message>
        <source>At the weekend</source>
        <translation>Le week-end</translation>
    </message>
    <message>
        <source>Departures are not kept at the moment.</source>
        <translation>Les départs ne sont pas enregistrés pour l&apos;instant.</translation>
    </message>
    <message>
        <source>No departure is planned.</source>
        <translation>Aucun départ prévu.</translation>
    </message>
    <message>
        <source>The cabin will be ready at {time}.</source>
        <translation>L&apos;habitacle sera prêt à {time}.</translation>
    </message>
    <message>
        <source>The cabin is being made ready for {time}.</source>
        <translation>L&apos;habitacle se prépare pour {time}.</translation>
    </message>
    <message>
        <source>The cabin will not be ready at {time}.</source>
        <translation>L&apos;habitacle ne sera pas prêt à {time}.</translation>
    </message>
</context>
<context>
    <name>DisplaySection</name>
    <message>
        <source>Display</source>
        <translation>Affichage</translation>
    </message>
    <message>
        <source>Day and night</source>
        <translation>Jour et nuit</translation>
    </message>
    <message>
        <source>Automatic follows the light outside.</source>
        <translation>Automatique suit la lumière extérieure.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Nuit</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normale</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Grande</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Très grande</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>Moins d&apos;animations</translation>
    </message>
    <message>
        <source>Nothing slides or fades.</source>
        <translation>Ni glissement ni fondu.</translation>
    </message>
    <message>
        <source>Steering wheel on the right</source>
        <translation>Volant à droite</translation>
    </message>
    <message>
        <source>The drive and the navigation lie on the driver&apos;s side. It holds for every driver.</source>
        <translation>Conduite et navigation sont du côté du conducteur. Valable pour tous les conducteurs.</translation>
    </message>
    <message>
        <source>Text size, motion and the driver&apos;s side are set up when parked.</source>
        <translation>Taille du texte, animations et côté du conducteur se règlent à l&apos;arrêt.</translation>
    </message>
</context>
<context>
    <name>DriverSection</name>
    <message>
        <source>Driver</source>
        <translation>Conducteur</translation>
    </message>
    <message>
        <source>Look, language, units and text size follow the driver.</source>
        <translation>Aspect, langue, unités et taille du texte suivent le conducteur.</translation>
    </message>
    <message>
        <source>%1 drives. Another driver is chosen when parked.</source>
        <translation>%1 conduit. Changer de conducteur à l&apos;arrêt.</translation>
    </message>
    <message>
        <source>A guest drives. A driver is chosen when parked.</source>
        <translation>Un invité conduit. Choisir un conducteur à l&apos;arrêt.</translation>
    </message>
    <message>
        <source>Remove %1 and all choices?</source>
        <translation>Supprimer %1 et tous ses choix&#xa0;?</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Invité</translation>
    </message>
    <message>
        <source>Nothing is kept</source>
        <translation>Rien n&apos;est conservé</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>Garder %1</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>Renommer %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Supprimer %1</translation>
    </message>
    <message>
        <source>Add a driver</source>
        <translation>Ajouter un conducteur</translation>
    </message>
    <message>
        <source>There is no place for another driver. Remove one first.</source>
        <translation>Plus de place pour un conducteur. Supprimez-en un d&apos;abord.</translation>
    </message>
    <message>
        <source>The disk takes nothing now: choices last until the car&apos;s computer starts again.</source>
        <translation>Le disque n&apos;enregistre plus&#xa0;: les choix durent jusqu&apos;au redémarrage de l&apos;ordinateur de bord.</translation>
    </message>
</context>
<context>
    <name>DrivingChip</name>
    <message>
        <source>Lists and texts are short while driving.</source>
        <translation>Listes et textes sont courts en conduite.</translation>
    </message>
    <message>
        <source>Everything is shown.</source>
        <translation>Tout est affiché.</translation>
    </message>
</context>
<context>
    <name>Elapsed</name>
    <message>
        <source>Live</source>
        <translation>Direct</translation>
    </message>
</context>
<context>
    <name>EnergyCard</name>
    <message>
        <source>Range</source>
        <translation>Autonomie</translation>
    </message>
    <message>
        <source>The car sends nothing.</source>
        <translation>La voiture n&apos;envoie rien.</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Dehors</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>Dedans</translation>
    </message>
</context>
<context>
    <name>ExplainPanel</name>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1 : %2, %3</translation>
    </message>
</context>
<context>
    <name>Fact</name>
    <message>
        <source>%1 ago</source>
        <translation>il y a %1</translation>
    </message>
</context>
<context>
    <name>FaultDetail</name>
    <message>
        <source>%1 when parked</source>
        <translation>%1 à l&apos;arrêt</translation>
    </message>
    <message>
        <source>Under way…</source>
        <translation>En cours…</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Pourquoi pas maintenant ?</translation>
    </message>
    <message>
        <source>How the car knows</source>
        <translation>Comment la voiture le sait</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>La règle</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>Close the log</source>
        <translation>Fermer le journal</translation>
    </message>
    <message>
        <source>Read the log of %1</source>
        <translation>Lire le journal de %1</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
</context>
<context>
    <name>GearStrip</name>
    <message>
        <source>Gear %1</source>
        <translation>Rapport %1</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>There is nothing here.</source>
        <translation>Rien à afficher ici.</translation>
    </message>
</context>
<context>
    <name>HeatTile</name>
    <message>
        <source>Cooling</source>
        <translation>Ventilation</translation>
    </message>
    <message>
        <source>Level %1</source>
        <translation>Niveau %1</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Arrêt</translation>
    </message>
</context>
<context>
    <name>HistoryChart</name>
    <message>
        <source>%1 %2 ago</source>
        <translation>Il y a %1 %2</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>The graph begins with the first half kilometre.</source>
        <translation>Le graphique commence après le premier demi-kilomètre.</translation>
    </message>
    <message>
        <source>Consumption is not recorded at the moment.</source>
        <translation>La consommation n&apos;est pas enregistrée pour l&apos;instant.</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Arrange the cards</source>
        <translation>Disposer les cartes</translation>
    </message>
</context>
<context>
    <name>HomeSlot</name>
    <message>
        <source>Nothing plays now.</source>
        <translation>Rien n&apos;est en lecture.</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>space</source>
        <translation>espace</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
</context>
<context>
    <name>LanguageSection</name>
    <message>
        <source>Language and units</source>
        <translation>Langue et unités</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Distance and speed</source>
        <translation>Distance et vitesse</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Tyre pressure</source>
        <translation>Pression des pneus</translation>
    </message>
</context>
<context>
    <name>LicencesSheet</name>
    <message>
        <source>ivi %1</source>
        <translation>ivi %1</translation>
    </message>
    <message>
        <source>Copyright 2026 the ivi authors. Licensed under the Apache License, Version 2.0.</source>
        <translation>Copyright 2026 les auteurs d&apos;ivi. Sous licence Apache, version 2.0.</translation>
    </message>
    <message>
        <source>The full texts are in the folder docs/licenses, and with each package on the car&apos;s computer.</source>
        <translation>Les textes complets sont dans le dossier docs/licenses et avec chaque paquet sur l&apos;ordinateur de bord.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>There is nothing here.</source>
        <translation>Rien à afficher ici.</translation>
    </message>
</context>
<context>
    <name>ListRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Cabin</source>
        <translation>Dedans</translation>
    </message>
    <message>
        <source>What apps may do</source>
        <translation>Droits des applis</translation>
    </message>
    <message>
        <source>What is off, and what to do</source>
        <translation>Défauts et remèdes</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Where the car is, is not known yet.</source>
        <translation>La position de la voiture n&apos;est pas encore connue.</translation>
    </message>
    <message>
        <source>Maps need Qt&apos;s add-ons: install PySide6-Addons.</source>
        <translation>Les cartes exigent les modules de Qt&#xa0;: installez PySide6-Addons.</translation>
    </message>
    <message>
        <source>The map on board cannot be read. Make it again: %1</source>
        <translation>La carte à bord est illisible. Recréez-la&#xa0;: %1</translation>
    </message>
    <message>
        <source>No map is on board. This brings one: %1</source>
        <translation>Aucune carte à bord. Pour en obtenir une&#xa0;: %1</translation>
    </message>
    <message>
        <source>The car is outside the map on board.</source>
        <translation>La voiture est hors de la carte à bord.</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Plus près</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Plus loin</translation>
    </message>
    <message>
        <source>North up</source>
        <translation>Nord en haut</translation>
    </message>
    <message>
        <source>Direction of travel up</source>
        <translation>Sens de la marche en haut</translation>
    </message>
    <message>
        <source>Back to the car</source>
        <translation>Retour à la voiture</translation>
    </message>
</context>
<context>
    <name>MediaPage</name>
    <message>
        <source>Nothing to play yet</source>
        <translation>Rien à écouter pour le moment</translation>
    </message>
    <message>
        <source>An app that brings music, radio or books plays here.</source>
        <translation>Une appli de musique, radio ou livres se lit ici.</translation>
    </message>
    <message>
        <source>Look at the apps</source>
        <translation>Voir les applis</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Relancer</translation>
    </message>
</context>
<context>
    <name>MessagesPage</name>
    <message>
        <source>Nothing was said</source>
        <translation>Aucun message</translation>
    </message>
    <message>
        <source>What the car and its apps tell you is kept here until you clear it.</source>
        <translation>Les messages de la voiture et des applis restent ici jusqu&apos;à ce que vous les effaciez.</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>Tout effacer</translation>
    </message>
    <message>
        <source>The car</source>
        <translation>La voiture</translation>
    </message>
    <message>
        <source>%1 · %2 times</source>
        <translation>%1 · %2 fois</translation>
    </message>
    <message numerus="yes">
        <source>%n more when parked</source>
        <translation>
            <numerusform>%n de plus à l&apos;arrêt</numerusform>
            <numerusform>%n de plus à l&apos;arrêt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NameKeyboard</name>
    <message>
        <source>Name of the driver</source>
        <translation>Nom du conducteur</translation>
    </message>
    <message>
        <source>space</source>
        <translation>espace</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>NavigationPage</name>
    <message>
        <source>The route is being made.</source>
        <translation>Calcul de l&apos;itinéraire.</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Puis</translation>
    </message>
    <message>
        <source>Charge at %1</source>
        <translation>Recharge à %1</translation>
    </message>
    <message>
        <source>Charge at %1: %2</source>
        <translation>Recharge à %1 : %2</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Relancer</translation>
    </message>
    <message>
        <source>No app on board guides to a place.</source>
        <translation>Aucune appli à bord ne guide vers un lieu.</translation>
    </message>
    <message>
        <source>Look at the apps</source>
        <translation>Voir les applis</translation>
    </message>
</context>
<context>
    <name>NoticeBand</name>
    <message>
        <source>Why?</source>
        <translation>Pourquoi ?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>NowPlaying</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Not answering, may be old</source>
        <translation>Sans réponse, peut-être ancien</translation>
    </message>
</context>
<context>
    <name>ObstacleView</name>
    <message>
        <source>Nothing near is known of</source>
        <translation>Rien de connu à proximité</translation>
    </message>
    <message>
        <source>Nearest behind: %1</source>
        <translation>Le plus proche derrière&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>First page</source>
        <translation>Première page</translation>
    </message>
</context>
<context>
    <name>PageHost</name>
    <message>
        <source>This page cannot be shown. Everything else goes on working.</source>
        <translation>Cette page ne peut s&apos;afficher. Tout le reste fonctionne.</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Accueil</translation>
    </message>
</context>
<context>
    <name>PanePage</name>
    <message>
        <source>There is nothing to say about this.</source>
        <translation>Rien à dire à ce sujet.</translation>
    </message>
</context>
<context>
    <name>PermissionWords</name>
    <message>
        <source>Read {what}</source>
        <translation>Lire : {what}</translation>
    </message>
    <message>
        <source>Read {what}, up to {number} times a second</source>
        <translation>Lire, jusqu’à {number} fois par seconde : {what}</translation>
    </message>
    <message>
        <source>Change {what} while parked</source>
        <translation>Modifier à l’arrêt : {what}</translation>
    </message>
    <message>
        <source>Change {what} while parked, after asking you once</source>
        <translation>Modifier à l’arrêt, après une seule demande : {what}</translation>
    </message>
    <message>
        <source>Change {what} while parked, asking you each time</source>
        <translation>Modifier à l’arrêt, en demandant chaque fois : {what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving</source>
        <translation>Modifier même en roulant : {what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving, after asking you once</source>
        <translation>Modifier même en roulant, après une seule demande : {what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving, asking you each time</source>
        <translation>Modifier même en roulant, en demandant chaque fois : {what}</translation>
    </message>
    <message>
        <source>Know roughly where the car is</source>
        <translation>Savoir à peu près où est la voiture</translation>
    </message>
    <message>
        <source>Know exactly where the car is</source>
        <translation>Savoir exactement où est la voiture</translation>
    </message>
    <message>
        <source>Send and receive up to {number} MB a day with {hosts}</source>
        <translation>Échanger jusqu’à {number} Mo par jour avec {hosts}</translation>
    </message>
    <message>
        <source>Show its pages on the screen</source>
        <translation>Afficher ses pages à l’écran</translation>
    </message>
    <message>
        <source>Be spoken to</source>
        <translation>Recevoir vos demandes vocales</translation>
    </message>
    <message>
        <source>Be heard ({kinds})</source>
        <translation>Se faire entendre ({kinds})</translation>
    </message>
    <message>
        <source>Ask you to pay up to {amount} {currency}, confirmed by you each time</source>
        <translation>Vous demander de payer jusqu’à {amount} {currency}, confirmé par vous chaque fois</translation>
    </message>
    <message>
        <source>Keep up to {number} MB in the car</source>
        <translation>Garder jusqu’à {number} Mo dans la voiture</translation>
    </message>
    <message>
        <source>Show up to {number} notifications an hour</source>
        <translation>Afficher jusqu’à {number} notifications par heure</translation>
    </message>
    <message>
        <source>Run on while you do not see it</source>
        <translation>Continuer quand vous ne la voyez pas</translation>
    </message>
    <message>
        <source>Pass the car&apos;s data on to {recipient} for {purpose} (kept: {number} days)</source>
        <translation>Transmettre des données de la voiture à {recipient}, but : {purpose} (conservées {number} jours)</translation>
    </message>
    <message>
        <source>Pass the car&apos;s data on to {recipient} for {purpose} (kept: not at all)</source>
        <translation>Transmettre des données de la voiture à {recipient}, but : {purpose} (non conservées)</translation>
    </message>
    <message>
        <source>What may {app} do?</source>
        <translation>Que peut faire {app} ?</translation>
    </message>
    <message>
        <source>{app} wants to do more than before</source>
        <translation>{app} veut en faire plus qu’avant</translation>
    </message>
    <message>
        <source>It cannot run without the lines that have no switch.</source>
        <translation>Elle ne peut fonctionner sans les lignes qui n’ont pas d’interrupteur.</translation>
    </message>
    <message>
        <source>Switch on what you want to allow besides.</source>
        <translation>Activez ce que vous voulez autoriser en plus.</translation>
    </message>
    <message>
        <source>Switch on what you want to allow.</source>
        <translation>Activez ce que vous voulez autoriser.</translation>
    </message>
    <message>
        <source>You can take all of it back at any time.</source>
        <translation>Vous pouvez tout retirer à tout moment.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Do not allow</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Autoriser</translation>
    </message>
    <message>
        <source>{app} wants to switch {thing} on</source>
        <translation>{app} veut activer : {thing}</translation>
    </message>
    <message>
        <source>{app} wants to switch {thing} off</source>
        <translation>{app} veut désactiver : {thing}</translation>
    </message>
    <message>
        <source>{app} wants to open {thing}</source>
        <translation>{app} veut ouvrir : {thing}</translation>
    </message>
    <message>
        <source>{app} wants to close {thing}</source>
        <translation>{app} veut fermer : {thing}</translation>
    </message>
    <message>
        <source>{app} wants to set {thing} to {value}</source>
        <translation>{app} veut régler sur {value} : {thing}</translation>
    </message>
    <message>
        <source>It happens only if you agree.</source>
        <translation>Cela ne se fait que si vous êtes d’accord.</translation>
    </message>
    <message>
        <source>If you agree, it will not ask again until the car is switched off.</source>
        <translation>Si vous acceptez, elle ne redemandera pas avant l’arrêt de la voiture.</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Yes, do it</source>
        <translation>Oui, le faire</translation>
    </message>
    <message>
        <source>Pay {amount}?</source>
        <translation>Payer {amount} ?</translation>
    </message>
    <message>
        <source>{app} says it is for: {purpose}</source>
        <translation>{app} indique que c’est pour : {purpose}</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Montant</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>Payé avec</translation>
    </message>
    <message>
        <source>Pay {amount}</source>
        <translation>Payer {amount}</translation>
    </message>
    <message>
        <source>Do not</source>
        <translation>Ne pas payer</translation>
    </message>
    <message>
        <source>shows you its pages</source>
        <translation>vous montre ses pages</translation>
    </message>
    <message>
        <source>remembers your settings</source>
        <translation>retient vos réglages</translation>
    </message>
    <message>
        <source>how fast the car drives</source>
        <translation>la vitesse de la voiture</translation>
    </message>
    <message>
        <source>whether the car moves</source>
        <translation>si la voiture roule</translation>
    </message>
    <message>
        <source>how far the car has driven</source>
        <translation>la distance parcourue par la voiture</translation>
    </message>
    <message>
        <source>how far this trip has been</source>
        <translation>la distance de ce trajet</translation>
    </message>
    <message>
        <source>how hard the car speeds up, brakes and turns</source>
        <translation>la force des accélérations, freinages et virages</translation>
    </message>
    <message>
        <source>how far the car can still go</source>
        <translation>l’autonomie restante</translation>
    </message>
    <message>
        <source>how full the battery is</source>
        <translation>le niveau de la batterie</translation>
    </message>
    <message>
        <source>the charging flap</source>
        <translation>la trappe de charge</translation>
    </message>
    <message>
        <source>the charging port</source>
        <translation>la prise de charge</translation>
    </message>
    <message>
        <source>up to where the battery is charged</source>
        <translation>jusqu’où la batterie est chargée</translation>
    </message>
    <message>
        <source>how the car is charging</source>
        <translation>comment la voiture se charge</translation>
    </message>
    <message>
        <source>how the battery is</source>
        <translation>l’état de la batterie</translation>
    </message>
    <message>
        <source>which gear is chosen</source>
        <translation>le rapport choisi</translation>
    </message>
    <message>
        <source>how much fuel is left</source>
        <translation>le carburant restant</translation>
    </message>
    <message>
        <source>how warm it is outside</source>
        <translation>la température extérieure</translation>
    </message>
    <message>
        <source>the weather around the car</source>
        <translation>la météo autour de la voiture</translation>
    </message>
    <message>
        <source>whether it rains</source>
        <translation>s’il pleut</translation>
    </message>
    <message>
        <source>the boot</source>
        <translation>le coffre</translation>
    </message>
    <message>
        <source>which lights are on</source>
        <translation>les feux allumés</translation>
    </message>
    <message>
        <source>the windscreen and its wipers</source>
        <translation>le pare-brise et ses essuie-glaces</translation>
    </message>
    <message>
        <source>how warm the cabin is</source>
        <translation>la température de l’habitacle</translation>
    </message>
    <message>
        <source>the temperature that is set for each seat</source>
        <translation>la température réglée pour chaque place</translation>
    </message>
    <message>
        <source>how strong the fan blows</source>
        <translation>la force de la ventilation</translation>
    </message>
    <message>
        <source>the air conditioning</source>
        <translation>la climatisation</translation>
    </message>
    <message>
        <source>heating and cooling</source>
        <translation>le chauffage et le refroidissement</translation>
    </message>
    <message>
        <source>which seats are taken</source>
        <translation>les places occupées</translation>
    </message>
    <message>
        <source>who is belted</source>
        <translation>qui est attaché</translation>
    </message>
    <message>
        <source>the heating of the seats</source>
        <translation>le chauffage des sièges</translation>
    </message>
    <message>
        <source>the massage of the seats</source>
        <translation>le massage des sièges</translation>
    </message>
    <message>
        <source>the seats</source>
        <translation>les sièges</translation>
    </message>
    <message>
        <source>doors and windows</source>
        <translation>les portes et les vitres</translation>
    </message>
    <message>
        <source>the lights in the cabin</source>
        <translation>les lumières de l’habitacle</translation>
    </message>
    <message>
        <source>the sunroof</source>
        <translation>le toit ouvrant</translation>
    </message>
    <message>
        <source>the shade of the rear window</source>
        <translation>le store de la lunette arrière</translation>
    </message>
    <message>
        <source>what is played</source>
        <translation>ce qui est joué</translation>
    </message>
    <message>
        <source>the destination</source>
        <translation>la destination</translation>
    </message>
    <message>
        <source>the navigation</source>
        <translation>la navigation</translation>
    </message>
    <message>
        <source>settings of the screen</source>
        <translation>les réglages de l’écran</translation>
    </message>
    <message>
        <source>the pressure of the tyres</source>
        <translation>la pression des pneus</translation>
    </message>
    <message>
        <source>whether the parking brake is on</source>
        <translation>si le frein de stationnement est serré</translation>
    </message>
    <message>
        <source>how fast your heart beats</source>
        <translation>votre rythme cardiaque</translation>
    </message>
    <message>
        <source>how attentive and tired you are</source>
        <translation>votre attention et votre fatigue</translation>
    </message>
    <message>
        <source>who sits where</source>
        <translation>qui est assis où</translation>
    </message>
    <message>
        <source>the car&apos;s identification number</source>
        <translation>le numéro d’identification de la voiture</translation>
    </message>
    <message>
        <source>the car&apos;s number plate</source>
        <translation>la plaque d’immatriculation</translation>
    </message>
    <message>
        <source>make, model and papers of the car</source>
        <translation>la marque, le modèle et les papiers de la voiture</translation>
    </message>
    <message>
        <source>when the next service is due</source>
        <translation>la date du prochain entretien</translation>
    </message>
    <message>
        <source>where the car is</source>
        <translation>où est la voiture</translation>
    </message>
    <message>
        <source>the fan</source>
        <translation>la ventilation</translation>
    </message>
    <message>
        <source>the charge limit</source>
        <translation>la limite de charge</translation>
    </message>
    <message>
        <source>charging</source>
        <translation>la charge</translation>
    </message>
    <message>
        <source>the conditioning of the battery</source>
        <translation>le conditionnement de la batterie</translation>
    </message>
    <message>
        <source>the fuel flap</source>
        <translation>la trappe à carburant</translation>
    </message>
    <message>
        <source>the trip meter</source>
        <translation>le compteur journalier</translation>
    </message>
    <message>
        <source>the music</source>
        <translation>la musique</translation>
    </message>
    <message>
        <source>media</source>
        <translation>médias</translation>
    </message>
    <message>
        <source>navigation</source>
        <translation>navigation</translation>
    </message>
    <message>
        <source>alert</source>
        <translation>alerte</translation>
    </message>
    <message>
        <source>{number} more things</source>
        <translation>{number} autres choses</translation>
    </message>
    <message>
        <source>It wants to: {what}</source>
        <translation>Elle veut : {what}</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} et {last}</translation>
    </message>
    <message>
        <source>{first}, {last}</source>
        <translation>{first}, {last}</translation>
    </message>
</context>
<context>
    <name>Permissions</name>
    <message>
        <source>Trust {now} of 8</source>
        <translation>Confiance {now} sur 8</translation>
    </message>
    <message>
        <source>Trust {now} of 8, {whole} if you allow everything</source>
        <translation>Confiance {now} sur 8, {whole} si vous autorisez tout</translation>
    </message>
    <message>
        <source>It does not run here.</source>
        <translation>Elle ne fonctionne pas ici.</translation>
    </message>
    <message numerus="yes">
        <source>Kept apart by %n layers. By {publisher}.</source>
        <translation>
            <numerusform>Isolée par %n couche. De {publisher}.</numerusform>
            <numerusform>Isolée par %n couches. De {publisher}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Partly taken back.</source>
        <translation>Retirée en partie.</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Retirée.</translation>
    </message>
    <message>
        <source>This car cannot give it.</source>
        <translation>Cette voiture ne peut pas la donner.</translation>
    </message>
    <message>
        <source>It cannot run without.</source>
        <translation>Elle ne fonctionne pas sans.</translation>
    </message>
    <message>
        <source>It says: “{reason}”</source>
        <translation>Elle dit : « {reason} »</translation>
    </message>
</context>
<context>
    <name>PermissionsSheet</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>Choisir ses droits</translation>
    </message>
</context>
<context>
    <name>PhonePage</name>
    <message>
        <source>On the phone, look for “%1” among Bluetooth devices and pair it while parked.</source>
        <translation>Sur le téléphone, cherchez «&#xa0;%1&#xa0;» parmi les appareils Bluetooth et associez-le à l&apos;arrêt.</translation>
    </message>
    <message>
        <source>Bluetooth is switched off.</source>
        <translation>Le Bluetooth est désactivé.</translation>
    </message>
    <message>
        <source>This car has no Bluetooth adapter.</source>
        <translation>Cette voiture n&apos;a pas d&apos;adaptateur Bluetooth.</translation>
    </message>
    <message>
        <source>The system&apos;s Bluetooth service does not answer. It is tried again.</source>
        <translation>Le service Bluetooth du système ne répond pas. Nouvel essai en cours.</translation>
    </message>
    <message>
        <source>This installation lacks the Bluetooth library: pip install &apos;ivi[dbus]&apos; brings it.</source>
        <translation>La bibliothèque Bluetooth manque&#xa0;: pip install &apos;ivi[dbus]&apos; l&apos;apporte.</translation>
    </message>
    <message>
        <source>Looking for phones.</source>
        <translation>Recherche de téléphones.</translation>
    </message>
    <message>
        <source>No phone is paired</source>
        <translation>Aucun téléphone associé</translation>
    </message>
    <message>
        <source>No phone</source>
        <translation>Aucun téléphone</translation>
    </message>
    <message>
        <source>Paired phones</source>
        <translation>Téléphones associés</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Non connecté</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>This car makes no calls yet; it shows the phones that it knows.</source>
        <translation>Cette voiture n&apos;appelle pas encore&#xa0;; elle montre les téléphones connus.</translation>
    </message>
</context>
<context>
    <name>PlaceMap</name>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>There are no places here.</source>
        <translation>Aucun lieu ici.</translation>
    </message>
</context>
<context>
    <name>PlayingBand</name>
    <message>
        <source>Now playing: %1, %2</source>
        <translation>En lecture : %1, %2</translation>
    </message>
    <message>
        <source>Now playing: %1</source>
        <translation>En lecture : %1</translation>
    </message>
</context>
<context>
    <name>PowerBar</name>
    <message>
        <source>Charging</source>
        <translation>En charge</translation>
    </message>
    <message>
        <source>Regeneration</source>
        <translation>Récupération</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Puissance</translation>
    </message>
    <message>
        <source>kW</source>
        <translation>kW</translation>
    </message>
</context>
<context>
    <name>Privacy</name>
    <message>
        <source>Receipts</source>
        <translation>Reçus</translation>
    </message>
    <message>
        <source>Care for this car</source>
        <translation>Entretien de cette voiture</translation>
    </message>
    <message>
        <source>Finding faults</source>
        <translation>Recherche de défauts</translation>
    </message>
    <message>
        <source>Where the car is</source>
        <translation>Position de la voiture</translation>
    </message>
    <message>
        <source>Traffic and road state</source>
        <translation>Trafic et état des routes</translation>
    </message>
    <message>
        <source>Research</source>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>Ratings of apps</source>
        <translation>Avis sur les applications</translation>
    </message>
    <message>
        <source>Insurance</source>
        <translation>Assurance</translation>
    </message>
    <message>
        <source>how the car&apos;s parts do</source>
        <translation>l&apos;état des organes de la voiture</translation>
    </message>
    <message>
        <source>how the car is driven</source>
        <translation>la façon de conduire la voiture</translation>
    </message>
    <message>
        <source>where the car is</source>
        <translation>la position de la voiture</translation>
    </message>
    <message>
        <source>what happens in the cabin</source>
        <translation>ce qui se passe dans l&apos;habitacle</translation>
    </message>
    <message>
        <source>who drives, and which car it is</source>
        <translation>qui conduit, et quelle est la voiture</translation>
    </message>
    <message>
        <source>what you think of apps</source>
        <translation>ce que vous pensez des applications</translation>
    </message>
    <message>
        <source>whoever runs the car&apos;s service</source>
        <translation>l&apos;exploitant du service</translation>
    </message>
    <message>
        <source>the owner of the car</source>
        <translation>le propriétaire de la voiture</translation>
    </message>
    <message>
        <source>the workshop</source>
        <translation>l&apos;atelier</translation>
    </message>
    <message>
        <source>the maker of the car</source>
        <translation>le constructeur de la voiture</translation>
    </message>
    <message>
        <source>a partner of the car&apos;s service</source>
        <translation>un partenaire du service</translation>
    </message>
    <message numerus="yes">
        <source>Always sent, with the car&apos;s name: %n so far.</source>
        <translation>
            <numerusform>Toujours envoyé, avec le nom de la voiture&#xa0;: %n à ce jour.</numerusform>
            <numerusform>Toujours envoyé, avec le nom de la voiture&#xa0;: %n à ce jour.</numerusform>
        </translation>
    </message>
    <message>
        <source>Agreed by %1 at %2. </source>
        <translation>Accord de %1, %2. </translation>
    </message>
    <message numerus="yes">
        <source>%n records sent.</source>
        <translation>
            <numerusform>%n enregistrement envoyé.</numerusform>
            <numerusform>%n enregistrements envoyés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not agreed to. The fleet asks for it in %n campaigns.</source>
        <translation>
            <numerusform>Sans accord. La flotte le demande dans %n campagne.</numerusform>
            <numerusform>Sans accord. La flotte le demande dans %n campagnes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not agreed to. Nothing is sent.</source>
        <translation>Sans accord. Rien n&apos;est envoyé.</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
    <message>
        <source>As long as the law demands</source>
        <translation>Aussi longtemps que la loi l&apos;exige</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>À qui</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>With the car&apos;s name</source>
        <translation>Avec le nom de la voiture</translation>
    </message>
    <message>
        <source>How exactly</source>
        <translation>Précision</translation>
    </message>
    <message>
        <source>Exact place and moment</source>
        <translation>Lieu et instant exacts</translation>
    </message>
    <message>
        <source>Place within %1 m, moment within %2 s</source>
        <translation>Lieu à %1 m près, instant à %2 s près</translation>
    </message>
    <message numerus="yes">
        <source>Taken back. %n records that waited will never be sent.</source>
        <translation>
            <numerusform>Accord retiré. %n enregistrement en attente ne sera jamais envoyé.</numerusform>
            <numerusform>Accord retiré. %n enregistrements en attente ne seront jamais envoyés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The ledger is whole: every signature of its %n lines is right.</source>
        <translation>
            <numerusform>Le registre est intact&#xa0;: la signature de sa %n ligne est juste.</numerusform>
            <numerusform>Le registre est intact&#xa0;: toutes les signatures de ses %n lignes sont justes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>Confidentialité</translation>
    </message>
    <message>
        <source>Nothing but receipts leaves the car without your agreement. You can take it back at any time.</source>
        <translation>Seuls les reçus quittent la voiture sans votre accord. Vous pouvez le retirer à tout moment.</translation>
    </message>
    <message>
        <source>The ledger of consents is being read.</source>
        <translation>Lecture du registre des accords.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 de plus à l&apos;arrêt</translation>
    </message>
    <message>
        <source>You can agree when parked, and take back at any time.</source>
        <translation>Accord possible à l&apos;arrêt, retrait à tout moment.</translation>
    </message>
    <message>
        <source>Check the ledger&apos;s %1 lines</source>
        <translation>Vérifier les %1 lignes du registre</translation>
    </message>
    <message>
        <source>A copy of all that was recorded and sent is yours: on the car&apos;s computer, the command “ivi privacy export” writes it into a folder.</source>
        <translation>Une copie de tout ce qui est enregistré et envoyé est à vous&#xa0;: sur l&apos;ordinateur de bord, la commande «&#xa0;ivi privacy export&#xa0;» l&apos;écrit dans un dossier.</translation>
    </message>
</context>
<context>
    <name>Processes</name>
    <message>
        <source>{number} features end soon. {what}</source>
        <translation>{number} fonctions finissent bientôt. {what}</translation>
    </message>
    <message>
        <source>connect to the fleet</source>
        <translation>Connectez-vous à la flotte.</translation>
    </message>
    <message>
        <source>A snapshot of features was not taken: {what}</source>
        <translation>L&apos;état des fonctions n&apos;a pas été pris : {what}</translation>
    </message>
    <message>
        <source>The kept snapshot of features does not count: {what}</source>
        <translation>L&apos;état gardé des fonctions ne compte pas : {what}</translation>
    </message>
    <message>
        <source>connect to the fleet, which sends it again</source>
        <translation>Connectez-vous à la flotte, qui le renverra.</translation>
    </message>
    <message>
        <source>{number} snapshots or features were refused; the last: {what}</source>
        <translation>{number} états ou fonctions refusés ; le dernier : {what}</translation>
    </message>
    <message>
        <source>see docs/cloud-entitlements.md; if you did not cause it, somebody tries</source>
        <translation>Voir docs/cloud-entitlements.md ; si ce n&apos;est pas vous, quelqu&apos;un essaie.</translation>
    </message>
    <message>
        <source>the log of the process has the details</source>
        <translation>Le journal du processus a les détails.</translation>
    </message>
    <message>
        <source>the log of the process has more</source>
        <translation>Le journal du processus en dit plus.</translation>
    </message>
    <message>
        <source>No telemetry is recorded: {what}</source>
        <translation>Aucune télémétrie n&apos;est enregistrée : {what}</translation>
    </message>
    <message>
        <source>it goes on by itself when signals flow</source>
        <translation>Cela reprend dès que les signaux arrivent.</translation>
    </message>
    <message>
        <source>the clock was turned back; the time known before counts</source>
        <translation>L&apos;horloge a été reculée ; l&apos;heure connue avant compte.</translation>
    </message>
    <message>
        <source>set the car&apos;s clock</source>
        <translation>Réglez l&apos;horloge de la voiture.</translation>
    </message>
    <message>
        <source>the clock is years ahead of what is known, and is not believed</source>
        <translation>L&apos;horloge avance de plusieurs années et n&apos;est pas crue.</translation>
    </message>
    <message>
        <source>the clock is months ahead of what is known; it counts until a signed message tells the time</source>
        <translation>L&apos;horloge avance de plusieurs mois ; elle compte jusqu&apos;à un message signé.</translation>
    </message>
    <message>
        <source>nothing after a long time in a garage, when the clock is right; else set the car&apos;s clock</source>
        <translation>Rien après un long garage si l&apos;horloge est juste ; sinon réglez-la.</translation>
    </message>
    <message>
        <source>the saved time cannot be used: {what}</source>
        <translation>L&apos;heure gardée est inutilisable : {what}</translation>
    </message>
    <message>
        <source>the fleet&apos;s next message tells it</source>
        <translation>Le prochain message de la flotte la dira.</translation>
    </message>
    <message>
        <source>make room on the disk</source>
        <translation>Faites de la place sur le disque.</translation>
    </message>
    <message>
        <source>A desired state was refused: {what}</source>
        <translation>Un état voulu a été refusé : {what}</translation>
    </message>
    <message>
        <source>see docs/cloud-commands.md</source>
        <translation>Voir docs/cloud-commands.md.</translation>
    </message>
    <message>
        <source>The store of the twin was damaged and a new one was made</source>
        <translation>La réserve du jumeau était abîmée ; une neuve a été créée.</translation>
    </message>
    <message>
        <source>The twin stands still: {what}</source>
        <translation>Le jumeau est figé : {what}</translation>
    </message>
    <message>
        <source>No updates: {what}</source>
        <translation>Pas de mises à jour : {what}</translation>
    </message>
    <message>
        <source>Not connected to the fleet: {what}</source>
        <translation>Pas de lien avec la flotte : {what}</translation>
    </message>
    <message>
        <source>records wait and are sent later</source>
        <translation>Les données attendent et partiront plus tard.</translation>
    </message>
    <message>
        <source>for development only; unset it in a car</source>
        <translation>Pour le développement seulement ; à retirer en voiture.</translation>
    </message>
    <message>
        <source>see `ivi status`</source>
        <translation>Voir `ivi status`.</translation>
    </message>
    <message>
        <source>see `ivi app list`</source>
        <translation>Voir `ivi app list`.</translation>
    </message>
    <message>
        <source>Installed apps cannot be started</source>
        <translation>Les applications installées ne peuvent démarrer.</translation>
    </message>
    <message>
        <source>The app {app} cannot be loaded</source>
        <translation>L&apos;application {app} ne peut être chargée.</translation>
    </message>
    <message>
        <source>Apps may reach networks that are not public: {what}</source>
        <translation>Les applications peuvent joindre des réseaux non publics : {what}</translation>
    </message>
    <message>
        <source>Apps are off: {what}</source>
        <translation>Les applications sont éteintes : {what}</translation>
    </message>
    <message>
        <source>install bubblewrap {version} or newer</source>
        <translation>Installez bubblewrap {version} ou plus récent.</translation>
    </message>
    <message>
        <source>Last values cannot be kept: {what}</source>
        <translation>Les dernières valeurs ne peuvent être gardées : {what}</translation>
    </message>
    <message>
        <source>free or mend the disk</source>
        <translation>Libérez ou réparez le disque.</translation>
    </message>
    <message>
        <source>the broker starts without them; the file is now {file}</source>
        <translation>Démarrage sans elles ; le fichier est maintenant {file}</translation>
    </message>
    <message>
        <source>The message {message} on the CAN bus {bus} has faults in its counter or checksum</source>
        <translation>Le message {message} du bus CAN {bus} a des erreurs de compteur ou de somme.</translation>
    </message>
    <message>
        <source>while no frame is good its values are not available; see `ivi health`, then look at its sender, or at counter and checksum in the overlay</source>
        <translation>Tant qu&apos;aucune trame n&apos;est bonne, ses valeurs manquent ; voir `ivi health`, puis son émetteur ou l&apos;overlay.</translation>
    </message>
    <message>
        <source>{number} lines of the DBC are not used: {what}</source>
        <translation>{number} lignes de la DBC ne servent pas : {what}</translation>
    </message>
    <message>
        <source>mend the file</source>
        <translation>Corrigez le fichier.</translation>
    </message>
    <message>
        <source>Of the recording {what}</source>
        <translation>De l&apos;enregistrement : {what}</translation>
    </message>
    <message>
        <source>The recording ends early: {what}</source>
        <translation>L&apos;enregistrement finit trop tôt : {what}</translation>
    </message>
    <message>
        <source>check the file</source>
        <translation>Vérifiez le fichier.</translation>
    </message>
    <message>
        <source>{number} contacts cannot be said</source>
        <translation>{number} contacts ne peuvent être dits.</translation>
    </message>
    <message>
        <source>give them names with letters</source>
        <translation>Donnez-leur des noms en lettres.</translation>
    </message>
    <message>
        <source>The contacts are not read</source>
        <translation>Les contacts ne sont pas lus.</translation>
    </message>
    <message>
        <source>export fewer</source>
        <translation>Exportez-en moins.</translation>
    </message>
    <message>
        <source>The microphone is too loud: speech is cut off</source>
        <translation>Le micro est trop fort : la parole est coupée.</translation>
    </message>
    <message>
        <source>lower its level</source>
        <translation>Baissez son niveau.</translation>
    </message>
    <message>
        <source>The microphone gives digital silence</source>
        <translation>Le micro ne donne que du silence.</translation>
    </message>
    <message>
        <source>unmute it or check its cable</source>
        <translation>Activez-le ou vérifiez son câble.</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Pas de micro.</translation>
    </message>
    <message>
        <source>apt-get install {program}</source>
        <translation>À installer : apt-get install {program}</translation>
    </message>
    <message>
        <source>Answers are shown, not spoken</source>
        <translation>Les réponses s&apos;affichent sans être dites.</translation>
    </message>
    <message>
        <source>Speech recognition failed</source>
        <translation>La reconnaissance vocale a échoué.</translation>
    </message>
    <message>
        <source>say it again</source>
        <translation>Redites-le.</translation>
    </message>
    <message>
        <source>write them in Latin letters: {what}</source>
        <translation>Écrivez-les en lettres latines : {what}</translation>
    </message>
    <message>
        <source>{number} sentences or names can be typed but not spoken</source>
        <translation>{number} phrases ou noms se tapent mais ne se disent pas.</translation>
    </message>
    <message>
        <source>The doors have no vehicle data</source>
        <translation>L&apos;accès des outils n&apos;a pas de données du véhicule.</translation>
    </message>
    <message>
        <source>A door for other machines is not encrypted</source>
        <translation>Un accès pour d&apos;autres machines n&apos;est pas chiffré.</translation>
    </message>
    <message>
        <source>give --tls-certificate and --tls-key</source>
        <translation>Donnez --tls-certificate et --tls-key.</translation>
    </message>
    <message>
        <source>The voice process can reach the network</source>
        <translation>Le processus vocal peut joindre le réseau.</translation>
    </message>
    <message>
        <source>Vehicle data</source>
        <translation>Données du véhicule</translation>
    </message>
    <message>
        <source>The driving state</source>
        <translation>État de conduite</translation>
    </message>
    <message>
        <source>The app host</source>
        <translation>Applications</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Voix</translation>
    </message>
    <message>
        <source>The cloud link</source>
        <translation>Cloud</translation>
    </message>
    <message>
        <source>The screen</source>
        <translation>Écran</translation>
    </message>
    <message>
        <source>Access for other tools</source>
        <translation>Accès des outils</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>Supervision</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Mises à jour</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>It is not known whether the car is parked.</source>
        <translation>On ne sait pas si la voiture est garée.</translation>
    </message>
    <message>
        <source>The car is not parked.</source>
        <translation>La voiture n&apos;est pas garée.</translation>
    </message>
    <message>
        <source>The state of charge is not known.</source>
        <translation>L&apos;état de charge n&apos;est pas connu.</translation>
    </message>
    <message>
        <source>The battery is below {number} %.</source>
        <translation>La batterie est sous {number} %.</translation>
    </message>
    <message>
        <source>The climate control did not answer; it is tried again.</source>
        <translation>La climatisation n&apos;a pas répondu ; un nouvel essai suit.</translation>
    </message>
    <message>
        <source>{process} does not answer.</source>
        <translation>{process} : pas de réponse.</translation>
    </message>
    <message>
        <source>{process} cannot run.</source>
        <translation>{process} : ne peut pas fonctionner.</translation>
    </message>
    <message>
        <source>{process} has stopped and is started again.</source>
        <translation>{process} : arrêté, redémarrage en cours.</translation>
    </message>
    <message>
        <source>{process} is started again.</source>
        <translation>{process} : redémarrage en cours.</translation>
    </message>
    <message>
        <source>The driving state is started again.</source>
        <translation>État de conduite : redémarrage en cours.</translation>
    </message>
    <message>
        <source>Started again {number} times since the car started.</source>
        <translation>Redémarré {number} fois depuis le départ de la voiture.</translation>
    </message>
    <message>
        <source>It does not run.</source>
        <translation>Cela ne fonctionne pas.</translation>
    </message>
    <message>
        <source>It comes back by itself; if it does not, start the car&apos;s computer again.</source>
        <translation>Cela revient tout seul ; sinon, redémarrez l&apos;ordinateur de bord.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} cannot be reached.</source>
        <translation>Le bus {bus} est injoignable.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} is silent.</source>
        <translation>Le bus {bus} est muet.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} is flooded.</source>
        <translation>Le bus {bus} est saturé.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has switched itself off after too many errors.</source>
        <translation>Le bus {bus} s&apos;est coupé après trop d&apos;erreurs.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has many errors.</source>
        <translation>Le bus {bus} a beaucoup d&apos;erreurs.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has errors.</source>
        <translation>Le bus {bus} a des erreurs.</translation>
    </message>
    <message>
        <source>It is tried again by itself; a workshop should look at the wiring if it stays so.</source>
        <translation>Un nouvel essai est automatique ; si cela persiste, faites vérifier le câblage.</translation>
    </message>
    <message>
        <source>{number} frames a second, never heard</source>
        <translation>{number} trames par seconde, jamais entendu</translation>
    </message>
    <message>
        <source>{number} frames a second, last heard {age} s ago</source>
        <translation>{number} trames par seconde, entendu il y a {age} s</translation>
    </message>
    <message>
        <source>The message {message} arrives damaged.</source>
        <translation>Le message {message} arrive endommagé.</translation>
    </message>
    <message>
        <source>Its values are not used until it is right again; a workshop should look at it if it stays so.</source>
        <translation>Ses valeurs ne servent plus tant qu&apos;il est faux ; si cela persiste, voyez un atelier.</translation>
    </message>
    <message>
        <source>{wrong} wrong checksums, {repeated} repeated and {skipped} skipped of {good} good ones.</source>
        <translation>{wrong} sommes fausses, {repeated} répétés et {skipped} sautés pour {good} bons.</translation>
    </message>
    <message>
        <source>There is little storage left.</source>
        <translation>Il reste peu de stockage.</translation>
    </message>
    <message>
        <source>{free} MB of {total} MB are free.</source>
        <translation>{free} Mo sur {total} Mo sont libres.</translation>
    </message>
    <message>
        <source>Nothing is lost yet. Remove apps that you do not use, or have the car&apos;s computer looked at.</source>
        <translation>Rien n&apos;est perdu. Retirez les applications inutiles ou faites vérifier l&apos;ordinateur de bord.</translation>
    </message>
    <message>
        <source>The newest update was not taken.</source>
        <translation>La dernière mise à jour n&apos;a pas été prise.</translation>
    </message>
    <message>
        <source>What was installed before goes on; the same update is not tried again.</source>
        <translation>La version précédente continue ; cette mise à jour n&apos;est pas réessayée.</translation>
    </message>
    <message>
        <source>{app} waits for your agreement.</source>
        <translation>{app} attend votre accord.</translation>
    </message>
    <message>
        <source>{app} has stopped and waits before it starts again.</source>
        <translation>{app} s&apos;est arrêté et attend avant de redémarrer.</translation>
    </message>
    <message>
        <source>{app} has stopped too often and stays off.</source>
        <translation>{app} s&apos;est arrêté trop souvent et reste éteint.</translation>
    </message>
    <message>
        <source>{app} could not be loaded.</source>
        <translation>{app} n&apos;a pas pu être chargé.</translation>
    </message>
    <message>
        <source>{app} is off because this machine cannot isolate it.</source>
        <translation>{app} est éteint car cette machine ne peut pas l&apos;isoler.</translation>
    </message>
    <message>
        <source>An update is here and waits for your agreement.</source>
        <translation>Une mise à jour est là et attend votre accord.</translation>
    </message>
    <message>
        <source>A control unit has stored a trouble code.</source>
        <translation>Un calculateur a enregistré un code défaut.</translation>
    </message>
    <message>
        <source>{number} trouble codes are stored.</source>
        <translation>{number} codes défaut sont enregistrés.</translation>
    </message>
    <message>
        <source>The vehicle page says what is known of them; a workshop can read them with their freeze frames.</source>
        <translation>La page du véhicule dit ce qu&apos;on en sait ; un atelier peut les lire avec leur contexte.</translation>
    </message>
    <message>
        <source>The app is started again.</source>
        <translation>L&apos;application redémarre.</translation>
    </message>
    <message>
        <source>The question is on the screen.</source>
        <translation>La question est à l&apos;écran.</translation>
    </message>
    <message>
        <source>standing, not in park</source>
        <translation>À l&apos;arrêt, pas en P.</translation>
    </message>
    <message>
        <source>driving at {speed} km/h</source>
        <translation>Roule à {speed} km/h.</translation>
    </message>
    <message>
        <source>the gear is not known</source>
        <translation>Le rapport n&apos;est pas connu.</translation>
    </message>
    <message>
        <source>just stopped</source>
        <translation>Vient de s&apos;arrêter.</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>Garée.</translation>
    </message>
    <message>
        <source>parked with the parking brake</source>
        <translation>Garée avec le frein de stationnement.</translation>
    </message>
    <message>
        <source>the speed is not known</source>
        <translation>La vitesse n&apos;est pas connue.</translation>
    </message>
    <message>
        <source>the speed has not been heard for a while</source>
        <translation>La vitesse n&apos;est plus transmise depuis un moment.</translation>
    </message>
    <message>
        <source>the speed makes no sense</source>
        <translation>La vitesse n&apos;a pas de sens.</translation>
    </message>
    <message>
        <source>the driving state is not known: {what}</source>
        <translation>L&apos;état de conduite n&apos;est pas connu : {what}</translation>
    </message>
    <message>
        <source>vehicle data is away</source>
        <translation>Les données du véhicule manquent.</translation>
    </message>
    <message>
        <source>apps are shown as while driving</source>
        <translation>Les applications s&apos;affichent comme en conduite.</translation>
    </message>
    <message>
        <source>it is tried again</source>
        <translation>Un nouvel essai suit.</translation>
    </message>
    <message>
        <source>you have not agreed to it yet</source>
        <translation>Vous n&apos;avez pas encore donné votre accord.</translation>
    </message>
    <message>
        <source>the fleet has asked to wait</source>
        <translation>La flotte a demandé d&apos;attendre.</translation>
    </message>
    <message>
        <source>the car is not parked ({why})</source>
        <translation>La voiture n&apos;est pas garée ({why})</translation>
    </message>
    <message>
        <source>this is done while the car is parked</source>
        <translation>Cela se fait voiture garée.</translation>
    </message>
    <message>
        <source>there is nothing to do about it from here</source>
        <translation>Rien à faire d&apos;ici.</translation>
    </message>
    <message>
        <source>this is over</source>
        <translation>C&apos;est terminé.</translation>
    </message>
    <message>
        <source>this departure is not there any more</source>
        <translation>Ce départ n&apos;existe plus.</translation>
    </message>
    <message>
        <source>check the disk, then start again</source>
        <translation>Vérifiez le disque, puis redémarrez.</translation>
    </message>
    <message>
        <source>receipts of what you ordered, of payments and of your consents</source>
        <translation>Reçus de vos ordres, paiements et accords.</translation>
    </message>
    <message>
        <source>to see how your car does and tell you in time</source>
        <translation>Pour suivre l&apos;état de votre voiture et vous prévenir à temps.</translation>
    </message>
    <message>
        <source>to find the cause of a fault</source>
        <translation>Pour trouver la cause d&apos;une panne.</translation>
    </message>
    <message>
        <source>to answer where your car is</source>
        <translation>Pour dire où est votre voiture.</translation>
    </message>
    <message>
        <source>to tell others of jams and slippery roads</source>
        <translation>Pour prévenir d&apos;autres des bouchons et routes glissantes.</translation>
    </message>
    <message>
        <source>to make the next cars better</source>
        <translation>Pour améliorer les prochaines voitures.</translation>
    </message>
    <message>
        <source>to show others what drivers think of an app</source>
        <translation>pour montrer aux autres ce que les conducteurs pensent d&apos;une application</translation>
    </message>
    <message>
        <source>for a tariff that follows how you drive</source>
        <translation>Pour un tarif selon votre conduite.</translation>
    </message>
    <message>
        <source>The ratings of apps were damaged, and none is kept any more: {what}</source>
        <translation>Les avis sur les applications étaient endommagés, et aucun n&apos;est plus conservé : {what}</translation>
    </message>
    <message>
        <source>rate the apps again; check the disk</source>
        <translation>donner à nouveau un avis sur les applications ; vérifier le disque</translation>
    </message>
    <message>
        <source>The file of campaigns was damaged; the car asks for them anew</source>
        <translation>Le fichier des campagnes était abîmé ; la voiture les redemande.</translation>
    </message>
    <message>
        <source>delete the file; check the disk</source>
        <translation>Supprimez le fichier ; vérifiez le disque.</translation>
    </message>
    <message>
        <source>Campaigns are not done any more: {what}</source>
        <translation>Les campagnes sont arrêtées : {what}</translation>
    </message>
    <message>
        <source>restart the process</source>
        <translation>Redémarrez le processus.</translation>
    </message>
    <message>
        <source>No campaigns: {what}</source>
        <translation>Pas de campagnes : {what}</translation>
    </message>
    <message>
        <source>use a smaller one</source>
        <translation>Prenez-en un plus petit.</translation>
    </message>
    <message>
        <source>Records cannot be stored: {what}</source>
        <translation>Impossible d&apos;enregistrer les données : {what}</translation>
    </message>
    <message>
        <source>The store of unsent records was damaged and a new one was made</source>
        <translation>La réserve de données non envoyées était abîmée ; une neuve a été créée.</translation>
    </message>
    <message>
        <source>keep the file if its records matter, else delete it; check the disk</source>
        <translation>Gardez le fichier si ses données comptent, sinon supprimez-le ; vérifiez le disque.</translation>
    </message>
    <message>
        <source>{number} messages that claim to be commands were refused; the last: {what}</source>
        <translation>{number} messages se disant des ordres ont été refusés ; le dernier : {what}</translation>
    </message>
    <message>
        <source>see docs/cloud-commands.md; if you did not cause it, somebody tries</source>
        <translation>Voir docs/cloud-commands.md ; si ce n&apos;est pas vous, quelqu&apos;un essaie.</translation>
    </message>
    <message>
        <source>The store of commands was damaged; a new one was made, and older commands are not taken any more</source>
        <translation>La réserve d&apos;ordres était abîmée ; une neuve a été créée, les anciens ordres ne comptent plus.</translation>
    </message>
    <message>
        <source>check the disk; delete the file when nobody needs it</source>
        <translation>Vérifiez le disque ; supprimez le fichier s&apos;il ne sert plus.</translation>
    </message>
    <message>
        <source>A command was not taken: {what}</source>
        <translation>Un ordre n&apos;a pas été pris : {what}</translation>
    </message>
    <message>
        <source>The copies of what was sent were damaged, and new ones are made: {what}</source>
        <translation>Les copies des envois étaient abîmées, de nouvelles sont faites : {what}</translation>
    </message>
    <message>
        <source>see the disk</source>
        <translation>Voyez le disque.</translation>
    </message>
    <message>
        <source>No copies are made of what is sent: {what}</source>
        <translation>Les envois ne sont pas copiés : {what}</translation>
    </message>
    <message>
        <source>The record of what was agreed to was changed, and nothing leaves: {what}</source>
        <translation>Le registre des accords a été modifié, rien ne sort : {what}</translation>
    </message>
    <message>
        <source>start again, then agree to what you want: `ivi privacy show`</source>
        <translation>Redémarrez, puis donnez vos accords : `ivi privacy show`</translation>
    </message>
    <message>
        <source>agree again to what you want: `ivi privacy show`</source>
        <translation>Redonnez vos accords : `ivi privacy show`</translation>
    </message>
    <message>
        <source>A consent is not written yet, and nothing of it leaves: {what}</source>
        <translation>Un accord n&apos;est pas encore écrit, rien n&apos;en sort : {what}</translation>
    </message>
    <message>
        <source>free some disk space</source>
        <translation>Libérez de l&apos;espace disque.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Home</source>
        <translation>Accueil</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>Navigation</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>Médias</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Énergie</translation>
    </message>
    <message>
        <source>Climate</source>
        <translation>Climat</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>Véhicule</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>Applis</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>More pages</source>
        <translation>Autres pages</translation>
    </message>
</context>
<context>
    <name>RangeBandCard</name>
    <message>
        <source>Range</source>
        <translation>Autonomie</translation>
    </message>
    <message>
        <source>%1 to %2 %3</source>
        <translation>%1 à %2 %3</translation>
    </message>
    <message>
        <source>Consumption is not recorded at the moment.</source>
        <translation>La consommation n&apos;est pas enregistrée pour l&apos;instant.</translation>
    </message>
    <message>
        <source>It comes after another %1 %2.</source>
        <translation>Elle vient après encore %1 %2.</translation>
    </message>
    <message>
        <source>The car does not say how much energy is left.</source>
        <translation>La voiture n&apos;indique pas l&apos;énergie restante.</translation>
    </message>
    <message>
        <source>Last %1 %3. The car says %2 %3.</source>
        <translation>Sur %1 %3. Voiture : %2 %3.</translation>
    </message>
    <message>
        <source>From the last %1 %2.</source>
        <translation>D&apos;après les derniers %1 %2.</translation>
    </message>
</context>
<context>
    <name>RatingBar</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n étoile</numerusform>
            <numerusform>%n étoiles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RearOverlay</name>
    <message>
        <source>Rear view</source>
        <translation>Vue arrière</translation>
    </message>
    <message>
        <source>Test picture, no camera</source>
        <translation>Image d&apos;essai, sans caméra</translation>
    </message>
    <message>
        <source>Close the rear view</source>
        <translation>Fermer la vue arrière</translation>
    </message>
</context>
<context>
    <name>RearView</name>
    <message>
        <source>This computer cannot show cameras.</source>
        <translation>Cet ordinateur ne peut afficher de caméra.</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>Use the mirrors and look back.</source>
        <translation>Utilisez les rétros et regardez derrière.</translation>
    </message>
    <message>
        <source>The rear camera sends no picture.</source>
        <translation>La caméra arrière n&apos;envoie pas d&apos;image.</translation>
    </message>
    <message>
        <source>The rear camera cannot be reached.</source>
        <translation>La caméra arrière est injoignable.</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Pas d&apos;image</translation>
    </message>
    <message>
        <source>The rear camera repeats one picture.</source>
        <translation>La caméra arrière répète une image.</translation>
    </message>
    <message>
        <source>Picture frozen</source>
        <translation>Image figée</translation>
    </message>
    <message>
        <source>Is the rear camera covered?</source>
        <translation>La caméra arrière est-elle couverte&#xa0;?</translation>
    </message>
    <message>
        <source>Nothing to see</source>
        <translation>Rien à voir</translation>
    </message>
    <message>
        <source>The selector&apos;s position is not known. The picture stays until you close it.</source>
        <translation>La position du sélecteur est inconnue. L&apos;image reste jusqu&apos;à ce que vous la fermiez.</translation>
    </message>
</context>
<context>
    <name>Resolution</name>
    <message>
        <source>Start it again</source>
        <translation>Relancer</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Start the app again</source>
        <translation>Relancer l&apos;appli</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>Choisir ses droits</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Le journal est vide.</translation>
    </message>
</context>
<context>
    <name>ResolutionPage</name>
    <message>
        <source>All is well.</source>
        <translation>Tout va bien.</translation>
    </message>
    <message>
        <source>The parts of the car&apos;s computer are being asked.</source>
        <translation>Interrogation des éléments de l&apos;ordinateur de bord.</translation>
    </message>
    <message>
        <source>What is off is said here, with what ends it.</source>
        <translation>Ici s&apos;affichent les défauts et leurs remèdes.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 de plus à l&apos;arrêt</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Résolu</translation>
    </message>
</context>
<context>
    <name>RouteCard</name>
    <message>
        <source>leaves %1</source>
        <translation>reste %1</translation>
    </message>
    <message>
        <source>Nobody guides you now.</source>
        <translation>Aucun guidage en cours.</translation>
    </message>
</context>
<context>
    <name>RoutePage</name>
    <message>
        <source>No route was found.</source>
        <translation>Aucun itinéraire trouvé.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Starting</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>It stopped and is starting again</source>
        <translation>Arrêt, redémarrage en cours</translation>
    </message>
    <message>
        <source>It stopped too often and stays off</source>
        <translation>Trop d&apos;arrêts, reste coupé</translation>
    </message>
    <message>
        <source>It could not be loaded</source>
        <translation>Chargement impossible</translation>
    </message>
    <message>
        <source>It is off because this machine cannot isolate it</source>
        <translation>Coupé&#xa0;: cette machine ne peut l&apos;isoler</translation>
    </message>
    <message>
        <source>It waits for your agreement</source>
        <translation>Attend votre accord</translation>
    </message>
    <message>
        <source>It is off</source>
        <translation>Coupé</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Arrêté</translation>
    </message>
    <message>
        <source>The car did not confirm it in time.</source>
        <translation>La voiture ne l&apos;a pas confirmé à temps.</translation>
    </message>
    <message>
        <source>The car cannot do it at the moment.</source>
        <translation>La voiture ne peut le faire pour l&apos;instant.</translation>
    </message>
    <message>
        <source>The car does not take this value.</source>
        <translation>La voiture n&apos;accepte pas cette valeur.</translation>
    </message>
    <message>
        <source>This car does not have it.</source>
        <translation>Cette voiture n&apos;en est pas équipée.</translation>
    </message>
    <message>
        <source>It is not allowed now.</source>
        <translation>Pas permis pour l&apos;instant.</translation>
    </message>
    <message>
        <source>Vehicle data</source>
        <translation>Données du véhicule</translation>
    </message>
    <message>
        <source>The car&apos;s signals arrive.</source>
        <translation>Les signaux de la voiture arrivent.</translation>
    </message>
    <message>
        <source>Vehicle data is starting.</source>
        <translation>Les données du véhicule démarrent.</translation>
    </message>
    <message>
        <source>Vehicle data is restarting.</source>
        <translation>Les données du véhicule redémarrent.</translation>
    </message>
    <message>
        <source>Vehicle data is not running.</source>
        <translation>Les données du véhicule sont coupées.</translation>
    </message>
    <message>
        <source>Vehicle data does not answer.</source>
        <translation>Les données du véhicule ne répondent pas.</translation>
    </message>
    <message>
        <source>Driving state</source>
        <translation>État de conduite</translation>
    </message>
    <message>
        <source>The driving state is known.</source>
        <translation>L&apos;état de conduite est connu.</translation>
    </message>
    <message>
        <source>Driving state is starting.</source>
        <translation>L&apos;état de conduite démarre.</translation>
    </message>
    <message>
        <source>Driving state is restarting.</source>
        <translation>L&apos;état de conduite redémarre.</translation>
    </message>
    <message>
        <source>Driving state is not running.</source>
        <translation>L&apos;état de conduite est coupé.</translation>
    </message>
    <message>
        <source>Driving state does not answer.</source>
        <translation>L&apos;état de conduite ne répond pas.</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>Applis</translation>
    </message>
    <message>
        <source>Apps run, each in a sandbox of its own.</source>
        <translation>Les applis tournent, chacune dans son bac à sable.</translation>
    </message>
    <message>
        <source>Apps are starting.</source>
        <translation>Les applis démarrent.</translation>
    </message>
    <message>
        <source>Apps are restarting.</source>
        <translation>Les applis redémarrent.</translation>
    </message>
    <message>
        <source>Apps are not running.</source>
        <translation>Les applis sont coupées.</translation>
    </message>
    <message>
        <source>Apps do not answer.</source>
        <translation>Les applis ne répondent pas.</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Voix</translation>
    </message>
    <message>
        <source>Touch the microphone and speak.</source>
        <translation>Touchez le micro et parlez.</translation>
    </message>
    <message>
        <source>Voice is starting.</source>
        <translation>La voix démarre.</translation>
    </message>
    <message>
        <source>Voice is restarting.</source>
        <translation>La voix redémarre.</translation>
    </message>
    <message>
        <source>Voice is not running.</source>
        <translation>La voix est coupée.</translation>
    </message>
    <message>
        <source>Voice does not answer.</source>
        <translation>La voix ne répond pas.</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>Cloud</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Connecté.</translation>
    </message>
    <message>
        <source>Cloud is starting.</source>
        <translation>Le cloud démarre.</translation>
    </message>
    <message>
        <source>Cloud is restarting.</source>
        <translation>Le cloud redémarre.</translation>
    </message>
    <message>
        <source>Cloud is not running.</source>
        <translation>Le cloud est coupé.</translation>
    </message>
    <message>
        <source>Cloud does not answer.</source>
        <translation>Le cloud ne répond pas.</translation>
    </message>
    <message>
        <source>It comes back by itself.</source>
        <translation>Cela revient tout seul.</translation>
    </message>
    <message>
        <source>The screen goes on without it.</source>
        <translation>L&apos;écran continue sans cela.</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>Et {count} de plus.</translation>
    </message>
    <message>
        <source>It is restarted if it stays so.</source>
        <translation>Relance si cela persiste.</translation>
    </message>
    <message>
        <source>Parked</source>
        <translation>À l&apos;arrêt</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Immobile</translation>
    </message>
    <message>
        <source>Driving</source>
        <translation>Conduite</translation>
    </message>
    <message>
        <source>State unknown</source>
        <translation>État inconnu</translation>
    </message>
    <message>
        <source>{what} was not changed.</source>
        <translation>{what}&#xa0;: pas de changement.</translation>
    </message>
</context>
<context>
    <name>SettingTile</name>
    <message>
        <source>On</source>
        <translation>Marche</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Arrêt</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>The boot</source>
        <translation>Coffre</translation>
    </message>
    <message>
        <source>The boot&apos;s lock</source>
        <translation>Serrure du coffre</translation>
    </message>
    <message>
        <source>The mirrors</source>
        <translation>Rétros</translation>
    </message>
    <message>
        <source>The interior light</source>
        <translation>Éclairage intérieur</translation>
    </message>
    <message>
        <source>The ambient light</source>
        <translation>Éclairage d&apos;ambiance</translation>
    </message>
    <message>
        <source>The lock</source>
        <translation>Serrure</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>Vitre</translation>
    </message>
    <message>
        <source>The driver&apos;s temperature</source>
        <translation>La température du conducteur</translation>
    </message>
    <message>
        <source>The passenger&apos;s temperature</source>
        <translation>La température du passager</translation>
    </message>
    <message>
        <source>The fan</source>
        <translation>La ventilation</translation>
    </message>
    <message>
        <source>Air conditioning</source>
        <translation>Climatisation</translation>
    </message>
    <message>
        <source>The front defroster</source>
        <translation>Le dégivrage avant</translation>
    </message>
    <message>
        <source>Air recirculation</source>
        <translation>Le recyclage d&apos;air</translation>
    </message>
    <message>
        <source>The passenger&apos;s fan</source>
        <translation>Ventilateur passager</translation>
    </message>
    <message>
        <source>The way of the air</source>
        <translation>Répartition d&apos;air</translation>
    </message>
    <message>
        <source>The driver&apos;s seat heating</source>
        <translation>Siège chauffant conducteur</translation>
    </message>
    <message>
        <source>The passenger&apos;s seat heating</source>
        <translation>Siège chauffant passager</translation>
    </message>
    <message>
        <source>The steering wheel&apos;s heating</source>
        <translation>Volant chauffant</translation>
    </message>
    <message>
        <source>The rear defroster</source>
        <translation>Dégivrage arrière</translation>
    </message>
    <message>
        <source>The windscreen&apos;s heating</source>
        <translation>Pare-brise chauffant</translation>
    </message>
    <message>
        <source>The mirrors&apos; heating</source>
        <translation>Rétros chauffants</translation>
    </message>
    <message>
        <source>The charge limit</source>
        <translation>Limite de charge</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>En charge</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Driver</source>
        <translation>Conducteur</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Affichage</translation>
    </message>
    <message>
        <source>Language, units</source>
        <translation>Langue, unités</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Confidentialité</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Mises à jour</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Invité</translation>
    </message>
    <message>
        <source>One is ready</source>
        <translation>Une est prête</translation>
    </message>
    <message>
        <source>%1 to look at</source>
        <translation>%1 à vérifier</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Leads to %1</source>
        <translation>Mène à %1</translation>
    </message>
    <message>
        <source>Continue with %1</source>
        <translation>Continuer avec %1</translation>
    </message>
</context>
<context>
    <name>SignalsPage</name>
    <message>
        <source>Engineering</source>
        <translation>Technique</translation>
    </message>
    <message>
        <source>%1 live signals</source>
        <translation>%1 signaux en direct</translation>
    </message>
    <message>
        <source>No signal has a value yet.</source>
        <translation>Aucun signal n&apos;a encore de valeur.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 de plus à l&apos;arrêt</translation>
    </message>
</context>
<context>
    <name>Sound</name>
    <message>
        <source>{name} is quieter while something more important is heard.</source>
        <translation>{name} est plus bas pendant qu&apos;un son plus important est diffusé.</translation>
    </message>
    <message>
        <source>{name} waits until the sound is free.</source>
        <translation>{name} attend que le son soit libre.</translation>
    </message>
    <message>
        <source>{name} is heard.</source>
        <translation>{name} est diffusé.</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Muet</translation>
    </message>
    <message>
        <source>What sets the volume is not running. It is started again by itself.</source>
        <translation>Le réglage du volume ne fonctionne pas. Il redémarre tout seul.</translation>
    </message>
</context>
<context>
    <name>SoundPanel</name>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>Rétablir le son</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Couper le son</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>Moins fort</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>Plus fort</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Nobody is heard now.</source>
        <translation>Rien n&apos;est diffusé en ce moment.</translation>
    </message>
</context>
<context>
    <name>SpentChart</name>
    <message>
        <source>%1%2 kWh</source>
        <translation>%1%2 kWh</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>Traction</translation>
    </message>
    <message>
        <source>Climate, 12 V and losses</source>
        <translation>Climat, 12 V et pertes</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Récupérée</translation>
    </message>
    <message>
        <source>The car does not say what its motor takes.</source>
        <translation>La voiture n&apos;indique pas ce que prend son moteur.</translation>
    </message>
    <message>
        <source>Nothing has been driven yet.</source>
        <translation>Aucun trajet pour le moment.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>Messages, %n new</source>
        <translation>
            <numerusform>Messages, %n nouveau</numerusform>
            <numerusform>Messages, %n nouveaux</numerusform>
        </translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>Volume: %1</source>
        <translation>Volume : %1</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>Parler</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>%1: less</source>
        <translation>%1&#xa0;: moins</translation>
    </message>
    <message>
        <source>%1: more</source>
        <translation>%1&#xa0;: plus</translation>
    </message>
</context>
<context>
    <name>Store</name>
    <message>
        <source>On the way</source>
        <translation>En route</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Recharge</translation>
    </message>
    <message>
        <source>Music and more</source>
        <translation>Musique et plus</translation>
    </message>
    <message>
        <source>Comfort</source>
        <translation>Confort</translation>
    </message>
    <message>
        <source>About the car</source>
        <translation>Autour de la voiture</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>The store does not answer. Try again when there is a connection.</source>
        <translation>La boutique ne répond pas. Réessayez quand il y aura une connexion.</translation>
    </message>
    <message>
        <source>There is not enough room. Remove an app that you do not need.</source>
        <translation>Il n’y a pas assez de place. Supprimez une application inutile.</translation>
    </message>
    <message>
        <source>What came was not what the store has signed, so it is not used. Try again later.</source>
        <translation>Ce qui est arrivé n’est pas ce que la boutique a signé et n’est pas utilisé. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>The car refuses this package: it is not what was promised. Choose another app.</source>
        <translation>La voiture refuse ce paquet : ce n’est pas ce qui était promis. Choisissez une autre application.</translation>
    </message>
    <message>
        <source>This app does not fit this car. Choose another one.</source>
        <translation>Cette application ne convient pas à cette voiture. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>Apps are installed while the car is parked. Park and try again.</source>
        <translation>Les applications s’installent à l’arrêt. Garez-vous et réessayez.</translation>
    </message>
    <message>
        <source>The store does not offer this now. Look at the list again.</source>
        <translation>La boutique ne le propose plus. Regardez à nouveau la liste.</translation>
    </message>
    <message>
        <source>Something in the car failed. Try again in a moment.</source>
        <translation>Quelque chose a échoué dans la voiture. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>It is being fetched.</source>
        <translation>Téléchargement en cours.</translation>
    </message>
    <message>
        <source>It is being checked and installed.</source>
        <translation>Vérification et installation en cours.</translation>
    </message>
    <message>
        <source>Stopped. What has come is kept for the next time.</source>
        <translation>Arrêté. Ce qui est arrivé est gardé pour la prochaine fois.</translation>
    </message>
    <message>
        <source>The store is being opened.</source>
        <translation>Ouverture de la boutique.</translation>
    </message>
    <message>
        <source>This car has no store. Apps come with updates, or from a package.</source>
        <translation>Cette voiture n’a pas de boutique. Les applications arrivent par mise à jour ou par paquet.</translation>
    </message>
    <message>
        <source>The store has no apps yet.</source>
        <translation>La boutique n’a pas encore d’applications.</translation>
    </message>
    <message>
        <source>As of {moment}.</source>
        <translation>État : {moment}.</translation>
    </message>
    <message>
        <source>{used} of {limit} were fetched today.</source>
        <translation>{used} sur {limit} ont été téléchargés aujourd’hui.</translation>
    </message>
    <message>
        <source>{used} of {limit} were fetched today: updates wait, what you choose comes.</source>
        <translation>{used} sur {limit} téléchargés aujourd’hui : les mises à jour attendent, ce que vous choisissez arrive.</translation>
    </message>
    <message>
        <source>The store does not answer. This list is of {moment}.</source>
        <translation>La boutique ne répond pas. Cette liste date de {moment}.</translation>
    </message>
    <message>
        <source>By {author}. Version {version}, {size}.</source>
        <translation>Par {author}. Version {version}, {size}.</translation>
    </message>
    <message>
        <source>{mean} of 5 stars, from {count} cars.</source>
        <translation>{mean} étoiles sur 5, d&apos;après {count} voitures.</translation>
    </message>
    <message>
        <source>Not enough ratings yet.</source>
        <translation>Pas encore assez d&apos;avis.</translation>
    </message>
    <message>
        <source>Signed by {name}, whom the store vouches for.</source>
        <translation>Signé par {name}, dont la boutique se porte garante.</translation>
    </message>
    <message>
        <source>Nobody whom this car trusts vouches for who made it. It cannot be installed.</source>
        <translation>Personne de confiance ne garantit son auteur. Elle ne peut pas être installée.</translation>
    </message>
    <message>
        <source>Trust {now} of 8</source>
        <translation>Confiance {now} sur 8</translation>
    </message>
    <message>
        <source>It says: “{reason}”</source>
        <translation>Elle dit : « {reason} »</translation>
    </message>
    <message>
        <source>You may refuse it. It says: “{reason}”</source>
        <translation>Vous pouvez refuser. Elle dit : « {reason} »</translation>
    </message>
    <message>
        <source>{mean} ★ ({count})</source>
        <translation>{mean} ★ ({count})</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Mettre à jour</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installée</translation>
    </message>
    <message>
        <source>It is installed. Your apps show it.</source>
        <translation>Elle est installée, parmi vos applications.</translation>
    </message>
    <message>
        <source>The app has been removed.</source>
        <translation>L’application a été supprimée.</translation>
    </message>
</context>
<context>
    <name>StoreOffer</name>
    <message>
        <source>Install when parked</source>
        <translation>Installer à l’arrêt</translation>
    </message>
    <message>
        <source>Another app is being installed</source>
        <translation>Une autre s’installe</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Mettre à jour</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>Installer</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Pourquoi pas maintenant ?</translation>
    </message>
    <message>
        <source>How much has come</source>
        <translation>Part déjà reçue</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Show it in your apps</source>
        <translation>Voir dans vos applications</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Nouveautés</translation>
    </message>
    <message>
        <source>What it may do. %1</source>
        <translation>Ses droits. %1</translation>
    </message>
</context>
<context>
    <name>StorePage</name>
    <message>
        <source>You can look through the store when parked.</source>
        <translation>Vous pouvez parcourir la boutique à l’arrêt.</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Boutique</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Your apps</source>
        <translation>Vos applications</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 de plus à l’arrêt</translation>
    </message>
</context>
<context>
    <name>SystemSection</name>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Bus %1</source>
        <translation>Bus %1</translation>
    </message>
    <message>
        <source>What is off, and what to do (%1)</source>
        <translation>Défauts et remèdes (%1)</translation>
    </message>
    <message>
        <source>What is off, and what to do</source>
        <translation>Défauts et remèdes</translation>
    </message>
    <message>
        <source>All signals</source>
        <translation>Tous les signaux</translation>
    </message>
    <message>
        <source>About and licences</source>
        <translation>À propos et licences</translation>
    </message>
</context>
<context>
    <name>Telephone</name>
    <message>
        <source>Unknown number</source>
        <translation>Numéro inconnu</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Appel entrant</translation>
    </message>
    <message>
        <source>On the phone</source>
        <translation>En communication</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Calling</source>
        <translation>Appel en cours</translation>
    </message>
</context>
<context>
    <name>Translator</name>
    <message>
        <source>The language cannot be shown. The screen stays as it is.</source>
        <translation>La langue ne peut s&apos;afficher. L&apos;écran reste tel quel.</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Shuffle</source>
        <translation>Aléatoire</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Précédent</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Répéter</translation>
    </message>
</context>
<context>
    <name>TyreBadge</name>
    <message>
        <source>%1 ago</source>
        <translation>il y a %1</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Basse</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>À vérifier</translation>
    </message>
    <message>
        <source>Falling</source>
        <translation>En baisse</translation>
    </message>
    <message>
        <source>Rising</source>
        <translation>En hausse</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>Stable</translation>
    </message>
    <message>
        <source>%1°</source>
        <translation>%1°</translation>
    </message>
    <message>
        <source>Tyre pressure %1. Why?</source>
        <translation>Pression du pneu %1. Pourquoi ?</translation>
    </message>
</context>
<context>
    <name>Updates</name>
    <message>
        <source>Updates are not set up</source>
        <translation>Mises à jour non configurées</translation>
    </message>
    <message>
        <source>Everything is up to date</source>
        <translation>Tout est à jour</translation>
    </message>
    <message>
        <source>An update is being fetched</source>
        <translation>Téléchargement d&apos;une mise à jour</translation>
    </message>
    <message>
        <source>An update is ready</source>
        <translation>Une mise à jour est prête</translation>
    </message>
    <message>
        <source>The update is being installed</source>
        <translation>Installation de la mise à jour</translation>
    </message>
    <message>
        <source>The update is in use and watched</source>
        <translation>La mise à jour est utilisée et surveillée</translation>
    </message>
    <message>
        <source>The newest update was not taken</source>
        <translation>La dernière mise à jour n&apos;a pas été retenue</translation>
    </message>
    <message numerus="yes">
        <source>Installing takes about %n minutes.</source>
        <translation>
            <numerusform>L&apos;installation dure environ %n minute.</numerusform>
            <numerusform>L&apos;installation dure environ %n minutes.</numerusform>
        </translation>
    </message>
    <message>
        <source>An update is ready. Settings show what it changes.</source>
        <translation>Une mise à jour est prête. Les réglages montrent ce qu&apos;elle change.</translation>
    </message>
</context>
<context>
    <name>UpdatesSection</name>
    <message>
        <source>Updates</source>
        <translation>Mises à jour</translation>
    </message>
    <message>
        <source>Updates are being asked about.</source>
        <translation>Recherche de mises à jour.</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 au lieu de %2</translation>
    </message>
    <message>
        <source>Install it when the car is parked</source>
        <translation>Installer à l&apos;arrêt</translation>
    </message>
    <message>
        <source>Do not install it</source>
        <translation>Ne pas installer</translation>
    </message>
    <message>
        <source>When is it installed?</source>
        <translation>Quand est-ce installé ?</translation>
    </message>
    <message>
        <source>You can agree to it when parked. Nothing is installed before.</source>
        <translation>Vous pouvez l&apos;accepter à l&apos;arrêt. Rien n&apos;est installé avant.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Demande…</translation>
    </message>
    <message>
        <source>Look for updates</source>
        <translation>Chercher les mises à jour</translation>
    </message>
    <message>
        <source>Yes, go back</source>
        <translation>Oui, revenir</translation>
    </message>
    <message>
        <source>Go back to what was before</source>
        <translation>Revenir à la version précédente</translation>
    </message>
    <message>
        <source>Last asked</source>
        <translation>Dernière recherche</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installé</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Historique</translation>
    </message>
</context>
<context>
    <name>Uplink</name>
    <message numerus="yes">
        <source>%n records wait on board; none is lost.</source>
        <translation>
            <numerusform>%n enregistrement attend à bord&#xa0;; aucun n&apos;est perdu.</numerusform>
            <numerusform>%n enregistrements attendent à bord&#xa0;; aucun n&apos;est perdu.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Online. %n records have arrived.</source>
        <translation>
            <numerusform>En ligne. %n enregistrement est arrivé.</numerusform>
            <numerusform>En ligne. %n enregistrements sont arrivés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting to the fleet.</source>
        <translation>Connexion à la flotte.</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
</context>
<context>
    <name>Vehicle</name>
    <message>
        <source>Charging</source>
        <translation>En charge</translation>
    </message>
    <message>
        <source>Regenerating</source>
        <translation>Récupération</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>Sur batterie</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
</context>
<context>
    <name>VehiclePage</name>
    <message>
        <source>12 V</source>
        <translation>12 V</translation>
    </message>
    <message>
        <source>12 V battery</source>
        <translation>Batterie 12 V</translation>
    </message>
    <message>
        <source>V</source>
        <translation>V</translation>
    </message>
    <message>
        <source>Service due</source>
        <translation>Entretien échu</translation>
    </message>
    <message>
        <source>Service in</source>
        <translation>Entretien</translation>
    </message>
    <message>
        <source>Washer</source>
        <translation>Lave-glace</translation>
    </message>
    <message>
        <source>Washer fluid</source>
        <translation>Lave-glace</translation>
    </message>
    <message>
        <source>Locks</source>
        <translation>Serrures</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Verrouillé</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>En partie</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>Déverrouillé</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>Vitres</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvert</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Fermé</translation>
    </message>
    <message>
        <source>Boot</source>
        <translation>Coffre</translation>
    </message>
    <message>
        <source>Mirrors</source>
        <translation>Rétros</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Repliés</translation>
    </message>
    <message>
        <source>Unfolded</source>
        <translation>Dépliés</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Éclairage</translation>
    </message>
    <message>
        <source>Ambient</source>
        <translation>Ambiant</translation>
    </message>
</context>
<context>
    <name>VoiceOverlay</name>
    <message>
        <source>Listening…</source>
        <translation>Écoute…</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>Doing it…</source>
        <translation>En cours…</translation>
    </message>
</context>
<context>
    <name>WayLeft</name>
    <message>
        <source>Arrival</source>
        <translation>Arrivée</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Restant</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Charge</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>Front left: low</source>
        <translation>Avant gauche : basse</translation>
    </message>
    <message>
        <source>Front right: low</source>
        <translation>Avant droit : basse</translation>
    </message>
    <message>
        <source>Rear left: low</source>
        <translation>Arrière gauche : basse</translation>
    </message>
    <message>
        <source>Rear right: low</source>
        <translation>Arrière droit : basse</translation>
    </message>
    <message>
        <source>Power of the battery</source>
        <translation>Puissance de la batterie</translation>
    </message>
    <message>
        <source>Energy left</source>
        <translation>Énergie restante</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Charge</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Recharge</translation>
    </message>
    <message>
        <source>Cable at the port</source>
        <translation>Câble à la prise</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>Habitacle</translation>
    </message>
    <message>
        <source>not heard</source>
        <translation>sans nouvelle</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>Sélecteur</translation>
    </message>
    <message>
        <source>Parking brake</source>
        <translation>Frein de stationnement</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Activé</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>Standing with the selector in P, or in N with the parking brake, is parked.</source>
        <translation>À l&apos;arrêt avec le sélecteur sur P, ou sur N avec le frein de stationnement, la voiture est garée.</translation>
    </message>
    <message>
        <source>Standing without the selector in P is standing: only films wait.</source>
        <translation>À l&apos;arrêt sans P, seuls les films attendent.</translation>
    </message>
    <message>
        <source>From %1 km/h on, and for %2 s after it, the car is driving.</source>
        <translation>Dès %1 km/h, et encore %2 s après, la voiture roule.</translation>
    </message>
    <message>
        <source>What is not known, or older than %1 s, limits as driving does.</source>
        <translation>Ce qui est inconnu, ou plus vieux que %1 s, limite comme la conduite.</translation>
    </message>
    <message>
        <source>While the car drives, a list shows up to {rows} rows and a text up to {signs} characters.</source>
        <translation>En roulant, une liste montre jusqu&apos;à {rows} lignes et un texte jusqu&apos;à {signs} caractères.</translation>
    </message>
    <message>
        <source>Shorter while driving</source>
        <translation>Plus court en roulant</translation>
    </message>
    <message>
        <source>Set up when parked</source>
        <translation>Réglage à l&apos;arrêt</translation>
    </message>
    <message>
        <source>What takes several glances to set up is changed while the selector is in P.</source>
        <translation>Ce qui demande plusieurs regards se règle lorsque le sélecteur est sur P.</translation>
    </message>
    <message>
        <source>Shown when parked</source>
        <translation>Affiché à l&apos;arrêt</translation>
    </message>
    <message>
        <source>Pages for reading, typing and films are shown while the selector is in P.</source>
        <translation>Les pages de lecture, de saisie et les films s&apos;affichent lorsque le sélecteur est sur P.</translation>
    </message>
    <message>
        <source>The task is long enough</source>
        <translation>La tâche est assez longue</translation>
    </message>
    <message>
        <source>While the car drives, a task in an app has a limited number of pages.</source>
        <translation>En roulant, une tâche dans une appli a un nombre de pages limité.</translation>
    </message>
    <message>
        <source>Tyre pressure</source>
        <translation>Pression des pneus</translation>
    </message>
    <message>
        <source>A tyre counts as low when the car&apos;s own tyre monitoring says so. The screen judges nothing.</source>
        <translation>Un pneu est jugé trop bas quand la surveillance de la voiture le dit. L&apos;écran ne juge rien.</translation>
    </message>
    <message>
        <source>The car reports the pressure of each tyre and whether it is too low.</source>
        <translation>La voiture indique la pression de chaque pneu et si elle est trop basse.</translation>
    </message>
    <message>
        <source>From the energy left and the use over each {window} km of the last {kept} km; it needs {enough} km of road.</source>
        <translation>D&apos;après l&apos;énergie restante et la consommation sur chaque tranche de {window} km des {kept} derniers km ; il faut {enough} km de route.</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Autonomie</translation>
    </message>
    <message>
        <source>Charge, plug and time left are what the car reports. The screen judges nothing.</source>
        <translation>Charge, prise et temps restant sont ceux que la voiture indique. L&apos;écran ne juge rien.</translation>
    </message>
    <message>
        <source>Charging begins with a plug and your word, and ends at the limit or when you stop it.</source>
        <translation>La charge commence avec une prise et votre ordre, et finit à la limite ou quand vous l&apos;arrêtez.</translation>
    </message>
    <message>
        <source>It begins a minute earlier for each degree, in P with {floor} % charge or more, or {plug} % at a plug.</source>
        <translation>Cela commence une minute plus tôt par degré, en P avec au moins {floor} % de charge, ou {plug} % sur prise.</translation>
    </message>
    <message>
        <source>Departures</source>
        <translation>Départs</translation>
    </message>
    <message>
        <source>The car makes the cabin ready by itself, or says why it does not.</source>
        <translation>La voiture prépare l&apos;habitacle d&apos;elle-même, ou dit pourquoi elle ne le fait pas.</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Mises à jour</translation>
    </message>
    <message>
        <source>It is installed while the car is parked, so that nothing is missing on the road.</source>
        <translation>L&apos;installation se fait à l&apos;arrêt, pour que rien ne manque sur la route.</translation>
    </message>
    <message>
        <source>Repaired when parked</source>
        <translation>Réparé à l&apos;arrêt</translation>
    </message>
    <message>
        <source>What stops a part that you need to drive is done while the selector is in P.</source>
        <translation>Ce qui arrête une partie utile à la conduite se fait avec le sélecteur sur P.</translation>
    </message>
    <message>
        <source>A part of the car&apos;s computer is off when it does not answer, or ends again and again.</source>
        <translation>Une partie de l&apos;ordinateur de bord est en panne si elle ne répond pas ou s&apos;arrête sans cesse.</translation>
    </message>
    <message>
        <source>A vehicle bus is off when its controller reports errors or no frame arrives.</source>
        <translation>Un bus est en panne si son contrôleur signale des erreurs ou si aucune trame n&apos;arrive.</translation>
    </message>
    <message>
        <source>A message is damaged when its checksum or its counter is wrong too often.</source>
        <translation>Un message est abîmé quand sa somme de contrôle ou son compteur est trop souvent faux.</translation>
    </message>
    <message>
        <source>An app that ended by itself is started again more and more rarely.</source>
        <translation>Une appli qui s&apos;arrête d&apos;elle-même est relancée de plus en plus rarement.</translation>
    </message>
    <message>
        <source>An update is installed after you agree, and taken back when it does not do well.</source>
        <translation>Une mise à jour s&apos;installe après votre accord et est annulée si elle fonctionne mal.</translation>
    </message>
    <message>
        <source>Used as on eight of ten stretches of the road behind, the energy ends within the band.</source>
        <translation>Consommée comme sur huit tronçons parcourus sur dix, l&apos;énergie s&apos;épuise dans la bande.</translation>
    </message>
    <message>
        <source>The car counts the trouble codes that its control units have stored.</source>
        <translation>La voiture compte les codes de défaut enregistrés par ses calculateurs.</translation>
    </message>
    <message>
        <source>Below {least} MB of free storage, drives may not be kept.</source>
        <translation>Sous {least} Mo d&apos;espace libre, les trajets risquent de ne pas être gardés.</translation>
    </message>
    <message>
        <source>This part of the car&apos;s computer reported it itself.</source>
        <translation>Cette partie de l&apos;ordinateur de bord l&apos;a signalé elle-même.</translation>
    </message>
    <message>
        <source>You allowed this app to show alerts. One stays until you answer or its time is over.</source>
        <translation>Vous avez permis à cette appli d&apos;alerter. L&apos;alerte reste jusqu&apos;à votre réponse ou la fin de son délai.</translation>
    </message>
    <message>
        <source>You allowed this app to show news. It goes by itself and makes no sound.</source>
        <translation>Vous avez permis à cette appli d&apos;afficher des nouvelles. Elles disparaissent seules, sans bruit.</translation>
    </message>
    <message>
        <source>{app} says it. The car has not checked what the app says.</source>
        <translation>{app} le dit. La voiture n&apos;a pas vérifié ce que dit l&apos;appli.</translation>
    </message>
</context>
<context>
    <name>WhyArea</name>
    <message>
        <source>%1. Why?</source>
        <translation>%1. Pourquoi ?</translation>
    </message>
</context>
<context>
    <name>WhyNote</name>
    <message>
        <source>%1. Why?</source>
        <translation>%1. Pourquoi ?</translation>
    </message>
</context>
<context>
    <name>WindowPanel</name>
    <message>
        <source>Driver</source>
        <translation>Conducteur</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>Passager</translation>
    </message>
    <message>
        <source>Rear left</source>
        <translation>Arrière gauche</translation>
    </message>
    <message>
        <source>Rear right</source>
        <translation>Arrière droite</translation>
    </message>
    <message>
        <source>Close all</source>
        <translation>Tout fermer</translation>
    </message>
    <message>
        <source>Vent</source>
        <translation>Aérer</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>Withheld</name>
    <message>
        <source>This is set up when parked.</source>
        <translation>Réglable à l&apos;arrêt.</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Pourquoi pas maintenant ?</translation>
    </message>
</context>
<context>
    <name>ZoneCard</name>
    <message>
        <source>Fan</source>
        <translation>Ventilateur</translation>
    </message>
    <message>
        <source>Seat heating</source>
        <translation>Siège chauffant</translation>
    </message>
</context>
</TS>
