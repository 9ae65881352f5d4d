<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>names, types and units of signals</source>
        <translation>Namen, Typen und Einheiten der Signale</translation>
    </message>
</context>
<context>
    <name>AirChoice</name>
    <message>
        <source>Air to the windscreen</source>
        <translation>Luft zur Frontscheibe</translation>
    </message>
    <message>
        <source>Air to the middle</source>
        <translation>Luft zur Mitte</translation>
    </message>
    <message>
        <source>Air to the feet</source>
        <translation>Luft zu den Füßen</translation>
    </message>
</context>
<context>
    <name>AppArea</name>
    <message>
        <source>No apps are installed.</source>
        <translation>Keine Apps installiert.</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>Rechte festlegen</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
</context>
<context>
    <name>AppCard</name>
    <message>
        <source>This page is shown when parked.</source>
        <translation>Diese Seite erscheint, wenn geparkt.</translation>
    </message>
    <message>
        <source>It shows nothing yet.</source>
        <translation>Noch nichts zu sehen.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 mehr, wenn geparkt</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt…</translation>
    </message>
    <message>
        <source>Not answering, may be old</source>
        <translation>Keine Antwort, evtl. veraltet</translation>
    </message>
    <message>
        <source>More when parked. To the first page</source>
        <translation>Mehr, wenn geparkt. Zur ersten Seite</translation>
    </message>
    <message>
        <source>%1. Why?</source>
        <translation>%1. Warum?</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Warum nicht jetzt?</translation>
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
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>Rechte festlegen</translation>
    </message>
    <message>
        <source>Decide when parked</source>
        <translation>Wenn geparkt festlegen</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Warum nicht jetzt?</translation>
    </message>
    <message>
        <source>Each switch takes effect at once.</source>
        <translation>Jeder Schalter wirkt sofort.</translation>
    </message>
    <message>
        <source>What do you think of it?</source>
        <translation>Wie finden Sie sie?</translation>
    </message>
    <message>
        <source>May do</source>
        <translation>Darf</translation>
    </message>
    <message>
        <source>Did</source>
        <translation>Getan</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 mehr, wenn geparkt</translation>
    </message>
    <message>
        <source>Do not remove it</source>
        <translation>Nicht entfernen</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>What you allowed is forgotten either way. What it has kept can stay for when you install it again.</source>
        <translation>Was Sie erlaubt haben, wird in jedem Fall vergessen. Was die App gespeichert hat, kann für eine neue Installation bleiben.</translation>
    </message>
    <message>
        <source>Remove it, keep its data</source>
        <translation>Entfernen, Daten behalten</translation>
    </message>
    <message>
        <source>Remove it and its data</source>
        <translation>Entfernen samt Daten</translation>
    </message>
</context>
<context>
    <name>AppLedger</name>
    <message>
        <source>The record is intact.</source>
        <translation>Das Protokoll ist unversehrt.</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>Noch nichts.</translation>
    </message>
</context>
<context>
    <name>AppRating</name>
    <message>
        <source>Your rating is being looked up.</source>
        <translation>Ihre Bewertung wird nachgesehen.</translation>
    </message>
    <message>
        <source>Your rating counts in the store, without this car&apos;s name.</source>
        <translation>Ihre Bewertung zählt im Store, ohne den Namen dieses Autos.</translation>
    </message>
    <message>
        <source>Your rating stays in this car. It counts in the store if you agree to that.</source>
        <translation>Ihre Bewertung bleibt in diesem Auto. Sie zählt im Store, wenn Sie dem zustimmen.</translation>
    </message>
    <message>
        <source>There is not enough room. Your rating is as it was before.</source>
        <translation>Der Platz reicht nicht. Ihre Bewertung ist wie zuvor.</translation>
    </message>
    <message>
        <source>Your rating could not be kept. It is as it was before.</source>
        <translation>Ihre Bewertung konnte nicht gespeichert werden. Sie ist wie zuvor.</translation>
    </message>
</context>
<context>
    <name>AppRatingView</name>
    <message>
        <source>Your rating</source>
        <translation>Ihre Bewertung</translation>
    </message>
    <message>
        <source>Open Privacy</source>
        <translation>Datenschutz öffnen</translation>
    </message>
    <message>
        <source>Agree to it in Privacy</source>
        <translation>Im Datenschutz zustimmen</translation>
    </message>
    <message>
        <source>Take the rating back</source>
        <translation>Bewertung zurücknehmen</translation>
    </message>
</context>
<context>
    <name>AppScreen</name>
    <message>
        <source>Back to the apps</source>
        <translation>Zurück zu den Apps</translation>
    </message>
</context>
<context>
    <name>AppsPage</name>
    <message>
        <source>No apps are installed. The store has some.</source>
        <translation>Es sind keine Apps installiert. Der Store hat welche.</translation>
    </message>
    <message>
        <source>Open the store</source>
        <translation>Store öffnen</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>Find more apps</source>
        <translation>Weitere Apps</translation>
    </message>
    <message>
        <source>What it did</source>
        <translation>Was sie getan hat</translation>
    </message>
</context>
<context>
    <name>ArrangeSheet</name>
    <message>
        <source>Range and energy</source>
        <translation>Reichweite und Energie</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>Apps</translation>
    </message>
    <message>
        <source>Next manoeuvre</source>
        <translation>Nächstes Manöver</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>Medien</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>Innenraum</translation>
    </message>
    <message>
        <source>Cards of this page</source>
        <translation>Karten dieser Seite</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Has nothing to say now and steps back</source>
        <translation>Hat jetzt nichts zu sagen und tritt zurück</translation>
    </message>
    <message>
        <source>%1: earlier</source>
        <translation>%1: früher</translation>
    </message>
    <message>
        <source>%1: later</source>
        <translation>%1: später</translation>
    </message>
</context>
<context>
    <name>Body</name>
    <message>
        <source>The car says that it has broken down.</source>
        <translation>Das Auto meldet eine Panne.</translation>
    </message>
    <message>
        <source>The anti-lock brakes report a fault.</source>
        <translation>Das ABS meldet einen Fehler.</translation>
    </message>
    <message>
        <source>The stability control reports a fault.</source>
        <translation>Die Stabilitätskontrolle meldet einen Fehler.</translation>
    </message>
    <message>
        <source>The emergency brake assistant reports a fault.</source>
        <translation>Der Notbremsassistent meldet einen Fehler.</translation>
    </message>
    <message>
        <source>The cruise control reports a fault.</source>
        <translation>Der Tempomat meldet einen Fehler.</translation>
    </message>
    <message>
        <source>The car does not say how it is.</source>
        <translation>Das Auto meldet seinen Zustand nicht.</translation>
    </message>
    <message>
        <source>The car reports no fault.</source>
        <translation>Das Auto meldet keinen Fehler.</translation>
    </message>
    <message>
        <source>The car has stored one trouble code.</source>
        <translation>Das Auto hat einen Fehlercode gespeichert.</translation>
    </message>
    <message>
        <source>The car has stored {count} trouble codes.</source>
        <translation>Das Auto hat {count} Fehlercodes gespeichert.</translation>
    </message>
</context>
<context>
    <name>Buses</name>
    <message>
        <source>Well</source>
        <translation>In Ordnung</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Still</translation>
    </message>
    <message>
        <source>Flooded</source>
        <translation>Überlastet</translation>
    </message>
    <message>
        <source>Off after too many errors</source>
        <translation>Aus nach zu vielen Fehlern</translation>
    </message>
    <message>
        <source>Many errors</source>
        <translation>Viele Fehler</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message numerus="yes">
        <source>%n messages a second</source>
        <translation>
            <numerusform>%n Nachricht pro Sekunde</numerusform>
            <numerusform>%n Nachrichten pro Sekunde</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CabinCard</name>
    <message>
        <source>Cabin</source>
        <translation>Innenraum</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Außen</translation>
    </message>
</context>
<context>
    <name>CallBand</name>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Auflegen</translation>
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
        <translation>Laden</translation>
    </message>
    <message>
        <source>Plugged in</source>
        <translation>Angesteckt</translation>
    </message>
    <message>
        <source>Not plugged in</source>
        <translation>Nicht angesteckt</translation>
    </message>
    <message>
        <source>Time left: %1</source>
        <translation>Restzeit: %1</translation>
    </message>
    <message>
        <source>%1 h to %2 %</source>
        <translation>%1 h bis %2 %</translation>
    </message>
    <message>
        <source>%1 min to %2 %</source>
        <translation>%1 min bis %2 %</translation>
    </message>
    <message>
        <source>%1 kWh left</source>
        <translation>Noch %1 kWh</translation>
    </message>
    <message>
        <source>Charge limit</source>
        <translation>Ladegrenze</translation>
    </message>
    <message>
        <source>Charge to %1 %</source>
        <translation>Bis %1 % laden</translation>
    </message>
    <message>
        <source>Charge limit: %1</source>
        <translation>Ladegrenze: %1</translation>
    </message>
    <message>
        <source>%1 kW</source>
        <translation>%1 kW</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>Akku</translation>
    </message>
    <message>
        <source>Can take</source>
        <translation>Möglich</translation>
    </message>
    <message>
        <source>kW</source>
        <translation>kW</translation>
    </message>
    <message>
        <source>Plug in to charge</source>
        <translation>Zum Laden anstecken</translation>
    </message>
    <message>
        <source>The plug is not known</source>
        <translation>Stecker nicht bekannt</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Stoppt…</translation>
    </message>
    <message>
        <source>Stop charging</source>
        <translation>Laden beenden</translation>
    </message>
    <message>
        <source>Start charging</source>
        <translation>Laden starten</translation>
    </message>
</context>
<context>
    <name>ChargeFacts</name>
    <message>
        <source>Power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>Cost so far</source>
        <translation>Bisherige Kosten</translation>
    </message>
</context>
<context>
    <name>ChargePage</name>
    <message>
        <source>Plug in the cable</source>
        <translation>Kabel anstecken</translation>
    </message>
    <message>
        <source>Authorising</source>
        <translation>Freigabe läuft</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Station fault</source>
        <translation>Fehler der Säule</translation>
    </message>
</context>
<context>
    <name>ChargeRing</name>
    <message>
        <source>to %1 %</source>
        <translation>bis %1 %</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Consumption</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Charge curve</source>
        <translation>Ladekurve</translation>
    </message>
    <message>
        <source>Where it went</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>⌀ %1 %2</source>
        <translation>⌀ %1 %2</translation>
    </message>
    <message>
        <source>kW, now</source>
        <translation>kW, jetzt</translation>
    </message>
    <message>
        <source>kW, %1</source>
        <translation>kW, %1</translation>
    </message>
    <message>
        <source>Last %1 %2</source>
        <translation>Letzte %1 %2</translation>
    </message>
</context>
<context>
    <name>ClimateBar</name>
    <message>
        <source>Driver temperature</source>
        <translation>Temperatur Fahrer</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Fahrer</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>Gebläse</translation>
    </message>
    <message>
        <source>Air conditioning</source>
        <translation>Klimaanlage</translation>
    </message>
    <message>
        <source>Defrost the windscreen</source>
        <translation>Frontscheibe enteisen</translation>
    </message>
    <message>
        <source>Recirculate the air</source>
        <translation>Umluft</translation>
    </message>
    <message>
        <source>Passenger temperature</source>
        <translation>Temperatur Beifahrer</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>Beifahrer</translation>
    </message>
</context>
<context>
    <name>ClimatePage</name>
    <message>
        <source>Driver</source>
        <translation>Fahrer</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>Beifahrer</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>Both sides alike</source>
        <translation>Beide Seiten gleich</translation>
    </message>
    <message>
        <source>Take driver&apos;s</source>
        <translation>Wie Fahrer</translation>
    </message>
    <message>
        <source>A/C</source>
        <translation>A/C</translation>
    </message>
    <message>
        <source>Recirculate</source>
        <translation>Umluft</translation>
    </message>
    <message>
        <source>Defrost</source>
        <translation>Enteisen</translation>
    </message>
    <message>
        <source>Rear</source>
        <translation>Heck</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Scheibe</translation>
    </message>
    <message>
        <source>Mirrors</source>
        <translation>Spiegel</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Lenkrad</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>Gebläse</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
</context>
<context>
    <name>ConsentSheet</name>
    <message>
        <source>You can take it back at any time. What waits on board is then never sent, and the fleet is asked to delete what it has.</source>
        <translation>Sie können jederzeit widerrufen. Was an Bord noch wartet, wird dann nie gesendet, und die Flotte wird gebeten, ihre Daten zu löschen.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>Zustimmen</translation>
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
        <translation>Die Kurve wird beim Laden gemessen. Hier wurde noch nicht geladen.</translation>
    </message>
</context>
<context>
    <name>DepartureBar</name>
    <message>
        <source>Departures. %1</source>
        <translation>Abfahrten. %1</translation>
    </message>
    <message>
        <source>Climate</source>
        <translation>Klima</translation>
    </message>
    <message>
        <source>Departures</source>
        <translation>Abfahrten</translation>
    </message>
