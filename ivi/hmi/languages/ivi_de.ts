<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AppArea</name>
    <message>
        <source>No apps are installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AppCard</name>
    <message>
        <source>This page is shown when parked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It shows nothing yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not answering, may be old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More when parked. To the first page</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChargeFacts</name>
    <message>
        <source>Power</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Energy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cost so far</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChargePage</name>
    <message>
        <source>Plug in the cable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorising</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charging</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Station fault</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChargeRing</name>
    <message>
        <source>to %1 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClimateBar</name>
    <message>
        <source>Driver temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Driver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Air conditioning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Defrost the windscreen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recirculate the air</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passenger temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DriveCluster</name>
    <message>
        <source>km/h</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DrivingChip</name>
    <message>
        <source>Lists and texts are short while driving.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is shown.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Elapsed</name>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EnergyCard</name>
    <message>
        <source>Range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>km</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The car sends nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Gallery</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GearStrip</name>
    <message>
        <source>Gear %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>There is nothing here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>There is nothing here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Cabin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What apps may do</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NavigationPage</name>
    <message>
        <source>The route is being made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBand</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First page</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PanePage</name>
    <message>
        <source>There is nothing to say about this.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PermissionsSheet</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlaceMap</name>
    <message>
        <source>%1 km</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no places here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PowerBar</name>
    <message>
        <source>Charging</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regeneration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Power</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kW</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RouteCard</name>
    <message>
        <source>leaves %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RoutePage</name>
    <message>
        <source>No route was found.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stopped and is starting again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stopped too often and stays off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is off because this machine cannot isolate it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It waits for your agreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The car did not confirm it in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The car cannot do it at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The car does not take this value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This car does not have it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not allowed now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vehicle data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The car&apos;s signals arrive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vehicle data is starting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vehicle data is restarting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vehicle data is not running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vehicle data does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Driving state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The driving state is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Driving state is starting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Driving state is restarting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Driving state is not running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Driving state does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apps run, each in a sandbox of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apps are starting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apps are restarting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apps are not running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apps do not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Touch the microphone and speak.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice is starting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice is restarting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice is not running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud is starting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud is restarting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud is not running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It comes back by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The screen goes on without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is restarted if it stays so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Driving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} was not changed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Leads to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue with %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignalsPage</name>
    <message>
        <source>Engineering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 live signals, %2 more when parked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 live signals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No signal has a value yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engineering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Night</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speak</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>%1: less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Translator</name>
    <message>
        <source>The language cannot be shown. The screen stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Shuffle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Uplink</name>
    <message numerus="yes">
        <source>%n records wait on board; none is lost.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Online. %n records have arrived.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting to the fleet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Vehicle</name>
    <message>
        <source>Charging</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regenerating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On battery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VoiceOverlay</name>
    <message>
        <source>Listening…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doing it…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WayLeft</name>
    <message>
        <source>Arrival</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charge</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