</context>
<context>
    <name>DepartureEditor</name>
    <message>
        <source>Mo</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>Tu</source>
        <translation>Di</translation>
    </message>
    <message>
        <source>We</source>
        <translation>Mi</translation>
    </message>
    <message>
        <source>Th</source>
        <translation>Do</translation>
    </message>
    <message>
        <source>Fr</source>
        <translation>Fr</translation>
    </message>
    <message>
        <source>Sa</source>
        <translation>Sa</translation>
    </message>
    <message>
        <source>Su</source>
        <translation>So</translation>
    </message>
    <message>
        <source>%1: less</source>
        <translation>%1: weniger</translation>
    </message>
    <message>
        <source>%1: more</source>
        <translation>%1: mehr</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>DeparturePanel</name>
    <message>
        <source>Say when you want to leave, and the cabin is warm or cool by then. It is done while the car is parked and has at least 20 % charge, or 10 % at a plug.</source>
        <translation>Geben Sie an, wann Sie losfahren möchten: Bis dahin ist der Innenraum warm oder kühl. Dafür muss das Auto geparkt und zu mindestens 20 % geladen sein, am Stecker zu 10 %.</translation>
    </message>
    <message>
        <source>New departure</source>
        <translation>Neue Abfahrt</translation>
    </message>
    <message>
        <source>When is it done?</source>
        <translation>Wann geschieht das?</translation>
    </message>
    <message>
        <source>Departures can be set when parked</source>
        <translation>Abfahrten einstellbar, wenn geparkt</translation>
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
        <translation>Abfahrt um %1 nutzen</translation>
    </message>
</context>
<context>
    <name>Departures</name>
    <message>
        <source>Mon</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>Di</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>Mi</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>Do</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>Fr</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>Sa</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>So</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Täglich</translation>
    </message>
    <message>
        <source>Monday to Friday</source>
        <translation>Montag bis Freitag</translation>
    </message>
    <message>
        <source>At the weekend</source>
        <translation>Am Wochenende</translation>
    </message>
    <message>
        <source>Departures are not kept at the moment.</source>
        <translation>Abfahrten werden derzeit nicht gespeichert.</translation>
    </message>
    <message>
        <source>No departure is planned.</source>
        <translation>Keine Abfahrt geplant.</translation>
    </message>
    <message>
        <source>The cabin will be ready at {time}.</source>
        <translation>Der Innenraum ist um {time} bereit.</translation>
    </message>
    <message>
        <source>The cabin is being made ready for {time}.</source>
        <translation>Der Innenraum wird für {time} vorbereitet.</translation>
    </message>
    <message>
        <source>The cabin will not be ready at {time}.</source>
        <translation>Der Innenraum wird um {time} nicht bereit sein.</translation>
    </message>
</context>
<context>
    <name>DisplaySection</name>
    <message>
        <source>Display</source>
        <translation>Anzeige</translation>
    </message>
    <message>
        <source>Day and night</source>
        <translation>Tag und Nacht</translation>
    </message>
    <message>
        <source>Automatic follows the light outside.</source>
        <translation>Automatisch folgt dem Licht draußen.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Nacht</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Groß</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Nothing slides or fades.</source>
        <translation>Nichts gleitet oder verblasst.</translation>
    </message>
    <message>
        <source>Steering wheel on the right</source>
        <translation>Lenkrad rechts</translation>
    </message>
    <message>
        <source>The drive and the navigation lie on the driver&apos;s side. It holds for every driver.</source>
        <translation>Fahranzeige und Navigation liegen auf der Fahrerseite. Gilt für alle Fahrer.</translation>
    </message>
    <message>
        <source>Text size, motion and the driver&apos;s side are set up when parked.</source>
        <translation>Textgröße, Bewegung und Fahrerseite sind einstellbar, wenn geparkt.</translation>
    </message>
</context>
<context>
    <name>DriverSection</name>
    <message>
        <source>Driver</source>
        <translation>Fahrer</translation>
    </message>
    <message>
        <source>Look, language, units and text size follow the driver.</source>
        <translation>Aussehen, Sprache, Einheiten und Textgröße richten sich nach dem Fahrer.</translation>
    </message>
    <message>
        <source>%1 drives. Another driver is chosen when parked.</source>
        <translation>%1 fährt. Fahrerwechsel nur, wenn geparkt.</translation>
    </message>
    <message>
        <source>A guest drives. A driver is chosen when parked.</source>
        <translation>Ein Gast fährt. Fahrerwahl nur, wenn geparkt.</translation>
    </message>
    <message>
        <source>Remove %1 and all choices?</source>
        <translation>%1 und alle Einstellungen entfernen?</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Gast</translation>
    </message>
    <message>
        <source>Nothing is kept</source>
        <translation>Nichts wird gespeichert</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>%1 behalten</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Add a driver</source>
        <translation>Fahrer hinzufügen</translation>
    </message>
    <message>
        <source>There is no place for another driver. Remove one first.</source>
        <translation>Kein Platz für weitere Fahrer. Bitte erst einen entfernen.</translation>
    </message>
    <message>
        <source>The disk takes nothing now: choices last until the car&apos;s computer starts again.</source>
        <translation>Der Speicher nimmt nichts an: Einstellungen gelten bis zum Neustart des Bordcomputers.</translation>
    </message>
</context>
<context>
    <name>DrivingChip</name>
    <message>
        <source>Lists and texts are short while driving.</source>
        <translation>Listen und Texte sind während der Fahrt kurz.</translation>
    </message>
    <message>
        <source>Everything is shown.</source>
        <translation>Alles wird angezeigt.</translation>
    </message>
</context>
<context>
    <name>Elapsed</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
</context>
<context>
    <name>EnergyCard</name>
    <message>
        <source>Range</source>
        <translation>Reichweite</translation>
    </message>
    <message>
        <source>The car sends nothing.</source>
        <translation>Das Auto sendet nichts.</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Außen</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>Innen</translation>
    </message>
</context>
<context>
    <name>ExplainPanel</name>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
</context>
<context>
    <name>Fact</name>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
</context>
<context>
    <name>FaultDetail</name>
    <message>
        <source>%1 when parked</source>
        <translation>%1, wenn geparkt</translation>
    </message>
    <message>
        <source>Under way…</source>
        <translation>Läuft…</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Warum nicht jetzt?</translation>
    </message>
    <message>
        <source>How the car knows</source>
        <translation>Woher das Auto es weiß</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>Die Regel</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Close the log</source>
        <translation>Protokoll schließen</translation>
    </message>
    <message>
        <source>Read the log of %1</source>
        <translation>Protokoll von %1 lesen</translation>
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
        <translation>Fahrstufe %1</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>There is nothing here.</source>
        <translation>Hier ist nichts.</translation>
    </message>
</context>
<context>
    <name>HeatTile</name>
    <message>
        <source>Cooling</source>
        <translation>Kühlung</translation>
    </message>
    <message>
        <source>Level %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
</context>
<context>
    <name>HistoryChart</name>
    <message>
        <source>%1 %2 ago</source>
        <translation>vor %1 %2</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>The graph begins with the first half kilometre.</source>
        <translation>Der Graph beginnt nach dem ersten halben Kilometer.</translation>
    </message>
    <message>
        <source>Consumption is not recorded at the moment.</source>
        <translation>Der Verbrauch wird derzeit nicht aufgezeichnet.</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Arrange the cards</source>
        <translation>Karten anordnen</translation>
    </message>
</context>
<context>
    <name>HomeSlot</name>
    <message>
        <source>Nothing plays now.</source>
        <translation>Jetzt läuft nichts.</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Erase</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
</context>
<context>
    <name>LanguageSection</name>
    <message>
        <source>Language and units</source>
        <translation>Sprache und Einheiten</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Distance and speed</source>
        <translation>Strecke und Tempo</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Tyre pressure</source>
        <translation>Reifendruck</translation>
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
        <translation>Copyright 2026 die ivi-Autoren. Lizenziert unter der Apache License, Version 2.0.</translation>
    </message>
    <message>
        <source>The full texts are in the folder docs/licenses, and with each package on the car&apos;s computer.</source>
        <translation>Die vollen Texte liegen im Ordner docs/licenses und bei jedem Paket auf dem Bordcomputer.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>There is nothing here.</source>
        <translation>Hier ist nichts.</translation>
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
        <translation>Innen</translation>
    </message>
    <message>
        <source>What apps may do</source>
        <translation>Was Apps dürfen</translation>
    </message>
    <message>
        <source>What is off, and what to do</source>
        <translation>Was gestört ist und was zu tun ist</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Where the car is, is not known yet.</source>
        <translation>Der Standort des Autos ist noch nicht bekannt.</translation>
    </message>
    <message>
        <source>Maps need Qt&apos;s add-ons: install PySide6-Addons.</source>
        <translation>Karten brauchen die Qt-Add-ons: PySide6-Addons installieren.</translation>
    </message>
    <message>
        <source>The map on board cannot be read. Make it again: %1</source>
        <translation>Die Karte an Bord ist nicht lesbar. Neu erstellen: %1</translation>
    </message>
    <message>
        <source>No map is on board. This brings one: %1</source>
        <translation>Keine Karte an Bord. So kommt eine: %1</translation>
    </message>
    <message>
        <source>The car is outside the map on board.</source>
        <translation>Das Auto ist außerhalb der Karte an Bord.</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>North up</source>
        <translation>Norden oben</translation>
    </message>
    <message>
        <source>Direction of travel up</source>
        <translation>Fahrtrichtung oben</translation>
    </message>
    <message>
        <source>Back to the car</source>
        <translation>Zurück zum Auto</translation>
    </message>
</context>
<context>
    <name>MediaPage</name>
    <message>
        <source>Nothing to play yet</source>
        <translation>Noch nichts abzuspielen</translation>
    </message>
    <message>
        <source>An app that brings music, radio or books plays here.</source>
        <translation>Eine App für Musik, Radio oder Bücher spielt hier.</translation>
    </message>
    <message>
        <source>Look at the apps</source>
        <translation>Apps ansehen</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
</context>
<context>
    <name>MessagesPage</name>
    <message>
        <source>Nothing was said</source>
        <translation>Keine Meldungen</translation>
    </message>
    <message>
        <source>What the car and its apps tell you is kept here until you clear it.</source>
        <translation>Was das Auto und seine Apps melden, bleibt hier, bis Sie es löschen.</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>Alle löschen</translation>
    </message>
    <message>
        <source>The car</source>
        <translation>Das Auto</translation>
    </message>
    <message>
        <source>%1 · %2 times</source>
        <translation>%1 · %2-mal</translation>
    </message>
    <message numerus="yes">
        <source>%n more when parked</source>
        <translation>
            <numerusform>%n weitere, wenn geparkt</numerusform>
            <numerusform>%n weitere, wenn geparkt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NameKeyboard</name>
    <message>
        <source>Name of the driver</source>
        <translation>Name des Fahrers</translation>
    </message>
    <message>
        <source>space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>NavigationPage</name>
    <message>
        <source>The route is being made.</source>
        <translation>Die Route wird berechnet.</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>Charge at %1</source>
        <translation>Laden bei %1</translation>
    </message>
    <message>
        <source>Charge at %1: %2</source>
        <translation>Laden bei %1: %2</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>No app on board guides to a place.</source>
        <translation>Keine App an Bord führt zu einem Ziel.</translation>
    </message>
    <message>
        <source>Look at the apps</source>
        <translation>Apps ansehen</translation>
    </message>
</context>
<context>
    <name>NoticeBand</name>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
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
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Not answering, may be old</source>
        <translation>Keine Antwort, evtl. veraltet</translation>
    </message>
</context>
<context>
    <name>ObstacleView</name>
    <message>
        <source>Nothing near is known of</source>
        <translation>Nichts in der Nähe bekannt</translation>
    </message>
    <message>
        <source>Nearest behind: %1</source>
        <translation>Nächstes hinten: %1</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>First page</source>
        <translation>Erste Seite</translation>
    </message>
</context>
<context>
    <name>PageHost</name>
    <message>
        <source>This page cannot be shown. Everything else goes on working.</source>
        <translation>Diese Seite lässt sich nicht anzeigen. Alles andere funktioniert weiter.</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
</context>
<context>
    <name>PanePage</name>
    <message>
        <source>There is nothing to say about this.</source>
        <translation>Hierzu gibt es nichts zu sagen.</translation>
    </message>
</context>
<context>
    <name>PermissionWords</name>
    <message>
        <source>Read {what}</source>
        <translation>Lesen: {what}</translation>
    </message>
    <message>
        <source>Read {what}, up to {number} times a second</source>
        <translation>Lesen, bis zu {number}-mal pro Sekunde: {what}</translation>
    </message>
    <message>
        <source>Change {what} while parked</source>
        <translation>Im Stand ändern: {what}</translation>
    </message>
    <message>
        <source>Change {what} while parked, after asking you once</source>
        <translation>Im Stand ändern, nach einmaliger Frage: {what}</translation>
    </message>
    <message>
        <source>Change {what} while parked, asking you each time</source>
        <translation>Im Stand ändern, mit Frage jedes Mal: {what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving</source>
        <translation>Auch während der Fahrt ändern: {what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving, after asking you once</source>
        <translation>Auch während der Fahrt ändern, nach einmaliger Frage: {what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving, asking you each time</source>
        <translation>Auch während der Fahrt ändern, mit Frage jedes Mal: {what}</translation>
    </message>
    <message>
        <source>Know roughly where the car is</source>
        <translation>Ungefähr wissen, wo das Auto ist</translation>
    </message>
    <message>
        <source>Know exactly where the car is</source>
        <translation>Genau wissen, wo das Auto ist</translation>
    </message>
    <message>
        <source>Send and receive up to {number} MB a day with {hosts}</source>
        <translation>Bis zu {number} MB am Tag mit {hosts} austauschen</translation>
    </message>
    <message>
        <source>Show its pages on the screen</source>
        <translation>Ihre Seiten auf dem Bildschirm zeigen</translation>
    </message>
    <message>
        <source>Be spoken to</source>
        <translation>Angesprochen werden</translation>
    </message>
    <message>
        <source>Be heard ({kinds})</source>
        <translation>Zu hören sein ({kinds})</translation>
    </message>
    <message>
        <source>Ask you to pay up to {amount} {currency}, confirmed by you each time</source>
        <translation>Um Zahlung bis {amount} {currency} bitten, jedes Mal von Ihnen bestätigt</translation>
    </message>
    <message>
        <source>Keep up to {number} MB in the car</source>
        <translation>Bis zu {number} MB im Auto speichern</translation>
    </message>
    <message>
        <source>Show up to {number} notifications an hour</source>
        <translation>Bis zu {number} Hinweise pro Stunde zeigen</translation>
    </message>
    <message>
        <source>Run on while you do not see it</source>
        <translation>Weiterlaufen, wenn Sie sie nicht sehen</translation>
    </message>
    <message>
        <source>Pass the car&apos;s data on to {recipient} for {purpose} (kept: {number} days)</source>
        <translation>Daten des Autos an {recipient} weitergeben, Zweck: {purpose} (aufbewahrt: {number} Tage)</translation>
    </message>
    <message>
        <source>Pass the car&apos;s data on to {recipient} for {purpose} (kept: not at all)</source>
        <translation>Daten des Autos an {recipient} weitergeben, Zweck: {purpose} (nicht aufbewahrt)</translation>
    </message>
    <message>
        <source>What may {app} do?</source>
        <translation>Was darf {app}?</translation>
    </message>
    <message>
        <source>{app} wants to do more than before</source>
        <translation>{app} möchte mehr dürfen als bisher</translation>
    </message>
    <message>
        <source>It cannot run without the lines that have no switch.</source>
        <translation>Ohne die Zeilen ohne Schalter kann sie nicht laufen.</translation>
    </message>
    <message>
        <source>Switch on what you want to allow besides.</source>
        <translation>Schalten Sie ein, was Sie außerdem erlauben.</translation>
    </message>
    <message>
        <source>Switch on what you want to allow.</source>
        <translation>Schalten Sie ein, was Sie erlauben.</translation>
    </message>
    <message>
        <source>You can take all of it back at any time.</source>
        <translation>Sie können alles jederzeit zurücknehmen.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Do not allow</source>
        <translation>Nicht erlauben</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>{app} wants to switch {thing} on</source>
        <translation>{app} möchte einschalten: {thing}</translation>
    </message>
    <message>
        <source>{app} wants to switch {thing} off</source>
        <translation>{app} möchte ausschalten: {thing}</translation>
    </message>
    <message>
        <source>{app} wants to open {thing}</source>
        <translation>{app} möchte öffnen: {thing}</translation>
    </message>
    <message>
        <source>{app} wants to close {thing}</source>
        <translation>{app} möchte schließen: {thing}</translation>
    </message>
    <message>
        <source>{app} wants to set {thing} to {value}</source>
        <translation>{app} möchte auf {value} stellen: {thing}</translation>
    </message>
    <message>
        <source>It happens only if you agree.</source>
        <translation>Es geschieht nur, wenn Sie zustimmen.</translation>
    </message>
    <message>
        <source>If you agree, it will not ask again until the car is switched off.</source>
        <translation>Wenn Sie zustimmen, fragt sie bis zum Abschalten des Autos nicht mehr.</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Yes, do it</source>
        <translation>Ja, ausführen</translation>
    </message>
    <message>
        <source>Pay {amount}?</source>
        <translation>{amount} bezahlen?</translation>
    </message>
    <message>
        <source>{app} says it is for: {purpose}</source>
        <translation>{app} sagt, es ist für: {purpose}</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>Bezahlt mit</translation>
    </message>
    <message>
        <source>Pay {amount}</source>
        <translation>{amount} bezahlen</translation>
    </message>
    <message>
        <source>Do not</source>
        <translation>Nicht bezahlen</translation>
    </message>
    <message>
        <source>shows you its pages</source>
        <translation>zeigt Ihnen ihre Seiten</translation>
    </message>
    <message>
        <source>remembers your settings</source>
        <translation>merkt sich Ihre Einstellungen</translation>
    </message>
    <message>
        <source>how fast the car drives</source>
        <translation>wie schnell das Auto fährt</translation>
    </message>
    <message>
        <source>whether the car moves</source>
        <translation>ob das Auto fährt</translation>
    </message>
    <message>
        <source>how far the car has driven</source>
        <translation>wie weit das Auto gefahren ist</translation>
    </message>
    <message>
        <source>how far this trip has been</source>
        <translation>wie weit diese Fahrt bisher war</translation>
    </message>
    <message>
        <source>how hard the car speeds up, brakes and turns</source>
        <translation>wie stark das Auto beschleunigt, bremst und lenkt</translation>
    </message>
    <message>
        <source>how far the car can still go</source>
        <translation>wie weit das Auto noch kommt</translation>
    </message>
    <message>
        <source>how full the battery is</source>
        <translation>wie voll die Batterie ist</translation>
    </message>
    <message>
        <source>the charging flap</source>
        <translation>die Ladeklappe</translation>
    </message>
    <message>
        <source>the charging port</source>
        <translation>der Ladeanschluss</translation>
    </message>
    <message>
        <source>up to where the battery is charged</source>
        <translation>bis wohin die Batterie geladen wird</translation>
    </message>
    <message>
        <source>how the car is charging</source>
        <translation>wie das Auto lädt</translation>
    </message>
    <message>
        <source>how the battery is</source>
        <translation>wie es der Batterie geht</translation>
    </message>
    <message>
        <source>which gear is chosen</source>
        <translation>welche Fahrstufe gewählt ist</translation>
    </message>
    <message>
        <source>how much fuel is left</source>
        <translation>wie viel Kraftstoff übrig ist</translation>
    </message>
    <message>
        <source>how warm it is outside</source>
        <translation>wie warm es draußen ist</translation>
    </message>
    <message>
        <source>the weather around the car</source>
        <translation>das Wetter um das Auto</translation>
    </message>
    <message>
        <source>whether it rains</source>
        <translation>ob es regnet</translation>
    </message>
    <message>
        <source>the boot</source>
        <translation>der Kofferraum</translation>
    </message>
    <message>
        <source>which lights are on</source>
        <translation>welche Lichter an sind</translation>
    </message>
    <message>
        <source>the windscreen and its wipers</source>
        <translation>die Windschutzscheibe und ihre Wischer</translation>
    </message>
    <message>
        <source>how warm the cabin is</source>
        <translation>wie warm der Innenraum ist</translation>
    </message>
    <message>
        <source>the temperature that is set for each seat</source>
        <translation>die eingestellte Temperatur für jeden Platz</translation>
    </message>
    <message>
        <source>how strong the fan blows</source>
        <translation>wie stark das Gebläse läuft</translation>
    </message>
    <message>
        <source>the air conditioning</source>
        <translation>die Klimaanlage</translation>
    </message>
    <message>
        <source>heating and cooling</source>
        <translation>Heizung und Kühlung</translation>
    </message>
    <message>
        <source>which seats are taken</source>
        <translation>welche Plätze besetzt sind</translation>
    </message>
    <message>
        <source>who is belted</source>
        <translation>wer angeschnallt ist</translation>
    </message>
    <message>
        <source>the heating of the seats</source>
        <translation>die Sitzheizung</translation>
    </message>
    <message>
        <source>the massage of the seats</source>
        <translation>die Sitzmassage</translation>
    </message>
    <message>
        <source>the seats</source>
        <translation>die Sitze</translation>
    </message>
    <message>
        <source>doors and windows</source>
        <translation>Türen und Fenster</translation>
    </message>
    <message>
        <source>the lights in the cabin</source>
        <translation>die Lichter im Innenraum</translation>
    </message>
    <message>
        <source>the sunroof</source>
        <translation>das Schiebedach</translation>
    </message>
    <message>
        <source>the shade of the rear window</source>
        <translation>das Rollo der Heckscheibe</translation>
    </message>
    <message>
        <source>what is played</source>
        <translation>was gespielt wird</translation>
    </message>
    <message>
        <source>the destination</source>
        <translation>das Ziel</translation>
    </message>
    <message>
        <source>the navigation</source>
        <translation>die Navigation</translation>
    </message>
    <message>
        <source>settings of the screen</source>
        <translation>Einstellungen des Bildschirms</translation>
    </message>
    <message>
        <source>the pressure of the tyres</source>
        <translation>der Reifendruck</translation>
    </message>
    <message>
        <source>whether the parking brake is on</source>
        <translation>ob die Parkbremse angezogen ist</translation>
    </message>
    <message>
        <source>how fast your heart beats</source>
        <translation>wie schnell Ihr Herz schlägt</translation>
    </message>
    <message>
        <source>how attentive and tired you are</source>
        <translation>wie aufmerksam und müde Sie sind</translation>
    </message>
    <message>
        <source>who sits where</source>
        <translation>wer wo sitzt</translation>
    </message>
    <message>
        <source>the car&apos;s identification number</source>
        <translation>die Fahrgestellnummer des Autos</translation>
    </message>
    <message>
        <source>the car&apos;s number plate</source>
        <translation>das Kennzeichen des Autos</translation>
    </message>
    <message>
        <source>make, model and papers of the car</source>
        <translation>Marke, Modell und Papiere des Autos</translation>
    </message>
    <message>
        <source>when the next service is due</source>
        <translation>wann der nächste Service fällig ist</translation>
    </message>
    <message>
        <source>where the car is</source>
        <translation>wo das Auto ist</translation>
    </message>
    <message>
        <source>the fan</source>
        <translation>das Gebläse</translation>
    </message>
    <message>
        <source>the charge limit</source>
        <translation>die Ladegrenze</translation>
    </message>
    <message>
        <source>charging</source>
        <translation>das Laden</translation>
    </message>
    <message>
        <source>the conditioning of the battery</source>
        <translation>die Konditionierung der Batterie</translation>
    </message>
    <message>
        <source>the fuel flap</source>
        <translation>die Tankklappe</translation>
    </message>
    <message>
        <source>the trip meter</source>
        <translation>der Tageskilometerzähler</translation>
    </message>
    <message>
        <source>the music</source>
        <translation>die Musik</translation>
    </message>
    <message>
        <source>media</source>
        <translation>Medien</translation>
    </message>
    <message>
        <source>navigation</source>
        <translation>Navigation</translation>
    </message>
    <message>
        <source>alert</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>{number} more things</source>
        <translation>{number} weitere Dinge</translation>
    </message>
    <message>
        <source>It wants to: {what}</source>
        <translation>Sie möchte: {what}</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} und {last}</translation>
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
        <translation>Vertrauen {now} von 8</translation>
    </message>
    <message>
        <source>Trust {now} of 8, {whole} if you allow everything</source>
        <translation>Vertrauen {now} von 8, {whole} wenn Sie alles erlauben</translation>
    </message>
    <message>
        <source>It does not run here.</source>
        <translation>Sie läuft hier nicht.</translation>
    </message>
    <message numerus="yes">
        <source>Kept apart by %n layers. By {publisher}.</source>
        <translation>
            <numerusform>Durch %n Schicht abgeschirmt. Von {publisher}.</numerusform>
            <numerusform>Durch %n Schichten abgeschirmt. Von {publisher}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Partly taken back.</source>
        <translation>Teilweise zurückgenommen.</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Zurückgenommen.</translation>
    </message>
    <message>
        <source>This car cannot give it.</source>
        <translation>Dieses Auto kann es nicht geben.</translation>
    </message>
    <message>
        <source>It cannot run without.</source>
        <translation>Ohne das läuft sie nicht.</translation>
    </message>
    <message>
        <source>It says: “{reason}”</source>
        <translation>Sie sagt: „{reason}“</translation>
    </message>
</context>
<context>
    <name>PermissionsSheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>Rechte festlegen</translation>
    </message>
</context>
<context>
    <name>PhonePage</name>
    <message>
        <source>On the phone, look for “%1” among Bluetooth devices and pair it while parked.</source>
        <translation>Suchen Sie am Telefon unter den Bluetooth-Geräten „%1“ und koppeln Sie es, wenn geparkt.</translation>
    </message>
    <message>
        <source>Bluetooth is switched off.</source>
        <translation>Bluetooth ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>This car has no Bluetooth adapter.</source>
        <translation>Dieses Auto hat keinen Bluetooth-Adapter.</translation>
    </message>
    <message>
        <source>The system&apos;s Bluetooth service does not answer. It is tried again.</source>
        <translation>Der Bluetooth-Dienst des Systems antwortet nicht. Neuer Versuch folgt.</translation>
    </message>
    <message>
        <source>This installation lacks the Bluetooth library: pip install &apos;ivi[dbus]&apos; brings it.</source>
        <translation>Die Bluetooth-Bibliothek fehlt: pip install &apos;ivi[dbus]&apos; bringt sie.</translation>
    </message>
    <message>
        <source>Looking for phones.</source>
        <translation>Suche nach Telefonen.</translation>
    </message>
    <message>
        <source>No phone is paired</source>
        <translation>Kein Telefon gekoppelt</translation>
    </message>
    <message>
        <source>No phone</source>
        <translation>Kein Telefon</translation>
    </message>
    <message>
        <source>Paired phones</source>
        <translation>Gekoppelte Telefone</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>This car makes no calls yet; it shows the phones that it knows.</source>
        <translation>Dieses Auto telefoniert noch nicht; es zeigt die bekannten Telefone.</translation>
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
        <translation>Hier sind keine Orte.</translation>
    </message>
</context>
<context>
    <name>PlayingBand</name>
    <message>
        <source>Now playing: %1, %2</source>
        <translation>Jetzt läuft: %1, %2</translation>
    </message>
    <message>
        <source>Now playing: %1</source>
        <translation>Jetzt läuft: %1</translation>
    </message>
</context>
<context>
    <name>PowerBar</name>
    <message>
        <source>Charging</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Regeneration</source>
        <translation>Rekuperation</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Leistung</translation>
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
        <translation>Quittungen</translation>
    </message>
    <message>
        <source>Care for this car</source>
        <translation>Pflege dieses Autos</translation>
    </message>
    <message>
        <source>Finding faults</source>
        <translation>Fehlersuche</translation>
    </message>
    <message>
        <source>Where the car is</source>
        <translation>Standort des Autos</translation>
    </message>
    <message>
        <source>Traffic and road state</source>
        <translation>Verkehr und Straßenzustand</translation>
    </message>
    <message>
        <source>Research</source>
        <translation>Forschung</translation>
    </message>
    <message>
        <source>Ratings of apps</source>
        <translation>Bewertungen von Apps</translation>
    </message>
    <message>
        <source>Insurance</source>
        <translation>Versicherung</translation>
    </message>
    <message>
        <source>how the car&apos;s parts do</source>
        <translation>wie es den Teilen des Autos geht</translation>
    </message>
    <message>
        <source>how the car is driven</source>
        <translation>wie das Auto gefahren wird</translation>
    </message>
    <message>
        <source>where the car is</source>
        <translation>wo das Auto ist</translation>
    </message>
    <message>
        <source>what happens in the cabin</source>
        <translation>was im Innenraum geschieht</translation>
    </message>
    <message>
        <source>who drives, and which car it is</source>
        <translation>wer fährt und welches Auto es ist</translation>
    </message>
    <message>
        <source>what you think of apps</source>
        <translation>was Sie von Apps halten</translation>
    </message>
    <message>
        <source>whoever runs the car&apos;s service</source>
        <translation>der Betreiber des Dienstes</translation>
    </message>
    <message>
        <source>the owner of the car</source>
        <translation>der Halter des Autos</translation>
    </message>
    <message>
        <source>the workshop</source>
        <translation>die Werkstatt</translation>
    </message>
    <message>
        <source>the maker of the car</source>
        <translation>der Hersteller des Autos</translation>
    </message>
    <message>
        <source>a partner of the car&apos;s service</source>
        <translation>ein Partner des Dienstes</translation>
    </message>
    <message numerus="yes">
        <source>Always sent, with the car&apos;s name: %n so far.</source>
        <translation>
            <numerusform>Immer gesendet, mit dem Namen des Autos: bisher %n.</numerusform>
            <numerusform>Immer gesendet, mit dem Namen des Autos: bisher %n.</numerusform>
        </translation>
    </message>
    <message>
        <source>Agreed by %1 at %2. </source>
        <translation>Zustimmung von %1, %2. </translation>
    </message>
    <message numerus="yes">
        <source>%n records sent.</source>
        <translation>
            <numerusform>%n Datensatz gesendet.</numerusform>
            <numerusform>%n Datensätze gesendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not agreed to. The fleet asks for it in %n campaigns.</source>
        <translation>
            <numerusform>Keine Zustimmung. Die Flotte fragt danach in %n Kampagne.</numerusform>
            <numerusform>Keine Zustimmung. Die Flotte fragt danach in %n Kampagnen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not agreed to. Nothing is sent.</source>
        <translation>Keine Zustimmung. Nichts wird gesendet.</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>As long as the law demands</source>
        <translation>So lange das Gesetz verlangt</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>An wen</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>Aufbewahrt</translation>
    </message>
    <message>
        <source>With the car&apos;s name</source>
        <translation>Mit dem Namen des Autos</translation>
    </message>
    <message>
        <source>How exactly</source>
        <translation>Wie genau</translation>
    </message>
    <message>
        <source>Exact place and moment</source>
        <translation>Genauer Ort und Zeitpunkt</translation>
    </message>
    <message>
        <source>Place within %1 m, moment within %2 s</source>
        <translation>Ort auf %1 m, Zeitpunkt auf %2 s</translation>
    </message>
    <message numerus="yes">
        <source>Taken back. %n records that waited will never be sent.</source>
        <translation>
            <numerusform>Widerrufen. %n wartender Datensatz wird nie gesendet.</numerusform>
            <numerusform>Widerrufen. %n wartende Datensätze werden nie gesendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The ledger is whole: every signature of its %n lines is right.</source>
        <translation>
            <numerusform>Das Verzeichnis ist unversehrt: Die Signatur der %n Zeile stimmt.</numerusform>
            <numerusform>Das Verzeichnis ist unversehrt: Alle Signaturen der %n Zeilen stimmen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Nothing but receipts leaves the car without your agreement. You can take it back at any time.</source>
        <translation>Nur Quittungen verlassen das Auto ohne Ihre Zustimmung. Sie können sie jederzeit widerrufen.</translation>
    </message>
    <message>
        <source>The ledger of consents is being read.</source>
        <translation>Das Verzeichnis der Zustimmungen wird gelesen.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 mehr, wenn geparkt</translation>
    </message>
    <message>
        <source>You can agree when parked, and take back at any time.</source>
        <translation>Zustimmen können Sie, wenn geparkt, widerrufen jederzeit.</translation>
    </message>
    <message>
        <source>Check the ledger&apos;s %1 lines</source>
        <translation>%1 Zeilen des Verzeichnisses prüfen</translation>
    </message>
    <message>
        <source>A copy of all that was recorded and sent is yours: on the car&apos;s computer, the command “ivi privacy export” writes it into a folder.</source>
        <translation>Eine Kopie aller erfassten und gesendeten Daten gehört Ihnen: Auf dem Bordcomputer schreibt der Befehl „ivi privacy export“ sie in einen Ordner.</translation>
    </message>
</context>
<context>
    <name>Processes</name>
    <message>
        <source>{number} features end soon. {what}</source>
        <translation>{number} Funktionen enden bald. {what}</translation>
    </message>
    <message>
        <source>connect to the fleet</source>
        <translation>Verbinden Sie sich mit der Flotte.</translation>
    </message>
    <message>
        <source>A snapshot of features was not taken: {what}</source>
        <translation>Der Stand der Funktionen wurde nicht übernommen: {what}</translation>
    </message>
    <message>
        <source>The kept snapshot of features does not count: {what}</source>
        <translation>Der gespeicherte Stand der Funktionen gilt nicht: {what}</translation>
    </message>
    <message>
        <source>connect to the fleet, which sends it again</source>
        <translation>Verbinden Sie sich mit der Flotte, die ihn erneut sendet.</translation>
    </message>
    <message>
        <source>{number} snapshots or features were refused; the last: {what}</source>
        <translation>{number} Stände oder Funktionen wurden abgelehnt; zuletzt: {what}</translation>
    </message>
    <message>
        <source>see docs/cloud-entitlements.md; if you did not cause it, somebody tries</source>
        <translation>Siehe docs/cloud-entitlements.md; waren Sie es nicht, versucht es jemand.</translation>
    </message>
    <message>
        <source>the log of the process has the details</source>
        <translation>Das Protokoll des Prozesses nennt die Einzelheiten.</translation>
    </message>
    <message>
        <source>the log of the process has more</source>
        <translation>Das Protokoll des Prozesses hat mehr.</translation>
    </message>
    <message>
        <source>No telemetry is recorded: {what}</source>
        <translation>Es werden keine Fahrdaten aufgezeichnet: {what}</translation>
    </message>
    <message>
        <source>it goes on by itself when signals flow</source>
        <translation>Es geht weiter, sobald Signale kommen.</translation>
    </message>
    <message>
        <source>the clock was turned back; the time known before counts</source>
        <translation>Die Uhr wurde zurückgestellt; es zählt die zuvor bekannte Zeit.</translation>
    </message>
    <message>
        <source>set the car&apos;s clock</source>
        <translation>Stellen Sie die Uhr des Autos.</translation>
    </message>
    <message>
        <source>the clock is years ahead of what is known, and is not believed</source>
        <translation>Die Uhr geht Jahre vor und wird nicht geglaubt.</translation>
    </message>
    <message>
        <source>the clock is months ahead of what is known; it counts until a signed message tells the time</source>
        <translation>Die Uhr geht Monate vor; sie gilt, bis eine signierte Nachricht die Zeit nennt.</translation>
    </message>
    <message>
        <source>nothing after a long time in a garage, when the clock is right; else set the car&apos;s clock</source>
        <translation>Nach langer Zeit in der Garage nichts, wenn die Uhr stimmt; sonst stellen Sie sie.</translation>
    </message>
    <message>
        <source>the saved time cannot be used: {what}</source>
        <translation>Die gespeicherte Zeit ist nicht nutzbar: {what}</translation>
    </message>
    <message>
        <source>the fleet&apos;s next message tells it</source>
        <translation>Die nächste Nachricht der Flotte nennt sie.</translation>
    </message>
    <message>
        <source>make room on the disk</source>
        <translation>Schaffen Sie Platz im Speicher.</translation>
    </message>
    <message>
        <source>A desired state was refused: {what}</source>
        <translation>Ein gewünschter Zustand wurde abgelehnt: {what}</translation>
    </message>
    <message>
        <source>see docs/cloud-commands.md</source>
        <translation>Siehe docs/cloud-commands.md.</translation>
    </message>
    <message>
        <source>The store of the twin was damaged and a new one was made</source>
        <translation>Der Speicher des Zwillings war beschädigt und wurde neu angelegt.</translation>
    </message>
    <message>
        <source>The twin stands still: {what}</source>
        <translation>Der Zwilling steht still: {what}</translation>
    </message>
    <message>
        <source>No updates: {what}</source>
        <translation>Keine Updates: {what}</translation>
    </message>
    <message>
        <source>Not connected to the fleet: {what}</source>
        <translation>Nicht mit der Flotte verbunden: {what}</translation>
    </message>
    <message>
        <source>records wait and are sent later</source>
        <translation>Die Daten warten und werden später gesendet.</translation>
    </message>
    <message>
        <source>for development only; unset it in a car</source>
        <translation>Nur für die Entwicklung; im Auto entfernen.</translation>
    </message>
    <message>
        <source>see `ivi status`</source>
        <translation>Siehe `ivi status`.</translation>
    </message>
    <message>
        <source>see `ivi app list`</source>
        <translation>Siehe `ivi app list`.</translation>
    </message>
    <message>
        <source>Installed apps cannot be started</source>
        <translation>Installierte Apps können nicht starten.</translation>
    </message>
    <message>
        <source>The app {app} cannot be loaded</source>
        <translation>Die App {app} kann nicht geladen werden.</translation>
    </message>
    <message>
        <source>Apps may reach networks that are not public: {what}</source>
        <translation>Apps dürfen nicht öffentliche Netze erreichen: {what}</translation>
    </message>
    <message>
        <source>Apps are off: {what}</source>
        <translation>Apps sind aus: {what}</translation>
    </message>
    <message>
        <source>install bubblewrap {version} or newer</source>
        <translation>Installieren Sie bubblewrap {version} oder neuer.</translation>
    </message>
    <message>
        <source>Last values cannot be kept: {what}</source>
        <translation>Letzte Werte können nicht gespeichert werden: {what}</translation>
    </message>
    <message>
        <source>free or mend the disk</source>
        <translation>Leeren oder reparieren Sie den Speicher.</translation>
    </message>
    <message>
        <source>the broker starts without them; the file is now {file}</source>
        <translation>Es startet ohne sie; die Datei heißt jetzt {file}</translation>
    </message>
    <message>
        <source>The message {message} on the CAN bus {bus} has faults in its counter or checksum</source>
        <translation>Die Nachricht {message} auf dem CAN-Bus {bus} hat Fehler in Zähler oder Prüfsumme.</translation>
    </message>
    <message>
        <source>while no frame is good its values are not available; see `ivi health`, then look at its sender, or at counter and checksum in the overlay</source>
        <translation>Solange keine gut ist, fehlen ihre Werte; siehe `ivi health`, dann den Sender oder Zähler und Prüfsumme im Overlay.</translation>
    </message>
    <message>
        <source>{number} lines of the DBC are not used: {what}</source>
        <translation>{number} Zeilen der DBC werden nicht genutzt: {what}</translation>
    </message>
    <message>
        <source>mend the file</source>
        <translation>Berichtigen Sie die Datei.</translation>
    </message>
    <message>
        <source>Of the recording {what}</source>
        <translation>Von der Aufzeichnung: {what}</translation>
    </message>
    <message>
        <source>The recording ends early: {what}</source>
        <translation>Die Aufzeichnung endet früh: {what}</translation>
    </message>
    <message>
        <source>check the file</source>
        <translation>Prüfen Sie die Datei.</translation>
    </message>
    <message>
        <source>{number} contacts cannot be said</source>
        <translation>{number} Kontakte sind nicht sprechbar.</translation>
    </message>
    <message>
        <source>give them names with letters</source>
        <translation>Geben Sie ihnen Namen aus Buchstaben.</translation>
    </message>
    <message>
        <source>The contacts are not read</source>
        <translation>Die Kontakte werden nicht gelesen.</translation>
    </message>
    <message>
        <source>export fewer</source>
        <translation>Exportieren Sie weniger.</translation>
    </message>
    <message>
        <source>The microphone is too loud: speech is cut off</source>
        <translation>Das Mikrofon ist zu laut: Sprache wird abgeschnitten.</translation>
    </message>
    <message>
        <source>lower its level</source>
        <translation>Senken Sie den Pegel.</translation>
    </message>
    <message>
        <source>The microphone gives digital silence</source>
        <translation>Das Mikrofon liefert nur Stille.</translation>
    </message>
    <message>
        <source>unmute it or check its cable</source>
        <translation>Schalten Sie es ein oder prüfen Sie das Kabel.</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon.</translation>
    </message>
    <message>
        <source>apt-get install {program}</source>
        <translation>Installieren: apt-get install {program}</translation>
    </message>
    <message>
        <source>Answers are shown, not spoken</source>
        <translation>Antworten werden gezeigt, nicht gesprochen.</translation>
    </message>
    <message>
        <source>Speech recognition failed</source>
        <translation>Die Spracherkennung ist ausgefallen.</translation>
    </message>
    <message>
        <source>say it again</source>
        <translation>Sagen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>write them in Latin letters: {what}</source>
        <translation>Schreiben Sie sie in lateinischen Buchstaben: {what}</translation>
    </message>
    <message>
        <source>{number} sentences or names can be typed but not spoken</source>
        <translation>{number} Sätze oder Namen sind nur tippbar.</translation>
    </message>
    <message>
        <source>The doors have no vehicle data</source>
        <translation>Der Zugang für Werkzeuge hat keine Fahrzeugdaten.</translation>
    </message>
    <message>
        <source>A door for other machines is not encrypted</source>
        <translation>Ein Zugang für andere Geräte ist unverschlüsselt.</translation>
    </message>
    <message>
        <source>give --tls-certificate and --tls-key</source>
        <translation>Geben Sie --tls-certificate und --tls-key an.</translation>
    </message>
    <message>
        <source>The voice process can reach the network</source>
        <translation>Der Sprachprozess kann ins Netz.</translation>
    </message>
    <message>
        <source>Vehicle data</source>
        <translation>Fahrzeugdaten</translation>
    </message>
    <message>
        <source>The driving state</source>
        <translation>Fahrzustand</translation>
    </message>
    <message>
        <source>The app host</source>
        <translation>Apps</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The cloud link</source>
        <translation>Cloud</translation>
    </message>
    <message>
        <source>The screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Access for other tools</source>
        <translation>Zugang für Werkzeuge</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>Überwachung</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>It is not known whether the car is parked.</source>
        <translation>Es ist nicht bekannt, ob das Auto parkt.</translation>
    </message>
    <message>
        <source>The car is not parked.</source>
        <translation>Das Auto parkt nicht.</translation>
    </message>
    <message>
        <source>The state of charge is not known.</source>
        <translation>Der Ladestand ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The battery is below {number} %.</source>
        <translation>Die Batterie ist unter {number} %.</translation>
    </message>
    <message>
        <source>The climate control did not answer; it is tried again.</source>
        <translation>Die Klimaanlage hat nicht geantwortet; es wird erneut versucht.</translation>
    </message>
    <message>
        <source>{process} does not answer.</source>
        <translation>{process}: keine Antwort.</translation>
    </message>
    <message>
        <source>{process} cannot run.</source>
        <translation>{process}: läuft nicht.</translation>
    </message>
    <message>
        <source>{process} has stopped and is started again.</source>
        <translation>{process}: wurde beendet und startet neu.</translation>
    </message>
    <message>
        <source>{process} is started again.</source>
        <translation>{process}: wird neu gestartet.</translation>
    </message>
    <message>
        <source>The driving state is started again.</source>
        <translation>Fahrzustand: wird neu gestartet.</translation>
    </message>
    <message>
        <source>Started again {number} times since the car started.</source>
        <translation>Seit dem Start des Autos {number}-mal neu gestartet.</translation>
    </message>
    <message>
        <source>It does not run.</source>
        <translation>Es läuft nicht.</translation>
    </message>
    <message>
        <source>It comes back by itself; if it does not, start the car&apos;s computer again.</source>
        <translation>Es kommt von selbst zurück; wenn nicht, starten Sie den Bordcomputer neu.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} cannot be reached.</source>
        <translation>Der Fahrzeugbus {bus} ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} is silent.</source>
        <translation>Der Fahrzeugbus {bus} schweigt.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} is flooded.</source>
        <translation>Der Fahrzeugbus {bus} ist überflutet.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has switched itself off after too many errors.</source>
        <translation>Der Fahrzeugbus {bus} hat sich nach zu vielen Fehlern abgeschaltet.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has many errors.</source>
        <translation>Der Fahrzeugbus {bus} hat viele Fehler.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has errors.</source>
        <translation>Der Fahrzeugbus {bus} hat Fehler.</translation>
    </message>
    <message>
        <source>It is tried again by itself; a workshop should look at the wiring if it stays so.</source>
        <translation>Es wird von selbst erneut versucht; bleibt es so, sollte eine Werkstatt die Verkabelung prüfen.</translation>
    </message>
    <message>
        <source>{number} frames a second, never heard</source>
        <translation>{number} Nachrichten pro Sekunde, nie gehört</translation>
    </message>
    <message>
        <source>{number} frames a second, last heard {age} s ago</source>
        <translation>{number} Nachrichten pro Sekunde, zuletzt vor {age} s gehört</translation>
    </message>
    <message>
        <source>The message {message} arrives damaged.</source>
        <translation>Die Nachricht {message} kommt beschädigt an.</translation>
    </message>
    <message>
        <source>Its values are not used until it is right again; a workshop should look at it if it stays so.</source>
        <translation>Ihre Werte werden erst wieder genutzt, wenn sie stimmt; bleibt es so, sollte eine Werkstatt nachsehen.</translation>
    </message>
    <message>
        <source>{wrong} wrong checksums, {repeated} repeated and {skipped} skipped of {good} good ones.</source>
        <translation>{wrong} falsche Prüfsummen, {repeated} wiederholt und {skipped} ausgelassen bei {good} guten.</translation>
    </message>
    <message>
        <source>There is little storage left.</source>
        <translation>Es ist wenig Speicher frei.</translation>
    </message>
    <message>
        <source>{free} MB of {total} MB are free.</source>
        <translation>{free} MB von {total} MB sind frei.</translation>
    </message>
    <message>
        <source>Nothing is lost yet. Remove apps that you do not use, or have the car&apos;s computer looked at.</source>
        <translation>Noch ist nichts verloren. Entfernen Sie Apps, die Sie nicht brauchen, oder lassen Sie den Bordcomputer prüfen.</translation>
    </message>
    <message>
        <source>The newest update was not taken.</source>
        <translation>Das neueste Update wurde nicht übernommen.</translation>
    </message>
    <message>
        <source>What was installed before goes on; the same update is not tried again.</source>
        <translation>Das bisher Installierte läuft weiter; dasselbe Update wird nicht erneut versucht.</translation>
    </message>
    <message>
        <source>{app} waits for your agreement.</source>
        <translation>{app} wartet auf Ihre Zustimmung.</translation>
    </message>
    <message>
        <source>{app} has stopped and waits before it starts again.</source>
        <translation>{app} wurde beendet und wartet vor dem Neustart.</translation>
    </message>
    <message>
        <source>{app} has stopped too often and stays off.</source>
        <translation>{app} wurde zu oft beendet und bleibt aus.</translation>
    </message>
    <message>
        <source>{app} could not be loaded.</source>
        <translation>{app} konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>{app} is off because this machine cannot isolate it.</source>
        <translation>{app} ist aus, weil dieses Gerät die App nicht abschirmen kann.</translation>
    </message>
    <message>
        <source>An update is here and waits for your agreement.</source>
        <translation>Ein Update ist da und wartet auf Ihre Zustimmung.</translation>
    </message>
    <message>
        <source>A control unit has stored a trouble code.</source>
        <translation>Ein Steuergerät hat einen Fehlercode gespeichert.</translation>
    </message>
    <message>
        <source>{number} trouble codes are stored.</source>
        <translation>{number} Fehlercodes sind gespeichert.</translation>
    </message>
    <message>
        <source>The vehicle page says what is known of them; a workshop can read them with their freeze frames.</source>
        <translation>Die Fahrzeugseite sagt, was davon bekannt ist; eine Werkstatt kann sie mit den Umgebungsdaten lesen.</translation>
    </message>
    <message>
        <source>The app is started again.</source>
        <translation>Die App wird neu gestartet.</translation>
    </message>
    <message>
        <source>The question is on the screen.</source>
        <translation>Die Frage ist auf dem Bildschirm.</translation>
    </message>
    <message>
        <source>standing, not in park</source>
        <translation>Steht, nicht in P.</translation>
    </message>
    <message>
        <source>driving at {speed} km/h</source>
        <translation>Fährt mit {speed} km/h.</translation>
    </message>
    <message>
        <source>the gear is not known</source>
        <translation>Der Gang ist nicht bekannt.</translation>
    </message>
    <message>
        <source>just stopped</source>
        <translation>Hat gerade angehalten.</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>Geparkt.</translation>
    </message>
    <message>
        <source>parked with the parking brake</source>
        <translation>Mit der Parkbremse geparkt.</translation>
    </message>
    <message>
        <source>the speed is not known</source>
        <translation>Die Geschwindigkeit ist nicht bekannt.</translation>
    </message>
    <message>
        <source>the speed has not been heard for a while</source>
        <translation>Die Geschwindigkeit wurde länger nicht gemeldet.</translation>
    </message>
    <message>
        <source>the speed makes no sense</source>
        <translation>Die Geschwindigkeit ergibt keinen Sinn.</translation>
    </message>
    <message>
        <source>the driving state is not known: {what}</source>
        <translation>Der Fahrzustand ist nicht bekannt: {what}</translation>
    </message>
    <message>
        <source>vehicle data is away</source>
        <translation>Die Fahrzeugdaten fehlen.</translation>
    </message>
    <message>
        <source>apps are shown as while driving</source>
        <translation>Apps werden wie beim Fahren gezeigt.</translation>
    </message>
    <message>
        <source>it is tried again</source>
        <translation>Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>you have not agreed to it yet</source>
        <translation>Sie haben noch nicht zugestimmt.</translation>
    </message>
    <message>
        <source>the fleet has asked to wait</source>
        <translation>Die Flotte hat um Warten gebeten.</translation>
    </message>
    <message>
        <source>the car is not parked ({why})</source>
        <translation>Das Auto parkt nicht ({why})</translation>
    </message>
    <message>
        <source>this is done while the car is parked</source>
        <translation>Das geschieht, wenn das Auto parkt.</translation>
    </message>
    <message>
        <source>there is nothing to do about it from here</source>
        <translation>Von hier aus lässt sich nichts tun.</translation>
    </message>
    <message>
        <source>this is over</source>
        <translation>Das ist vorbei.</translation>
    </message>
    <message>
        <source>this departure is not there any more</source>
        <translation>Diese Abfahrt gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>check the disk, then start again</source>
        <translation>Prüfen Sie den Speicher und starten Sie neu.</translation>
    </message>
    <message>
        <source>receipts of what you ordered, of payments and of your consents</source>
        <translation>Belege Ihrer Aufträge, Zahlungen und Zustimmungen.</translation>
    </message>
    <message>
        <source>to see how your car does and tell you in time</source>
        <translation>Um zu sehen, wie es Ihrem Auto geht, und Sie rechtzeitig zu informieren.</translation>
    </message>
    <message>
        <source>to find the cause of a fault</source>
        <translation>Um die Ursache eines Fehlers zu finden.</translation>
    </message>
    <message>
        <source>to answer where your car is</source>
        <translation>Um zu sagen, wo Ihr Auto ist.</translation>
    </message>
    <message>
        <source>to tell others of jams and slippery roads</source>
        <translation>Um andere vor Stau und Glätte zu warnen.</translation>
    </message>
    <message>
        <source>to make the next cars better</source>
        <translation>Um die nächsten Autos besser zu machen.</translation>
    </message>
    <message>
        <source>to show others what drivers think of an app</source>
        <translation>um anderen zu zeigen, was Fahrer von einer App halten</translation>
    </message>
    <message>
        <source>for a tariff that follows how you drive</source>
        <translation>Für einen Tarif nach Ihrer Fahrweise.</translation>
    </message>
    <message>
        <source>The ratings of apps were damaged, and none is kept any more: {what}</source>
        <translation>Die Bewertungen der Apps waren beschädigt, und keine ist mehr da: {what}</translation>
    </message>
    <message>
        <source>rate the apps again; check the disk</source>
        <translation>die Apps neu bewerten; den Speicher prüfen</translation>
    </message>
    <message>
        <source>The file of campaigns was damaged; the car asks for them anew</source>
        <translation>Die Datei der Kampagnen war beschädigt; das Auto fragt neu danach.</translation>
    </message>
    <message>
        <source>delete the file; check the disk</source>
        <translation>Löschen Sie die Datei; prüfen Sie den Speicher.</translation>
    </message>
    <message>
        <source>Campaigns are not done any more: {what}</source>
        <translation>Kampagnen laufen nicht mehr: {what}</translation>
    </message>
    <message>
        <source>restart the process</source>
        <translation>Starten Sie den Prozess neu.</translation>
    </message>
    <message>
        <source>No campaigns: {what}</source>
        <translation>Keine Kampagnen: {what}</translation>
    </message>
    <message>
        <source>use a smaller one</source>
        <translation>Nehmen Sie einen kleineren.</translation>
    </message>
    <message>
        <source>Records cannot be stored: {what}</source>
        <translation>Daten können nicht gespeichert werden: {what}</translation>
    </message>
    <message>
        <source>The store of unsent records was damaged and a new one was made</source>
        <translation>Der Speicher ungesendeter Daten war beschädigt und wurde neu angelegt.</translation>
    </message>
    <message>
        <source>keep the file if its records matter, else delete it; check the disk</source>
        <translation>Behalten Sie die Datei, wenn ihre Daten wichtig sind, sonst löschen Sie sie; prüfen Sie den Speicher.</translation>
    </message>
    <message>
        <source>{number} messages that claim to be commands were refused; the last: {what}</source>
        <translation>{number} angebliche Befehle wurden abgelehnt; der letzte: {what}</translation>
    </message>
    <message>
        <source>see docs/cloud-commands.md; if you did not cause it, somebody tries</source>
        <translation>Siehe docs/cloud-commands.md; waren Sie es nicht, versucht es jemand.</translation>
    </message>
    <message>
        <source>The store of commands was damaged; a new one was made, and older commands are not taken any more</source>
        <translation>Der Speicher der Befehle war beschädigt und wurde neu angelegt; ältere Befehle gelten nicht mehr.</translation>
    </message>
    <message>
        <source>check the disk; delete the file when nobody needs it</source>
        <translation>Prüfen Sie den Speicher; löschen Sie die Datei, wenn sie niemand braucht.</translation>
    </message>
    <message>
        <source>A command was not taken: {what}</source>
        <translation>Ein Befehl wurde nicht angenommen: {what}</translation>
    </message>
    <message>
        <source>The copies of what was sent were damaged, and new ones are made: {what}</source>
        <translation>Die Kopien des Gesendeten waren beschädigt, neue werden angelegt: {what}</translation>
    </message>
    <message>
        <source>see the disk</source>
        <translation>Prüfen Sie den Speicher.</translation>
    </message>
    <message>
        <source>No copies are made of what is sent: {what}</source>
        <translation>Vom Gesendeten werden keine Kopien angelegt: {what}</translation>
    </message>
    <message>
        <source>The record of what was agreed to was changed, and nothing leaves: {what}</source>
        <translation>Das Verzeichnis der Zustimmungen wurde verändert, nichts verlässt das Auto: {what}</translation>
    </message>
    <message>
        <source>start again, then agree to what you want: `ivi privacy show`</source>
        <translation>Starten Sie neu und stimmen Sie dann zu, wem Sie wollen: `ivi privacy show`</translation>
    </message>
    <message>
        <source>agree again to what you want: `ivi privacy show`</source>
        <translation>Stimmen Sie erneut zu, wem Sie wollen: `ivi privacy show`</translation>
    </message>
    <message>
        <source>A consent is not written yet, and nothing of it leaves: {what}</source>
        <translation>Eine Zustimmung ist noch nicht gespeichert, davon verlässt nichts das Auto: {what}</translation>
    </message>
    <message>
        <source>free some disk space</source>
        <translation>Schaffen Sie Platz im Speicher.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>Navigation</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>Medien</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>Climate</source>
        <translation>Klima</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>Fahrzeug</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>Apps</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>More pages</source>
        <translation>Weitere Seiten</translation>
    </message>
</context>
<context>
    <name>RangeBandCard</name>
    <message>
        <source>Range</source>
        <translation>Reichweite</translation>
    </message>
    <message>
        <source>%1 to %2 %3</source>
        <translation>%1 bis %2 %3</translation>
    </message>
    <message>
        <source>Consumption is not recorded at the moment.</source>
        <translation>Der Verbrauch wird derzeit nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>It comes after another %1 %2.</source>
        <translation>Sie folgt nach weiteren %1 %2.</translation>
    </message>
    <message>
        <source>The car does not say how much energy is left.</source>
        <translation>Das Auto meldet nicht, wie viel Energie übrig ist.</translation>
    </message>
    <message>
        <source>Last %1 %3. The car says %2 %3.</source>
        <translation>Letzte %1 %3. Das Auto meldet %2 %3.</translation>
    </message>
    <message>
        <source>From the last %1 %2.</source>
        <translation>Aus den letzten %1 %2.</translation>
    </message>
</context>
<context>
    <name>RatingBar</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n Stern</numerusform>
            <numerusform>%n Sterne</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RearOverlay</name>
    <message>
        <source>Rear view</source>
        <translation>Rückansicht</translation>
    </message>
    <message>
        <source>Test picture, no camera</source>
        <translation>Testbild, keine Kamera</translation>
    </message>
    <message>
        <source>Close the rear view</source>
        <translation>Rückansicht schließen</translation>
    </message>
</context>
<context>
    <name>RearView</name>
    <message>
        <source>This computer cannot show cameras.</source>
        <translation>Dieser Computer kann keine Kameras zeigen.</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>Use the mirrors and look back.</source>
        <translation>Spiegel nutzen und nach hinten sehen.</translation>
    </message>
    <message>
        <source>The rear camera sends no picture.</source>
        <translation>Die Rückfahrkamera sendet kein Bild.</translation>
    </message>
    <message>
        <source>The rear camera cannot be reached.</source>
        <translation>Die Rückfahrkamera ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>The rear camera repeats one picture.</source>
        <translation>Die Rückfahrkamera wiederholt ein Bild.</translation>
    </message>
    <message>
        <source>Picture frozen</source>
        <translation>Bild eingefroren</translation>
    </message>
    <message>
        <source>Is the rear camera covered?</source>
        <translation>Ist die Rückfahrkamera verdeckt?</translation>
    </message>
    <message>
        <source>Nothing to see</source>
        <translation>Nichts zu sehen</translation>
    </message>
    <message>
        <source>The selector&apos;s position is not known. The picture stays until you close it.</source>
        <translation>Die Wählhebelstellung ist nicht bekannt. Das Bild bleibt, bis Sie es schließen.</translation>
    </message>
</context>
<context>
    <name>Resolution</name>
    <message>
        <source>Start it again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Start the app again</source>
        <translation>App neu starten</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>Rechte festlegen</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Liest…</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Das Protokoll ist leer.</translation>
    </message>
</context>
<context>
    <name>ResolutionPage</name>
    <message>
        <source>All is well.</source>
        <translation>Alles in Ordnung.</translation>
    </message>
    <message>
        <source>The parts of the car&apos;s computer are being asked.</source>
        <translation>Die Teile des Bordcomputers werden abgefragt.</translation>
    </message>
    <message>
        <source>What is off is said here, with what ends it.</source>
        <translation>Hier steht, was gestört ist und was es behebt.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 mehr, wenn geparkt</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Gelöst</translation>
    </message>
</context>
<context>
    <name>RouteCard</name>
    <message>
        <source>leaves %1</source>
        <translation>dann noch %1</translation>
    </message>
    <message>
        <source>Nobody guides you now.</source>
        <translation>Jetzt führt Sie niemand.</translation>
    </message>
</context>
<context>
    <name>RoutePage</name>
    <message>
        <source>No route was found.</source>
        <translation>Keine Route gefunden.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>It stopped and is starting again</source>
        <translation>Gestoppt, startet neu</translation>
    </message>
    <message>
        <source>It stopped too often and stays off</source>
        <translation>Zu oft gestoppt, bleibt aus</translation>
    </message>
    <message>
        <source>It could not be loaded</source>
        <translation>Konnte nicht geladen werden</translation>
    </message>
    <message>
        <source>It is off because this machine cannot isolate it</source>
        <translation>Aus, weil dieser Rechner sie nicht isolieren kann</translation>
    </message>
    <message>
        <source>It waits for your agreement</source>
        <translation>Wartet auf Ihre Zustimmung</translation>
    </message>
    <message>
        <source>It is off</source>
        <translation>Ausgeschaltet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>The car did not confirm it in time.</source>
        <translation>Das Auto hat es nicht rechtzeitig bestätigt.</translation>
    </message>
    <message>
        <source>The car cannot do it at the moment.</source>
        <translation>Das Auto kann das derzeit nicht.</translation>
    </message>
    <message>
        <source>The car does not take this value.</source>
        <translation>Das Auto nimmt diesen Wert nicht an.</translation>
    </message>
    <message>
        <source>This car does not have it.</source>
        <translation>Dieses Auto hat das nicht.</translation>
    </message>
    <message>
        <source>It is not allowed now.</source>
        <translation>Derzeit nicht erlaubt.</translation>
    </message>
    <message>
        <source>Vehicle data</source>
        <translation>Fahrzeugdaten</translation>
    </message>
    <message>
        <source>The car&apos;s signals arrive.</source>
        <translation>Die Signale des Autos kommen an.</translation>
    </message>
    <message>
        <source>Vehicle data is starting.</source>
        <translation>Die Fahrzeugdaten starten.</translation>
    </message>
    <message>
        <source>Vehicle data is restarting.</source>
        <translation>Die Fahrzeugdaten starten neu.</translation>
    </message>
    <message>
        <source>Vehicle data is not running.</source>
        <translation>Die Fahrzeugdaten laufen nicht.</translation>
    </message>
    <message>
        <source>Vehicle data does not answer.</source>
        <translation>Die Fahrzeugdaten antworten nicht.</translation>
    </message>
    <message>
        <source>Driving state</source>
        <translation>Fahrzustand</translation>
    </message>
    <message>
        <source>The driving state is known.</source>
        <translation>Der Fahrzustand ist bekannt.</translation>
    </message>
    <message>
        <source>Driving state is starting.</source>
        <translation>Der Fahrzustand startet.</translation>
    </message>
    <message>
        <source>Driving state is restarting.</source>
        <translation>Der Fahrzustand startet neu.</translation>
    </message>
    <message>
        <source>Driving state is not running.</source>
        <translation>Der Fahrzustand läuft nicht.</translation>
    </message>
    <message>
        <source>Driving state does not answer.</source>
        <translation>Der Fahrzustand antwortet nicht.</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>Apps</translation>
    </message>
    <message>
        <source>Apps run, each in a sandbox of its own.</source>
        <translation>Apps laufen, jede in ihrer eigenen Sandbox.</translation>
    </message>
    <message>
        <source>Apps are starting.</source>
        <translation>Die Apps starten.</translation>
    </message>
    <message>
        <source>Apps are restarting.</source>
        <translation>Die Apps starten neu.</translation>
    </message>
    <message>
        <source>Apps are not running.</source>
        <translation>Die Apps laufen nicht.</translation>
    </message>
    <message>
        <source>Apps do not answer.</source>
        <translation>Die Apps antworten nicht.</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Sprachbedienung</translation>
    </message>
    <message>
        <source>Touch the microphone and speak.</source>
        <translation>Mikrofon antippen und sprechen.</translation>
    </message>
    <message>
        <source>Voice is starting.</source>
        <translation>Die Sprachbedienung startet.</translation>
    </message>
    <message>
        <source>Voice is restarting.</source>
        <translation>Die Sprachbedienung startet neu.</translation>
    </message>
    <message>
        <source>Voice is not running.</source>
        <translation>Die Sprachbedienung läuft nicht.</translation>
    </message>
    <message>
        <source>Voice does not answer.</source>
        <translation>Die Sprachbedienung antwortet nicht.</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>Cloud</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Verbunden.</translation>
    </message>
    <message>
        <source>Cloud is starting.</source>
        <translation>Die Cloud startet.</translation>
    </message>
    <message>
        <source>Cloud is restarting.</source>
        <translation>Die Cloud startet neu.</translation>
    </message>
    <message>
        <source>Cloud is not running.</source>
        <translation>Die Cloud läuft nicht.</translation>
    </message>
    <message>
        <source>Cloud does not answer.</source>
        <translation>Die Cloud antwortet nicht.</translation>
    </message>
    <message>
        <source>It comes back by itself.</source>
        <translation>Es kommt von selbst zurück.</translation>
    </message>
    <message>
        <source>The screen goes on without it.</source>
        <translation>Der Bildschirm läuft ohne weiter.</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>Und {count} weitere.</translation>
    </message>
    <message>
        <source>It is restarted if it stays so.</source>
        <translation>Bleibt es so, folgt ein Neustart.</translation>
    </message>
    <message>
        <source>Parked</source>
        <translation>Geparkt</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Steht</translation>
    </message>
    <message>
        <source>Driving</source>
        <translation>Fahrt</translation>
    </message>
    <message>
        <source>State unknown</source>
        <translation>Zustand unbekannt</translation>
    </message>
    <message>
        <source>{what} was not changed.</source>
        <translation>{what}: nicht geändert.</translation>
    </message>
</context>
<context>
    <name>SettingTile</name>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>The boot</source>
        <translation>Kofferraum</translation>
    </message>
    <message>
        <source>The boot&apos;s lock</source>
        <translation>Kofferraumschloss</translation>
    </message>
    <message>
        <source>The mirrors</source>
        <translation>Spiegel</translation>
    </message>
    <message>
        <source>The interior light</source>
        <translation>Innenlicht</translation>
    </message>
    <message>
        <source>The ambient light</source>
        <translation>Ambientelicht</translation>
    </message>
    <message>
        <source>The lock</source>
        <translation>Schloss</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>The driver&apos;s temperature</source>
        <translation>Die Temperatur des Fahrers</translation>
    </message>
    <message>
        <source>The passenger&apos;s temperature</source>
        <translation>Die Temperatur des Beifahrers</translation>
    </message>
    <message>
        <source>The fan</source>
        <translation>Das Gebläse</translation>
    </message>
    <message>
        <source>Air conditioning</source>
        <translation>Klimaanlage</translation>
    </message>
    <message>
        <source>The front defroster</source>
        <translation>Die Frontscheibenheizung</translation>
    </message>
    <message>
        <source>Air recirculation</source>
        <translation>Die Umluft</translation>
    </message>
    <message>
        <source>The passenger&apos;s fan</source>
        <translation>Gebläse Beifahrer</translation>
    </message>
    <message>
        <source>The way of the air</source>
        <translation>Luftverteilung</translation>
    </message>
    <message>
        <source>The driver&apos;s seat heating</source>
        <translation>Sitzheizung Fahrer</translation>
    </message>
    <message>
        <source>The passenger&apos;s seat heating</source>
        <translation>Sitzheizung Beifahrer</translation>
    </message>
    <message>
        <source>The steering wheel&apos;s heating</source>
        <translation>Lenkradheizung</translation>
    </message>
    <message>
        <source>The rear defroster</source>
        <translation>Heckscheibenheizung</translation>
    </message>
    <message>
        <source>The windscreen&apos;s heating</source>
        <translation>Frontscheibenheizung</translation>
    </message>
    <message>
        <source>The mirrors&apos; heating</source>
        <translation>Spiegelheizung</translation>
    </message>
    <message>
        <source>The charge limit</source>
        <translation>Ladegrenze</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Laden</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Driver</source>
        <translation>Fahrer</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Anzeige</translation>
    </message>
    <message>
        <source>Language, units</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Gast</translation>
    </message>
    <message>
        <source>One is ready</source>
        <translation>Eines ist bereit</translation>
    </message>
    <message>
        <source>%1 to look at</source>
        <translation>%1 zu prüfen</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Leads to %1</source>
        <translation>Führt zu %1</translation>
    </message>
    <message>
        <source>Continue with %1</source>
        <translation>Weiter mit %1</translation>
    </message>
</context>
<context>
    <name>SignalsPage</name>
    <message>
        <source>Engineering</source>
        <translation>Technik</translation>
    </message>
    <message>
        <source>%1 live signals</source>
        <translation>%1 Live-Signale</translation>
    </message>
    <message>
        <source>No signal has a value yet.</source>
        <translation>Noch hat kein Signal einen Wert.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 mehr, wenn geparkt</translation>
    </message>
</context>
<context>
    <name>Sound</name>
    <message>
        <source>{name} is quieter while something more important is heard.</source>
        <translation>{name} ist leiser, solange Wichtigeres zu hören ist.</translation>
    </message>
    <message>
        <source>{name} waits until the sound is free.</source>
        <translation>{name} wartet, bis der Ton frei ist.</translation>
    </message>
    <message>
        <source>{name} is heard.</source>
        <translation>{name} ist zu hören.</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>What sets the volume is not running. It is started again by itself.</source>
        <translation>Was die Lautstärke stellt, läuft nicht. Es wird von selbst neu gestartet.</translation>
    </message>
</context>
<context>
    <name>SoundPanel</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>Ton an</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>Leiser</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>Lauter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Nobody is heard now.</source>
        <translation>Jetzt ist niemand zu hören.</translation>
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
        <translation>Antrieb</translation>
    </message>
    <message>
        <source>Climate, 12 V and losses</source>
        <translation>Klima, 12 V und Verluste</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Rückgewonnen</translation>
    </message>
    <message>
        <source>The car does not say what its motor takes.</source>
        <translation>Das Auto meldet nicht, was sein Motor verbraucht.</translation>
    </message>
    <message>
        <source>Nothing has been driven yet.</source>
        <translation>Noch nichts gefahren.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>Messages, %n new</source>
        <translation>
            <numerusform>Meldungen, %n neue</numerusform>
            <numerusform>Meldungen, %n neue</numerusform>
        </translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Volume: %1</source>
        <translation>Lautstärke: %1</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>Sprechen</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>%1: less</source>
        <translation>%1: weniger</translation>
    </message>
    <message>
        <source>%1: more</source>
        <translation>%1: mehr</translation>
    </message>
</context>
<context>
    <name>Store</name>
    <message>
        <source>On the way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Music and more</source>
        <translation>Musik und mehr</translation>
    </message>
    <message>
        <source>Comfort</source>
        <translation>Komfort</translation>
    </message>
    <message>
        <source>About the car</source>
        <translation>Rund ums Auto</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>The store does not answer. Try again when there is a connection.</source>
        <translation>Der Store antwortet nicht. Versuchen Sie es wieder, wenn eine Verbindung besteht.</translation>
    </message>
    <message>
        <source>There is not enough room. Remove an app that you do not need.</source>
        <translation>Es ist zu wenig Platz. Entfernen Sie eine App, die Sie nicht brauchen.</translation>
    </message>
    <message>
        <source>What came was not what the store has signed, so it is not used. Try again later.</source>
        <translation>Was kam, ist nicht das, was der Store signiert hat, und wird nicht benutzt. Versuchen Sie es später wieder.</translation>
    </message>
    <message>
        <source>The car refuses this package: it is not what was promised. Choose another app.</source>
        <translation>Das Auto lehnt dieses Paket ab: Es ist nicht, was versprochen war. Wählen Sie eine andere App.</translation>
    </message>
    <message>
        <source>This app does not fit this car. Choose another one.</source>
        <translation>Diese App passt nicht zu diesem Auto. Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>Apps are installed while the car is parked. Park and try again.</source>
        <translation>Apps werden im Stand installiert. Parken Sie und versuchen Sie es wieder.</translation>
    </message>
    <message>
        <source>The store does not offer this now. Look at the list again.</source>
        <translation>Der Store bietet das jetzt nicht an. Sehen Sie die Liste noch einmal an.</translation>
    </message>
    <message>
        <source>Something in the car failed. Try again in a moment.</source>
        <translation>Etwas im Auto ist fehlgeschlagen. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>It is being fetched.</source>
        <translation>Sie wird geladen.</translation>
    </message>
    <message>
        <source>It is being checked and installed.</source>
        <translation>Sie wird geprüft und installiert.</translation>
    </message>
    <message>
        <source>Stopped. What has come is kept for the next time.</source>
        <translation>Angehalten. Was schon da ist, bleibt für das nächste Mal.</translation>
    </message>
    <message>
        <source>The store is being opened.</source>
        <translation>Der Store wird geöffnet.</translation>
    </message>
    <message>
        <source>This car has no store. Apps come with updates, or from a package.</source>
        <translation>Dieses Auto hat keinen Store. Apps kommen mit Updates oder aus einem Paket.</translation>
    </message>
    <message>
        <source>The store has no apps yet.</source>
        <translation>Der Store hat noch keine Apps.</translation>
    </message>
    <message>
        <source>As of {moment}.</source>
        <translation>Stand: {moment}.</translation>
    </message>
    <message>
        <source>{used} of {limit} were fetched today.</source>
        <translation>Heute wurden {used} von {limit} geladen.</translation>
    </message>
    <message>
        <source>{used} of {limit} were fetched today: updates wait, what you choose comes.</source>
        <translation>Heute wurden {used} von {limit} geladen: Updates warten, was Sie wählen, kommt.</translation>
    </message>
    <message>
        <source>The store does not answer. This list is of {moment}.</source>
        <translation>Der Store antwortet nicht. Diese Liste ist von {moment}.</translation>
    </message>
    <message>
        <source>By {author}. Version {version}, {size}.</source>
        <translation>Von {author}. Version {version}, {size}.</translation>
    </message>
    <message>
        <source>{mean} of 5 stars, from {count} cars.</source>
        <translation>{mean} von 5 Sternen, von {count} Autos.</translation>
    </message>
    <message>
        <source>Not enough ratings yet.</source>
        <translation>Noch nicht genug Bewertungen.</translation>
    </message>
    <message>
        <source>Signed by {name}, whom the store vouches for.</source>
        <translation>Signiert von {name}; der Store bürgt dafür.</translation>
    </message>
    <message>
        <source>Nobody whom this car trusts vouches for who made it. It cannot be installed.</source>
        <translation>Niemand, dem dieses Auto vertraut, bürgt für den Hersteller. Sie kann nicht installiert werden.</translation>
    </message>
    <message>
        <source>Trust {now} of 8</source>
        <translation>Vertrauen {now} von 8</translation>
    </message>
    <message>
        <source>It says: “{reason}”</source>
        <translation>Sie sagt: „{reason}“</translation>
    </message>
    <message>
        <source>You may refuse it. It says: “{reason}”</source>
        <translation>Sie können es ablehnen. Sie sagt: „{reason}“</translation>
    </message>
    <message>
        <source>{mean} ★ ({count})</source>
        <translation>{mean} ★ ({count})</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>It is installed. Your apps show it.</source>
        <translation>Sie ist installiert und steht bei Ihren Apps.</translation>
    </message>
    <message>
        <source>The app has been removed.</source>
        <translation>Die App wurde entfernt.</translation>
    </message>
</context>
<context>
    <name>StoreOffer</name>
    <message>
        <source>Install when parked</source>
        <translation>Im Stand installieren</translation>
    </message>
    <message>
        <source>Another app is being installed</source>
        <translation>Eine andere App wird installiert</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>Installieren</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Warum nicht jetzt?</translation>
    </message>
    <message>
        <source>How much has come</source>
        <translation>Wie viel schon da ist</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Show it in your apps</source>
        <translation>Bei Ihren Apps zeigen</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Was neu ist</translation>
    </message>
    <message>
        <source>What it may do. %1</source>
        <translation>Was sie darf. %1</translation>
    </message>
</context>
<context>
    <name>StorePage</name>
    <message>
        <source>You can look through the store when parked.</source>
        <translation>Den Store können Sie im Stand ansehen.</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Your apps</source>
        <translation>Ihre Apps</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 weitere im Stand</translation>
    </message>
</context>
<context>
    <name>SystemSection</name>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Bus %1</source>
        <translation>Bus %1</translation>
    </message>
    <message>
        <source>What is off, and what to do (%1)</source>
        <translation>Was gestört ist und was zu tun ist (%1)</translation>
    </message>
    <message>
        <source>What is off, and what to do</source>
        <translation>Was gestört ist und was zu tun ist</translation>
    </message>
    <message>
        <source>All signals</source>
        <translation>Alle Signale</translation>
    </message>
    <message>
        <source>About and licences</source>
        <translation>Info und Lizenzen</translation>
    </message>
</context>
<context>
    <name>Telephone</name>
    <message>
        <source>Unknown number</source>
        <translation>Unbekannte Nummer</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Eingehender Anruf</translation>
    </message>
    <message>
        <source>On the phone</source>
        <translation>Im Gespräch</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>Calling</source>
        <translation>Anruf läuft</translation>
    </message>
</context>
<context>
    <name>Translator</name>
    <message>
        <source>The language cannot be shown. The screen stays as it is.</source>
        <translation>Die Sprache lässt sich nicht anzeigen. Der Bildschirm bleibt, wie er ist.</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Shuffle</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>TyreBadge</name>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Falling</source>
        <translation>Fallend</translation>
    </message>
    <message>
        <source>Rising</source>
        <translation>Steigend</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>Stabil</translation>
    </message>
    <message>
        <source>%1°</source>
        <translation>%1°</translation>
    </message>
    <message>
        <source>Tyre pressure %1. Why?</source>
        <translation>Reifendruck %1. Warum?</translation>
    </message>
</context>
<context>
    <name>Updates</name>
    <message>
        <source>Updates are not set up</source>
        <translation>Updates sind nicht eingerichtet</translation>
    </message>
    <message>
        <source>Everything is up to date</source>
        <translation>Alles ist aktuell</translation>
    </message>
    <message>
        <source>An update is being fetched</source>
        <translation>Ein Update wird geladen</translation>
    </message>
    <message>
        <source>An update is ready</source>
        <translation>Ein Update ist bereit</translation>
    </message>
    <message>
        <source>The update is being installed</source>
        <translation>Das Update wird installiert</translation>
    </message>
    <message>
        <source>The update is in use and watched</source>
        <translation>Das Update läuft und wird beobachtet</translation>
    </message>
    <message>
        <source>The newest update was not taken</source>
        <translation>Das neueste Update wurde nicht übernommen</translation>
    </message>
    <message numerus="yes">
        <source>Installing takes about %n minutes.</source>
        <translation>
            <numerusform>Die Installation dauert etwa %n Minute.</numerusform>
            <numerusform>Die Installation dauert etwa %n Minuten.</numerusform>
        </translation>
    </message>
    <message>
        <source>An update is ready. Settings show what it changes.</source>
        <translation>Ein Update ist bereit. Die Einstellungen zeigen, was es ändert.</translation>
    </message>
</context>
<context>
    <name>UpdatesSection</name>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>Updates are being asked about.</source>
        <translation>Updates werden abgefragt.</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 statt %2</translation>
    </message>
    <message>
        <source>Install it when the car is parked</source>
        <translation>Installieren, wenn das Auto geparkt ist</translation>
    </message>
    <message>
        <source>Do not install it</source>
        <translation>Nicht installieren</translation>
    </message>
    <message>
        <source>When is it installed?</source>
        <translation>Wann wird es installiert?</translation>
    </message>
    <message>
        <source>You can agree to it when parked. Nothing is installed before.</source>
        <translation>Zustimmen können Sie, wenn geparkt. Vorher wird nichts installiert.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Fragt ab…</translation>
    </message>
    <message>
        <source>Look for updates</source>
        <translation>Nach Updates suchen</translation>
    </message>
    <message>
        <source>Yes, go back</source>
        <translation>Ja, zurückgehen</translation>
    </message>
    <message>
        <source>Go back to what was before</source>
        <translation>Zum vorigen Stand zurückgehen</translation>
    </message>
    <message>
        <source>Last asked</source>
        <translation>Zuletzt abgefragt</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
</context>
<context>
    <name>Uplink</name>
    <message numerus="yes">
        <source>%n records wait on board; none is lost.</source>
        <translation>
            <numerusform>%n Datensatz wartet an Bord; keiner geht verloren.</numerusform>
            <numerusform>%n Datensätze warten an Bord; keiner geht verloren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Online. %n records have arrived.</source>
        <translation>
            <numerusform>Online. %n Datensatz ist angekommen.</numerusform>
            <numerusform>Online. %n Datensätze sind angekommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting to the fleet.</source>
        <translation>Verbindung zur Flotte wird aufgebaut.</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
</context>
<context>
    <name>Vehicle</name>
    <message>
        <source>Charging</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Regenerating</source>
        <translation>Rekuperiert</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>Batteriebetrieb</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
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
        <translation>12-V-Batterie</translation>
    </message>
    <message>
        <source>V</source>
        <translation>V</translation>
    </message>
    <message>
        <source>Service due</source>
        <translation>Wartung fällig</translation>
    </message>
    <message>
        <source>Service in</source>
        <translation>Wartung in</translation>
    </message>
    <message>
        <source>Washer</source>
        <translation>Wasser</translation>
    </message>
    <message>
        <source>Washer fluid</source>
        <translation>Waschwasser</translation>
    </message>
    <message>
        <source>Locks</source>
        <translation>Schlösser</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Verriegelt</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>Teilweise</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>Entriegelt</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Zu</translation>
    </message>
    <message>
        <source>Boot</source>
        <translation>Heck</translation>
    </message>
    <message>
        <source>Mirrors</source>
        <translation>Spiegel</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Eingeklappt</translation>
    </message>
    <message>
        <source>Unfolded</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Ambient</source>
        <translation>Ambiente</translation>
    </message>
</context>
<context>
    <name>VoiceOverlay</name>
    <message>
        <source>Listening…</source>
        <translation>Hört zu…</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Einen Moment…</translation>
    </message>
    <message>
        <source>Doing it…</source>
        <translation>Wird gemacht…</translation>
    </message>
</context>
<context>
    <name>WayLeft</name>
    <message>
        <source>Arrival</source>
        <translation>Ankunft</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Strecke</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Ladung</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>Front left: low</source>
        <translation>Vorne links: niedrig</translation>
    </message>
    <message>
        <source>Front right: low</source>
        <translation>Vorne rechts: niedrig</translation>
    </message>
    <message>
        <source>Rear left: low</source>
        <translation>Hinten links: niedrig</translation>
    </message>
    <message>
        <source>Rear right: low</source>
        <translation>Hinten rechts: niedrig</translation>
    </message>
    <message>
        <source>Power of the battery</source>
        <translation>Leistung der Batterie</translation>
    </message>
    <message>
        <source>Energy left</source>
        <translation>Restenergie</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Ladung</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Cable at the port</source>
        <translation>Kabel am Anschluss</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>Innenraum</translation>
    </message>
    <message>
        <source>not heard</source>
        <translation>nicht gehört</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>Wählhebel</translation>
    </message>
    <message>
        <source>Parking brake</source>
        <translation>Parkbremse</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Standing with the selector in P, or in N with the parking brake, is parked.</source>
        <translation>Steht das Auto mit dem Wählhebel in P oder in N mit Parkbremse, ist es geparkt.</translation>
    </message>
    <message>
        <source>Standing without the selector in P is standing: only films wait.</source>
        <translation>Steht es ohne P, steht es nur: Nur Filme warten.</translation>
    </message>
    <message>
        <source>From %1 km/h on, and for %2 s after it, the car is driving.</source>
        <translation>Ab %1 km/h und noch %2 s danach fährt das Auto.</translation>
    </message>
    <message>
        <source>What is not known, or older than %1 s, limits as driving does.</source>
        <translation>Was unbekannt oder älter als %1 s ist, schränkt ein wie die Fahrt.</translation>
    </message>
    <message>
        <source>While the car drives, a list shows up to {rows} rows and a text up to {signs} characters.</source>
        <translation>Während der Fahrt zeigt eine Liste bis zu {rows} Zeilen und ein Text bis zu {signs} Zeichen.</translation>
    </message>
    <message>
        <source>Shorter while driving</source>
        <translation>Kürzer während der Fahrt</translation>
    </message>
    <message>
        <source>Set up when parked</source>
        <translation>Einstellen im Stand</translation>
    </message>
    <message>
        <source>What takes several glances to set up is changed while the selector is in P.</source>
        <translation>Was mehrere Blicke braucht, wird eingestellt, während der Wählhebel auf P steht.</translation>
    </message>
    <message>
        <source>Shown when parked</source>
        <translation>Anzeige im Stand</translation>
    </message>
    <message>
        <source>Pages for reading, typing and films are shown while the selector is in P.</source>
        <translation>Seiten zum Lesen, Tippen und Filme werden gezeigt, während der Wählhebel auf P steht.</translation>
    </message>
    <message>
        <source>The task is long enough</source>
        <translation>Die Aufgabe ist lang genug</translation>
    </message>
    <message>
        <source>While the car drives, a task in an app has a limited number of pages.</source>
        <translation>Während der Fahrt hat eine Aufgabe in einer App nur wenige Seiten.</translation>
    </message>
    <message>
        <source>Tyre pressure</source>
        <translation>Reifendruck</translation>
    </message>
    <message>
        <source>A tyre counts as low when the car&apos;s own tyre monitoring says so. The screen judges nothing.</source>
        <translation>Ein Reifen gilt als zu leer, wenn die Reifenüberwachung des Autos es sagt. Der Bildschirm urteilt nicht.</translation>
    </message>
    <message>
        <source>The car reports the pressure of each tyre and whether it is too low.</source>
        <translation>Das Auto meldet den Druck jedes Reifens und ob er zu niedrig ist.</translation>
    </message>
    <message>
        <source>From the energy left and the use over each {window} km of the last {kept} km; it needs {enough} km of road.</source>
        <translation>Aus der Restenergie und dem Verbrauch über je {window} km der letzten {kept} km; dafür braucht es {enough} km Fahrt.</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Reichweite</translation>
    </message>
    <message>
        <source>Charge, plug and time left are what the car reports. The screen judges nothing.</source>
        <translation>Ladestand, Stecker und Restzeit meldet das Auto. Der Bildschirm urteilt nicht.</translation>
    </message>
    <message>
        <source>Charging begins with a plug and your word, and ends at the limit or when you stop it.</source>
        <translation>Das Laden beginnt mit Stecker und Ihrem Auftrag und endet an der Grenze oder wenn Sie es stoppen.</translation>
    </message>
    <message>
        <source>It begins a minute earlier for each degree, in P with {floor} % charge or more, or {plug} % at a plug.</source>
        <translation>Es beginnt für jedes Grad eine Minute früher, in P mit mindestens {floor} % Ladung oder {plug} % am Stecker.</translation>
    </message>
    <message>
        <source>Departures</source>
        <translation>Abfahrten</translation>
    </message>
    <message>
        <source>The car makes the cabin ready by itself, or says why it does not.</source>
        <translation>Das Auto bereitet den Innenraum von selbst vor oder sagt, warum nicht.</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>It is installed while the car is parked, so that nothing is missing on the road.</source>
        <translation>Installiert wird, während das Auto parkt, damit unterwegs nichts fehlt.</translation>
    </message>
    <message>
        <source>Repaired when parked</source>
        <translation>Reparatur im Stand</translation>
    </message>
    <message>
        <source>What stops a part that you need to drive is done while the selector is in P.</source>
        <translation>Was einen Teil anhält, den Sie zum Fahren brauchen, geschieht, wenn der Wählhebel auf P steht.</translation>
    </message>
    <message>
        <source>A part of the car&apos;s computer is off when it does not answer, or ends again and again.</source>
        <translation>Ein Teil des Bordrechners gilt als ausgefallen, wenn er nicht antwortet oder immer wieder endet.</translation>
    </message>
    <message>
        <source>A vehicle bus is off when its controller reports errors or no frame arrives.</source>
        <translation>Ein Fahrzeugbus gilt als ausgefallen, wenn sein Baustein Fehler meldet oder nichts ankommt.</translation>
    </message>
    <message>
        <source>A message is damaged when its checksum or its counter is wrong too often.</source>
        <translation>Eine Nachricht gilt als beschädigt, wenn Prüfsumme oder Zähler zu oft falsch sind.</translation>
    </message>
    <message>
        <source>An app that ended by itself is started again more and more rarely.</source>
        <translation>Eine App, die von selbst endet, wird immer seltener neu gestartet.</translation>
    </message>
    <message>
        <source>An update is installed after you agree, and taken back when it does not do well.</source>
        <translation>Ein Update wird nach Ihrer Zustimmung installiert und zurückgenommen, wenn es nicht gut läuft.</translation>
    </message>
    <message>
        <source>Used as on eight of ten stretches of the road behind, the energy ends within the band.</source>
        <translation>Verbraucht wie auf acht von zehn der letzten Strecken, endet die Energie innerhalb des Bandes.</translation>
    </message>
    <message>
        <source>The car counts the trouble codes that its control units have stored.</source>
        <translation>Das Auto zählt die Fehlercodes, die seine Steuergeräte gespeichert haben.</translation>
    </message>
    <message>
        <source>Below {least} MB of free storage, drives may not be kept.</source>
        <translation>Unter {least} MB freiem Speicher werden Fahrten vielleicht nicht aufgehoben.</translation>
    </message>
    <message>
        <source>This part of the car&apos;s computer reported it itself.</source>
        <translation>Dieser Teil des Bordrechners hat es selbst gemeldet.</translation>
    </message>
    <message>
        <source>You allowed this app to show alerts. One stays until you answer or its time is over.</source>
        <translation>Sie haben dieser App Warnungen erlaubt. Eine bleibt, bis Sie antworten oder ihre Zeit um ist.</translation>
    </message>
    <message>
        <source>You allowed this app to show news. It goes by itself and makes no sound.</source>
        <translation>Sie haben dieser App Neuigkeiten erlaubt. Sie verschwinden von selbst und ohne Ton.</translation>
    </message>
    <message>
        <source>{app} says it. The car has not checked what the app says.</source>
        <translation>{app} sagt das. Das Auto hat nicht geprüft, was die App sagt.</translation>
    </message>
</context>
<context>
    <name>WhyArea</name>
    <message>
        <source>%1. Why?</source>
        <translation>%1. Warum?</translation>
    </message>
</context>
<context>
    <name>WhyNote</name>
    <message>
        <source>%1. Why?</source>
        <translation>%1. Warum?</translation>
    </message>
</context>
<context>
    <name>WindowPanel</name>
    <message>
        <source>Driver</source>
        <translation>Fahrer</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>Beifahrer</translation>
    </message>
    <message>
        <source>Rear left</source>
        <translation>Hinten links</translation>
    </message>
    <message>
        <source>Rear right</source>
        <translation>Hinten rechts</translation>
    </message>
    <message>
        <source>Close all</source>
        <translation>Alle schließen</translation>
    </message>
    <message>
        <source>Vent</source>
        <translation>Spalt</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>Withheld</name>
    <message>
        <source>This is set up when parked.</source>
        <translation>Einstellbar, wenn geparkt.</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>Warum nicht jetzt?</translation>
    </message>
</context>
<context>
    <name>ZoneCard</name>
    <message>
        <source>Fan</source>
        <translation>Gebläse</translation>
    </message>
    <message>
        <source>Seat heating</source>
        <translation>Sitzheizung</translation>
    </message>
</context>
</TS>
